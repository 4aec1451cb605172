"""The command line with users' rows: a group of its own, beside the plans or in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from types import SimpleNamespace

import pytest

import cli
from store.book import Book
from terms.own_records import SplitFile
from tests.registry.own_builders import FEICHENG, added, own

SPLIT = "district_code,item,mw,share\n370902,user-3,4,\n"
BOOK = Book(
    projects=(
        own("1", 20, district_codes=(FEICHENG,)),
        added("2", "taian", 5, district_codes=(FEICHENG,)),
        added("3", "taian", 10),
    ),
    splits=(SplitFile("任务分解", SPLIT, "局"),),
)
Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def _book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "own_book", lambda plans: BOOK)
    monkeypatch.setattr(cli, "open_store", lambda: SimpleNamespace(book=lambda: BOOK))


def _said(capture: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    out = capture.readouterr()
    assert stopped.value.code == code, out.err.decode()
    return (out.out if code == 0 else out.err).decode()


def _rows(capture: pytest.CaptureFixture[bytes], *arguments: str) -> Rows:
    return list(csv.DictReader(io.StringIO(_said(capture, *arguments))))


def test_the_group_user_is_listed_counted_and_exported(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    ids = ["user-1", "user-2", "user-3"]
    for command in ("projects", "ledger"):
        assert [row["id"] for row in _rows(capsysbinary, command, "--city", "user")] == ids
    assert [
        row["id"] for row in _rows(capsysbinary, "export", "--city", "user", "--format", "csv")
    ] == ids
    sums = _rows(capsysbinary, "districts", "--city", "user")
    found = [(row["plan"], row["district_code"], row["located_mw"]) for row in sums]
    assert found == [("taian", FEICHENG, "5"), ("taian", "", "10"), ("user", FEICHENG, "20")]
    taian = {row["id"] for row in _rows(capsysbinary, "ledger", "--city", "taian")}
    assert {"user-2", "user-3"} <= taian and "user-1" not in taian


def test_the_kept_breakdown_is_in_force(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    sums = _rows(capsysbinary, "districts", "--city", "user", "--rule", "custom")
    found = [(row["plan"], row["district_code"], row["shared_mw"]) for row in sums]
    assert ("taian", "370902", "4") in found


def test_validate_counts_them(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    said = _said(capsysbinary, "validate")
    assert "ok: 5 plans" in said and "3 projects, 1 breakdowns" in said


def test_public_mode_keeps_them_in_the_house(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert "user-" not in _said(capsysbinary, "projects")
    assert "--city user: unknown" in _said(capsysbinary, "projects", "--city", "user", code=2)


@pytest.mark.parametrize("options", [("--limit", "9" * 23), ("--id", "\udcff"), ("--id", "a\0")])
def test_a_history_that_no_database_can_give_is_told_in_one_line(
    capsysbinary: pytest.CaptureFixture[bytes], options: tuple[str, str]
) -> None:
    told = _said(capsysbinary, "history", *options, code=2)
    assert told.count("\n") == 1 and options[0] in told
