"""`cli.py user` as an administrator meets it."""

from __future__ import annotations

import io
import sys

import pytest
import typer

import cli
from commands.people import user
from store.passphrase import is_right
from store.people import load_people, people_path
from terms.actor import Role
from tests.test_docs import README, ROOT

PASSPHRASE = "the heron waits by the weir"


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> str:
    """What the command writes: its output, or its sentence where it stops."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["user", *arguments])
    done = capsysbinary.readouterr()
    assert stopped.value.code == code, done.err.decode()
    return (done.err if code else done.out).decode()


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words.encode()), "utf-8"))


def test_a_person_from_first_to_last(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, f"{PASSPHRASE}\nignored\n")
    run(capsysbinary, "add", "王敏", "--role", "admin", "--passphrase-file", "-")
    (person,) = load_people(people_path())
    assert person.role is Role.ADMIN and is_right(PASSPHRASE, person.passphrase)
    run(capsysbinary, "role", "王敏", "--role", "viewer")
    run(capsysbinary, "add", "Li", "--email", "li@example.org")
    listed = run(capsysbinary, "list")
    assert "王敏,viewer,,,yes" in listed and "argon2" not in listed
    assert "li@example.org" in run(capsysbinary, "list", "--format", "json")
    typed(monkeypatch, PASSPHRASE + " at noon")
    run(capsysbinary, "passphrase", "王敏", "--passphrase-file", "-")
    assert is_right(PASSPHRASE + " at noon", load_people(people_path())[0].passphrase)
    run(capsysbinary, "remove", "王敏")
    assert [each.name for each in load_people(people_path())] == ["Li"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("add", "Li", "--email", "other@example.org"), 1, "名单里已有"),
        (("add", "Lu", "--email", "li@example.org"), 1, "one that nobody else has"),
        (("add", "Lu", "--email", "nonsense"), 1, "an e-mail address"),
        (("add", "Lu", "--role", "king"), 2, "--role"),
        (("add", "Lu", "--passphrase-file", "-"), 2, "12"),
        (("add", "Lu", "--passphrase-file", "gone"), 2, "gone"),
        (("role", "Lu", "--role", "admin"), 1, "Lu"),
        (("remove", "Lu"), 1, "Lu"),
        (("passphrase", "Lu"), 1, "Lu"),
    ],
)
def test_refusals_are_sentences_and_change_nothing(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(capsysbinary, "add", "Li", "--email", "li@example.org")
    before = people_path().read_bytes()
    typed(monkeypatch, "short\n")
    assert words in run(capsysbinary, *arguments, code=code)
    assert people_path().read_bytes() == before


def test_a_faulty_file_is_told_and_left_alone(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    people_path().parent.mkdir(parents=True)
    people_path().write_text("people:\n- name: a\n- role: x\n", encoding="utf-8")
    said = run(capsysbinary, "list", code=1)
    assert "people 1 · role" in said and "people 2 · name" in said
    run(capsysbinary, "add", "Li", "--email", "li@example.org", code=1)


def test_the_docs_name_every_command() -> None:
    docs = (ROOT / "docs" / "people.md").read_text(encoding="utf-8")
    assert "cli.py user" in README
    for command in user.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert f"cli.py user {name}" in docs


def test_an_input_that_ends_is_told_in_one_line(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> str:
        raise typer.Abort

    monkeypatch.setattr(typer, "prompt", ended)
    told = run(capsysbinary, "add", "Zhao", code=2)
    assert told.count("\n") == 1 and "the input ended" in told
    assert not people_path().exists()
