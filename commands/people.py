"""`cli.py user`: who may enter data, in which role, and how each proves who he is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from layers.output import TableFormat, write_table
from store.passphrase import MIN_SIGNS, hash_of, refuse_weak
from store.people import People, Person, change_people, find, found, load_people, people_path
from store.people import read_people as read_back
from terms.actor import Role
from terms.errors import AccessError

COLUMNS = ("name", "role", "email", "subject", "passphrase")

user = typer.Typer(help="Who may enter data: add, list, role, passphrase, remove.")

Name = Annotated[str, typer.Argument(help="A person's name, as he will type it.")]
RoleOption = Annotated[
    Literal["viewer", "editor", "admin"], typer.Option("--role", help="What he may do.")
]
PassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--passphrase-file",
        help="A file whose first line is the passphrase; - for standard input.",
    ),
]


@dataclass(frozen=True)
class _Asked:
    """A passphrase as typed or read; only its hash goes on."""

    text: str

    def hash(self) -> str:
        """The hash to keep; a weak passphrase is bad use."""
        try:
            return hash_of(self.text)
        except AccessError as error:
            raise typer.BadParameter(str(error)) from None


@user.command()
def add(
    name: Name,
    role: RoleOption = "editor",
    email: Annotated[
        str, typer.Option("--email", help="His verified address at the bureau's own login (OIDC).")
    ] = "",
    subject: Annotated[
        str, typer.Option("--subject", help="His `sub` there, where no address is verified.")
    ] = "",
    passphrase_file: PassphraseFile = None,
) -> None:
    """Add a person: by e-mail or subject for the bureau's login, else by a passphrase."""
    _refuse_known(load_people(people_path()), name)
    asks = passphrase_file is not None or not (email or subject)
    kept = _ask(passphrase_file).hash() if asks else ""
    row = {"name": name, "role": role, "email": email, "subject": subject, "passphrase": kept}
    person = Person.model_validate(_checked(row))

    def change(people: People) -> People:
        _refuse_known(people, person.name)
        return (*people, person)

    _change(change, f"{person.name}: {person.role.value}")


@user.command("list")
def list_people(format: Annotated[TableFormat, typer.Option("--format")] = "csv") -> None:
    """List the people with their roles and ways, never a hash; tells every fault of the file."""
    rows = [
        each.model_dump(mode="json") | {"passphrase": "yes" if each.passphrase else ""}
        for each in load_people(people_path())
    ]
    write_table(rows, COLUMNS, format, None)


@user.command()
def role(name: Name, role: RoleOption) -> None:
    """Give a person another role; it holds from his next click on."""
    _replace(name, lambda each: each.model_copy(update={"role": Role(role)}), role)


@user.command()
def passphrase(name: Name, passphrase_file: PassphraseFile = None) -> None:
    """Give a person another passphrase; whoever signed in by the old one is signed out."""
    found(load_people(people_path()), name)
    kept = _ask(passphrase_file).hash()
    _replace(name, lambda each: each.model_copy(update={"passphrase": kept}), "passphrase")


@user.command()
def remove(name: Name) -> None:
    """Take a person off the list; his right ends at once, what he entered stays."""

    def change(people: People) -> People:
        gone = found(people, name)
        return tuple(each for each in people if each is not gone)

    _change(change, f"{name}: removed")


def _replace(name: str, change: Callable[[Person], Person], what: str) -> None:
    def changed(people: People) -> People:
        one = found(people, name)
        return tuple(change(each) if each is one else each for each in people)

    _change(changed, f"{name}: {what}")


def _change(change: Callable[[People], People], said: str) -> None:
    change_people(people_path(), change)
    sys.stdout.buffer.write(f"{said}\n{people_path()}\n".encode())


def _refuse_known(people: People, name: str) -> None:
    if find(people, name) is not None:
        raise AccessError(
            f"名单里已有“{name}”，可用 cli.py user role 或 passphrase 修改 · "
            f"{name!r} is on the list already; change him by cli.py user role or passphrase"
        )


def _checked(row: dict[str, str]) -> dict[str, str]:
    """The row of a new person, with every fault of it told before the file is touched."""
    from json import dumps

    read_back(dumps({"people": [row]}, ensure_ascii=False), "user add")
    return row


def _ask(file: str | None) -> _Asked:
    """The passphrase from a file, else typed twice without being shown."""
    if file is None:
        told = f"Passphrase (at least {MIN_SIGNS} characters)"
        typed = _Asked(typer.prompt(told, hide_input=True, err=True))
        _refuse(typed.text)
        if typer.prompt("Once more", hide_input=True, err=True) != typed.text:
            raise typer.BadParameter("两次输入不同，请重来 · the two differ; start again")
        return typed
    try:
        data = sys.stdin.buffer.read(4096) if file == "-" else Path(file).read_bytes()[:4096]
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise typer.BadParameter(f"--passphrase-file {file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise typer.BadParameter(f"--passphrase-file {file}: 须为 UTF-8 · UTF-8 text") from None
    return _Asked(lines[0] if lines else "")


def _refuse(text: str) -> None:
    try:
        refuse_weak(text)
    except AccessError as error:
        raise typer.BadParameter(str(error)) from None
