"""A book as read from YAML: what stands in it, and every fault of a bad one at its place."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.book import Book, read_book, read_text, stamp
from store.home import home, records_path
from terms.errors import RecordsError, StoreError
from terms.kinds import Status
from terms.records import InstalledFigure, Progress

GOOD = """\
# what the bureau knows
installed:
  - plan: jining
    district: 370812 兖州区
    zone: 济宁高新区
    metric: pv
    date: 2024-12-31
    value: 512.30
    unit: 万千瓦
    source: 统计月报
  - {plan: jining, metric: hydrogen_stations, date: 2024-12-31, value: 0, unit: 座, source: 台账}
  - plan: jining
    metric: pv
    date: 2023-12-31
    value: 1
    unit: GW
    source: 旧数
    withdrawn: 2025-01-02
progress:
  - project: taian-caes-01
    date: 2024-06-30
    status: partly_operating
    commissioned_mw: 10
    source: 并网通知
"""


def load_book(path: Path) -> Book:
    """A file of an earlier version."""
    return read_book(read_text(path), path.name)


def _write(folder: Path, text: str) -> Path:
    path = folder / "records.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _faults(folder: Path, text: str) -> dict[tuple[str, str], str]:
    with pytest.raises(RecordsError) as caught:
        load_book(_write(folder, text))
    assert all(fault.file == "records.yaml" for fault in caught.value.faults)
    return {(fault.row, fault.field): str(fault) for fault in caught.value.faults}


def _row(**changes: str) -> str:
    row = {"plan": "jining", "metric": "pv", "date": "2024-12-31", "value": "1", "unit": "MW"}
    row = row | {"source": "s"} | changes
    return "installed:\n- " + "\n  ".join(f"{key}: {value}" for key, value in row.items()) + "\n"


def test_a_missing_file_is_an_empty_book(tmp_path: Path) -> None:
    path = tmp_path / "none" / "records.yaml"
    assert load_book(path) == Book()
    assert (load_book(path).digest, stamp(path)) == ("", "none")
    assert not path.parent.exists()


@pytest.mark.parametrize("text", ["", "# only a remark\n", "installed:\nprogress: []\n", "---\n"])
def test_an_empty_file_is_an_empty_book(text: str, tmp_path: Path) -> None:
    assert load_book(_write(tmp_path, text)) == Book()


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_records_in_force_with_their_places(start: str, tmp_path: Path) -> None:
    book = load_book(_write(tmp_path, start + GOOD.replace("\n", "\r\n")))
    first = InstalledFigure(
        "jining",
        "370812",
        "济宁高新区",
        "pv",
        "2024-12-31",
        Decimal("512.30"),
        "万千瓦",
        "统计月报",
    )
    assert book.installed[0] == first
    assert book.installed[1].value == 0
    assert len(book.installed) == 2 and book.withdrawn == 1
    done = Progress("taian-caes-01", "2024-06-30", Status.PARTLY_OPERATING, Decimal(10), "并网通知")
    assert book.progress == (done,)
    assert book.installed_place(0).district_name == "兖州区"
    assert book.installed_place(1).row == "installed 2"
    assert len(book.digest) == 12


def test_the_digest_follows_the_records_in_force(tmp_path: Path) -> None:
    before = load_book(_write(tmp_path, GOOD)).digest
    assert load_book(_write(tmp_path, GOOD.replace("旧数", "更旧"))).digest == before
    assert load_book(_write(tmp_path, GOOD.replace("512.30", "512.31"))).digest != before


def test_every_fault_at_once_with_its_place(tmp_path: Path) -> None:
    text = """\
installed:
- plan: jining
  district: 兖州区
  metric: pv
  date: 2024-02-30
  value: -3
  unit: 千瓦时
  source: "  "
  colour: red
- plain words
progress:
- project: taian-caes-01
  date: 2999-01-01
  status: built
  commissioned_mw: 0
  source: x
- {project: taian-caes-01, date: 2024-01-01, source: x}
"""
    faults = _faults(tmp_path, text)
    assert set(faults) == {
        ("installed 1", "district"),
        ("installed 1", "date"),
        ("installed 1", "value"),
        ("installed 1", "unit"),
        ("installed 1", "source"),
        ("installed 1", "colour"),
        ("installed 2", "-"),
        ("progress 1", "date"),
        ("progress 1", "status"),
        ("progress 1", "commissioned_mw"),
        ("progress 2", "status"),
    }
    assert all("应为 / expected" in each and " · " in each for each in faults.values())


@pytest.mark.parametrize(
    "value",
    [
        *"nan inf -1 +1 1e3 1e999999999 1,234 0x10 １２ yes 1_ .5 1.2345678 [1] '' 12MW".split(),
        "1" * 13,
    ],
)
def test_figures_that_are_no_plain_numbers(value: str, tmp_path: Path) -> None:
    assert set(_faults(tmp_path, _row(value=value))) == {("installed 1", "value")}


@pytest.mark.parametrize(
    "day", ["2024-13-01", "2023-02-29", "2024-1-5", "20240105", "2024", "0205-12-31", "yesterday"]
)
def test_days_that_are_none(day: str, tmp_path: Path) -> None:
    assert set(_faults(tmp_path, _row(date=day))) == {("installed 1", "date")}


def test_tomorrow_is_not_known_yet(tmp_path: Path) -> None:
    today = date.today()
    assert load_book(_write(tmp_path, _row(date=today.isoformat()))).installed
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert set(_faults(tmp_path, _row(date=tomorrow))) == {("installed 1", "date")}
    assert ("installed 1", "withdrawn") in _faults(tmp_path, _row(withdrawn=tomorrow))


@pytest.mark.parametrize("sign", ["\\0", "\\e", "\\n\\n", "\\u202E", "\\uFEFF", "\\u2028"])
def test_hidden_signs_are_refused_by_their_code(sign: str, tmp_path: Path) -> None:
    faults = _faults(tmp_path, _row(source=f'"a{sign}b"'))
    assert "U+" in faults["installed 1", "source"]


def test_a_count_is_whole(tmp_path: Path) -> None:
    faults = _faults(tmp_path, _row(metric="hydrogen_stations", value="1.5", unit="座"))
    assert set(faults) == {("installed 1", "value")}


@pytest.mark.parametrize(
    "text",
    [
        "installed: [",
        "- a\n- b\n",
        "just words",
        "installed: words\n",
        "installd:\n- plan: x\n",
        "installed: &a\n- plan: x\nprogress: *a\n",
        "installed: []\ninstalled: []\n",
        "installed:\n- !!python/object/apply:os.system [ls]\n",
        "installed:\n- ? [a]\n  : b\n",
        "[" * 5000,
        "a: \x01\n",
    ],
)
def test_files_of_another_shape(text: str, tmp_path: Path) -> None:
    assert _faults(tmp_path, text)
    with pytest.raises(RecordsError) as caught:
        load_book(tmp_path / "records.yaml")
    for fault in caught.value.faults:
        chinese, english = fault.told("zh"), fault.told("en")
        assert "line" not in chinese.row and "行" not in english.row
        assert re.search("[\u4e00-\u9fff]", chinese.found + chinese.expected)
        assert not re.search("[\u4e00-\u9fff]", english.found + english.expected)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(RecordsError, match="UTF-8"):
        load_book(path)


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot read"):
        load_book(tmp_path)


def test_the_book_stands_in_the_home(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (home(), records_path()) == (own_home, own_home / "records.yaml")
    monkeypatch.delenv("FENGTU_HOME")
    assert home().name == "fengtu"
