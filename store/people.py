"""Who may enter data: people.yaml in FENGTU_HOME, one row a person, every fault told.

A file with a fault gives nobody any right. A missing file lists nobody. It holds hashes, so it is
readable by its owner only, and no fault repeats one.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import yaml
from argon2.exceptions import InvalidHashError
from pydantic import AfterValidator

from seeds.fields import Needed, Strict, Text
from seeds.reading import model_faults
from store.home import home
from store.listed import rows_of, text_of, without_secret
from store.passphrase import cost_of
from store.safe_file import locked, replace_text
from terms.actor import Role
from terms.errors import AccessError, Fault, PeopleError, StoreError
from terms.os_reasons import os_reason

SECTION = "people"
MAX_NAME = 60
_HEAD = (
    "# 谁可以录入 / who may enter data. 用 cli.py user 修改；本文件含口令散列，请勿外传。\n"
    "# Change it by cli.py user; comments are not kept. It holds hashes: do not pass it on.\n"
)
_EMAIL = re.compile(r"[^@\s<>\"'\\]{1,64}@[^@\s<>\"'\\]{1,190}")
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_SECRET = ("passphrase", "-")  # no fault repeats these; "-" holds the whole row


def _name(value: str) -> str:
    if len(value) > MAX_NAME or any(unicodedata.category(sign)[0] == "C" for sign in value):
        raise ValueError(
            f"不超过 {MAX_NAME} 字、不含控制字符的姓名 · "
            f"a name of at most {MAX_NAME} characters without control characters"
        )
    return value


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise ValueError("邮箱地址 · an e-mail address")
    return value


def _hash(value: str) -> str:
    try:
        if value:
            cost_of(value)
    except InvalidHashError:
        raise ValueError(
            "cli.py user passphrase 写入的散列 · a hash written by cli.py user passphrase"
        ) from None
    return value


class Person(Strict):
    """One person with his role and the ways in which he can prove who he is."""

    name: Annotated[Needed, AfterValidator(_name)]
    role: Role
    email: Annotated[Text, AfterValidator(_email)] = ""
    subject: Text = ""
    passphrase: Annotated[Text, AfterValidator(_hash)] = ""


People = tuple[Person, ...]


def people_path() -> Path:
    """The file of those who may enter data; it may not exist."""
    return home() / "people.yaml"


def name_key(name: str) -> str:
    """What makes two spellings of a name one and the same; it proves nothing by itself."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def email_key(email: str) -> str:
    """What makes two spellings of an e-mail address one: A for a, and nothing else.

    An address is a proof: ｌｉ@ or a Kelvin sign for K is another mailbox, perhaps of a stranger.
    """
    return email.translate(_SMALL)


def load_people(path: Path) -> People:
    """The people of a file; raises PeopleError with all faults."""
    return read_people(text_of(path, PeopleError), path.name)


def read_people(text: str, file: str) -> People:
    """The people of a text; raises PeopleError with all faults."""
    faults: list[Fault] = []
    found: list[Person] = []
    taken: dict[tuple[str, str], str] = {}
    for number, raw in enumerate(rows_of(text, file, SECTION, PeopleError), start=1):
        row = f"{SECTION} {number}"
        told = [without_secret(each, _SECRET) for each in model_faults(file, row, Person, raw)]
        if not told:
            person = Person.model_validate(raw)
            told = [Fault(file, row, *each) for each in _contradictions(person, taken)]
            found.append(person)
        faults += told
    if faults:
        raise PeopleError(faults)
    return tuple(found)


def _contradictions(
    person: Person, taken: dict[tuple[str, str], str]
) -> Iterator[tuple[str, str, str, str]]:
    """What a row lacks, and what another person has already: field, found, expected, in English."""
    if not (person.email or person.subject or person.passphrase):
        expected = (
            "email、subject、passphrase 至少一项 · one of email, subject and passphrase at least"
        )
        yield "email", "空", expected, "nothing"
    ways = {"name": name_key(person.name), "email": email_key(person.email)}
    for field, value in {**ways, "subject": person.subject}.items():
        if value and (field, value) in taken:
            expected = "各不相同 · one that nobody else has"
            yield field, getattr(person, field), expected, ""
        taken[field, value] = person.name


def find(people: People, name: str) -> Person | None:
    """The person of a name, however it is spelt."""
    return next((each for each in people if name_key(each.name) == name_key(name)), None)


def found(people: People, name: str) -> Person:
    """The person of a name; raises AccessError if there is none."""
    person = find(people, name)
    if person is None:
        raise AccessError(
            f"名单里没有“{name}”，请用 cli.py user list 查看 · "
            f"nobody is called {name!r}; see cli.py user list"
        )
    return person


def change_people(path: Path, change: Callable[[People], People]) -> People:
    """Write the list anew as `change` makes it of what stands there now; raises as load_people."""
    file = path.resolve()
    with locked(file):
        changed = change(load_people(file))
        text = _text_of(changed)
        read_people(text, file.name)  # refuses what would be refused at reading
        replace_text(file, text)
        _close_to_others(file)
    return changed


def _text_of(people: People) -> str:
    rows = [
        {key: str(value) for key, value in each.model_dump(mode="json").items() if value}
        for each in people
    ]
    dumped = yaml.safe_dump({SECTION: rows}, allow_unicode=True, sort_keys=False, width=10**6)
    return f"{_HEAD}{dumped}"


def _close_to_others(file: Path) -> None:
    """Readable by its owner alone, where the system knows such a thing."""
    try:
        for each in (file, file.with_name(f"{file.name}.bak")):
            if each.exists():
                each.chmod(0o600)
    except OSError as error:
        raise StoreError(
            f"已写入 {file}，但不能限制其读取权限（{os_reason(error, 'zh')}） · "
            f"{file} is written, but others may still read it ({os_reason(error, 'en')})"
        ) from error


def is_there(path: Path) -> bool:
    """Is there a list at all, readable or not? Then only those on it may enter data."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _stamp(path: Path) -> str:
    """What changes whenever the file does."""
    try:
        held = path.stat()
    except OSError as error:
        return f"none {error.errno}"
    return f"{held.st_mtime_ns}:{held.st_size}:{held.st_ino}"


_last: dict[Path, tuple[str, People | PeopleError]] = {}


def people_now(path: Path) -> People:
    """The people as the file says now, read again only when it changed; raises PeopleError."""
    now = _stamp(path)
    kept = _last.get(path)
    if kept is None or kept[0] != now:
        try:
            kept = (now, load_people(path))
        except PeopleError as error:
            kept = (now, error)
        _last.clear()
        _last[path] = kept
    if isinstance(kept[1], PeopleError):
        raise PeopleError(kept[1].faults)
    return kept[1]
