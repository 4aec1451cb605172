"""The list of people: every fault told, no hash repeated, nobody by a faulty file."""

from __future__ import annotations

import stat
import string
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from store.passphrase import Cost, cost_of, hash_of, is_right, nobodys_hash, refuse_weak
from store.people import (
    People,
    Person,
    change_people,
    find,
    is_there,
    load_people,
    people_now,
    read_people,
)
from terms.actor import Role
from terms.errors import AccessError, PeopleError

CHEAP = Cost(memory_kib=8, rounds=1, threads=1)
PASSPHRASE = "the heron waits by the weir"
GOOD = """people:
- name: 王敏
  role: admin
  passphrase: {hash}
- name: Li Lei
  role: editor
  email: li@example.org
- name: Gast
  role: viewer
  subject: '0815'
"""
HASH = hash_of(PASSPHRASE, cost=CHEAP)


def told(words: str) -> list[tuple[str, str]]:
    """The faults of a text as (row, field)."""
    with pytest.raises(PeopleError) as error:
        read_people(words, "people.yaml")
    assert "argon2id" not in str(error.value) and "weir" not in str(error.value)
    return [(fault.row, fault.field) for fault in error.value.faults]


def test_a_good_file() -> None:
    people = read_people(GOOD.format(hash=HASH), "people.yaml")
    assert [each.role for each in people] == [Role.ADMIN, Role.EDITOR, Role.VIEWER]
    assert find(people, " li  LEI ") == people[1] and find(people, "") is None
    assert people[2].subject == "0815"


@pytest.mark.parametrize("words", ["", "people:", "people: []", "# nobody"])
def test_an_empty_file_lists_nobody(words: str) -> None:
    assert read_people(words, "people.yaml") == ()


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("{", [("第 1 行 · line 1", "-")]),
        ("- a", [("-", "-")]),
        ("people: x", [("people", "-")]),
        ("admins: []", [("-", "admins")]),
        ("people:\n- x", [("people 1", "-")]),
        ("people:\n- {name: a, role: king, email: a@b}", [("people 1", "role")]),
        ("people:\n- {name: a, role: editor}", [("people 1", "email")]),
        ("people:\n- {name: '', role: editor, email: a@b}", [("people 1", "name")]),
        ("people:\n- {name: a, role: editor, email: ab}", [("people 1", "email")]),
        ("people:\n- {name: a, role: editor, mail: a@b}", [("people 1", "mail")]),
        (
            f"people:\n- {{name: a, role: editor, passphrase: {PASSPHRASE}}}",
            [("people 1", "passphrase")],
        ),
        ("people:\n- {name: a, role: editor, email: *x}", [("-",)]),
        ("people:\n- {name: a, name: b, role: editor, email: a@b}", [("-",)]),
    ],
)
def test_every_fault_is_told_at_its_place(words: str, faults: list[tuple[str, ...]]) -> None:
    found = told(words)
    assert len(found) == len(faults)
    for each, wanted in zip(found, faults, strict=True):
        assert wanted == ("-",) or each[: len(wanted)] == wanted


def test_two_people_share_nothing() -> None:
    one = "- {name: Li, role: editor, email: a@b, subject: s}\n"
    other = "- {name: ' ｌＩ ', role: viewer, email: A@B, subject: s}\n"
    rows = [("people 2", field) for field in ("name", "email", "subject")]
    assert told(f"people:\n{one}{other}") == rows


@pytest.mark.parametrize(
    "kept",
    [
        "secret words in the clear",
        HASH.replace("argon2id", "argon2i"),
        HASH.replace("m=8", "m=99999999"),
        HASH.replace("t=1", "t=4000000"),
        "$argon2id$",
    ],
    ids=["clear", "argon2i", "memory", "rounds", "empty"],  # the salt is another in each process
)
def test_only_hashes_of_bounded_cost_are_taken(kept: str) -> None:
    faults = told(yaml.safe_dump({"people": [{"name": "a", "role": "editor", "passphrase": kept}]}))
    assert faults == [("people 1", "passphrase")]
    assert not is_right(PASSPHRASE, kept)


@given(some.text(max_size=200))
def test_any_text_is_read_or_refused_with_sentences(words: str) -> None:
    try:
        assert isinstance(read_people(words, "people.yaml"), tuple)
    except PeopleError as error:
        assert error.faults and all(fault.expected for fault in error.faults)


_rows = some.fixed_dictionaries(
    {"name": some.text(max_size=8), "role": some.sampled_from(["viewer", "editor", "admin", "x"])},
    optional={
        "email": some.sampled_from(["a@b", "A@b", "c@d", "", "no"]),
        "subject": some.text(string.printable, max_size=5),
        "passphrase": some.sampled_from([HASH, "x", ""]),
    },
)


@given(some.lists(_rows, max_size=4))
def test_what_is_read_holds_the_rules(rows: list[dict[str, str]]) -> None:
    try:
        people = read_people(yaml.safe_dump({"people": rows}, allow_unicode=True), "f")
    except PeopleError as error:
        assert "argon2id" not in str(error)
        return
    assert len(people) == len(rows)
    for field in ("email", "subject"):
        held = [getattr(each, field).casefold() for each in people if getattr(each, field)]
        assert field == "subject" or len(held) == len(set(held))
    assert all(each.email or each.subject or each.passphrase for each in people)


def test_a_change_is_whole_closed_to_others_and_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    assert not is_there(path) and people_now(path) == ()
    one = Person(name="王敏", role=Role.EDITOR, passphrase=HASH)
    change_people(path, lambda people: (*people, one))
    assert people_now(path) == (one,) and is_there(path)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def twice(people: People) -> People:
        return (*people, one)

    before = path.read_bytes()
    with pytest.raises(PeopleError):
        change_people(path, twice)
    assert path.read_bytes() == before
    change_people(path, lambda _: ())
    assert people_now(path) == () and is_there(path)


def test_a_file_that_turns_faulty_gives_nobody_any_right(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(GOOD.format(hash=HASH), encoding="utf-8")
    assert len(people_now(path)) == 3
    path.write_text(GOOD.format(hash=HASH) + "- name: x\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PeopleError):
            people_now(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PeopleError, match="UTF-8"):
        load_people(path)


def test_a_hash_knows_its_passphrase_alone() -> None:
    assert is_right(PASSPHRASE, HASH)
    assert is_right("Ｔhe heron waits by the weir".replace("Ｔ", "ｔ"), HASH)  # full width
    for wrong in ("", PASSPHRASE[:-1], PASSPHRASE.upper(), PASSPHRASE + " "):
        assert not is_right(wrong, HASH)
    assert cost_of(HASH) == CHEAP == cost_of(nobodys_hash(CHEAP))
    assert hash_of(PASSPHRASE, cost=CHEAP) != HASH  # salted


@pytest.mark.parametrize(
    "weak",
    [
        *("", "short", "a" * 300, "aaaaaaaaaaaa", "123456789012", "lkjihgfedcba", "password1234"),
        *(
            "Pa$$w0rd1234",
            "峰图峰图峰图峰图管理员密码",
            "2024-12-31-12",
            "correct horse battery staple",
        ),
        "with a\ttab in the middle",
    ],
)
def test_weak_passphrases_are_refused_with_a_remedy(weak: str) -> None:
    with pytest.raises(AccessError, match=" · "):
        refuse_weak(weak)


@pytest.mark.parametrize("strong", [PASSPHRASE, "泰山脚下的老槐树今年又开花了", "k9#vT2-qLx84"])
def test_other_passphrases_are_taken(strong: str) -> None:
    refuse_weak(strong)
