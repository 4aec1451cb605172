"""Writing: nothing is lost, whoever else writes and wherever it breaks off."""

from __future__ import annotations

import multiprocessing
import stat
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from store import safe_file
from store.book import Book, Place, load_book, read_book
from store.lines import add_rows
from store.models import _TURNING
from store.safe_file import locked
from store.write import append_installed, append_progress, withdraw
from terms.errors import RecordsError, StoreError
from terms.kinds import Status
from terms.records import InstalledFigure, Progress
from terms.signs import is_unfit

FIGURE = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal("512.3"), "万千瓦", "月报")
DONE = Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报")

words = (
    st.text(st.characters(exclude_characters=_TURNING).filter(lambda sign: not is_unfit(sign)))
    .map(str.strip)
    .filter(bool)
)
days = st.dates(date(1950, 1, 1), date(2024, 1, 1)).map(date.isoformat)
amounts = st.decimals(0, 10**9, places=3)
figures = st.builds(
    InstalledFigure,
    plan=words,
    district_code=st.sampled_from(["", "370812"]),
    zone=st.just("") | words,
    metric=words,
    date=days,
    value=amounts,
    unit=st.sampled_from(["万千瓦", "MW", "kW", "GW"]),
    source=words,
)
records_of_progress = st.builds(
    Progress,
    project=words,
    date=days,
    status=st.sampled_from(Status),
    commissioned_mw=st.none() | amounts.filter(bool),
    source=words,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(figures, max_size=4), st.lists(records_of_progress, max_size=4))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    installed: list[InstalledFigure],
    progress: list[Progress],
) -> None:
    path = tmp_path_factory.mktemp("book") / "records.yaml"
    append_installed(path, *installed, names={"370812": "兖州区"})
    written = append_progress(path, *progress)
    assert written == load_book(path)
    assert written.installed == tuple(installed)
    assert written.progress == tuple(progress)


@pytest.mark.parametrize(
    "hostile",
    [
        *"# no|a: b|- x|'|\"|null|~|{a: 1}|&a|*a|!!int 1|%|@x|>|---|...|<<".split("|"),
        *("=cmd()", "yes", "2024-01-01", "\\n"),
        *("|", "\u200b", "a\xa0b", "a #b", "😀"),
    ],
)
def test_hostile_words_stay_words(hostile: str, tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    figure = replace(FIGURE, source=f"{hostile}", zone=hostile)
    assert append_installed(path, figure, FIGURE).installed == (figure, FIGURE)


def test_remarks_order_and_indents_of_a_person_stay(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    own = """\
# our own remarks
progress:   # kept by 王
    - project: taian-caes-01
      date: 2024-01-01   # by letter
      status: approved
      source: 函

# figures
installed:
- source: 甲
  plan: jining   # first
  metric: pv
  date: 2023-12-31
  value: 1.50
  unit: GW
# the end
"""
    path.write_text(own, encoding="utf-8")
    append_progress(path, DONE)
    append_installed(path, FIGURE)
    book = withdraw(path, load_book(path).installed[0])
    after = path.read_text(encoding="utf-8")
    lines = iter(after.splitlines())
    assert all(line in lines for line in own.splitlines())  # each after the one before
    assert book.installed == (FIGURE,) and book.withdrawn == 1
    assert [each.date for each in book.progress] == ["2024-01-01", "2024-06-30"]
    assert "    - project: taian-caes-01\n      date: 2024-06-30\n" in after


@pytest.mark.parametrize(
    "text",
    [
        "installed: []  # none\nprogress:\n",
        "installed: [{plan: a, metric: b, date: 2024-01-01, value: 1, unit: MW, source: c}]\n",
        "{}\n",
        "---\ninstalled:\n...\n",
        "installed:\n- plan: a\n  metric: b\n  date: 2024-01-01\n  value: 1\n  unit: MW\n"
        "  source: >-\n    a folded\n    text",
        "installed:\n- plan: a\n  metric: b\n  date: 2024-01-01\n  value: 1\n  unit: MW\n"
        "  source: c\n  zone:\n",
        "# x\u2028# y\ninstalled:\n- plan: a\n  metric: b\n  date: 2024-01-01\n  value: 1\n"
        "  unit: MW\n  source: c\n",
    ],
)
def test_unusual_files_take_a_row_and_lose_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_text(text, encoding="utf-8")
    before = load_book(path)
    after = append_installed(path, FIGURE)
    assert after.installed == (*before.installed, FIGURE)
    for figure in after.installed:
        withdraw(path, figure)
    last = load_book(path)
    assert (last.installed, last.withdrawn) == ((), len(after.installed))


def test_the_file_is_plain_yaml_for_anyone(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    figure = replace(FIGURE, district_code="370812")
    append_installed(path, figure, names={"370812": "兖州区"})
    row = yaml.safe_load(path.read_text(encoding="utf-8"))["installed"][0]
    assert row["value"] == 512.3 and row["date"] == date(2024, 12, 31)
    assert row["district"] == "370812 兖州区"


def test_a_withdrawn_record_stays_and_cannot_be_withdrawn_twice(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    append_progress(path, DONE, DONE)
    append_installed(path, FIGURE)
    assert withdraw(path, DONE).progress == (DONE,)
    assert withdraw(path, DONE).progress == ()
    assert f"withdrawn: {date.today()}" in path.read_text(encoding="utf-8")
    with pytest.raises(StoreError, match="withdrawn already"):
        withdraw(path, DONE)
    assert load_book(path).withdrawn == 2 and load_book(path).installed == (FIGURE,)


def test_a_bad_record_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    append_installed(path, FIGURE)
    before = path.read_bytes()
    with pytest.raises(RecordsError, match="installed 2"):
        append_installed(path, replace(FIGURE, value=Decimal("NaN")))

    def refuse(book: Book) -> None:
        raise StoreError(f"{len(book.installed)} are too many")

    with pytest.raises(StoreError, match="2 are too many"):
        append_installed(path, FIGURE, check=refuse)
    assert path.read_bytes() == before


def test_a_check_is_told_where_the_new_figures_were_written(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    append_installed(path, FIGURE, replace(FIGURE, date="2023-12-31"))
    withdraw(path, FIGURE)
    seen: list[Place] = []
    places = [Place("up.csv", "7"), Place("up.csv", "9")]

    def look(book: Book) -> None:
        seen.extend(book.installed_place(index) for index in range(len(book.installed)))

    new = [replace(FIGURE, date=day) for day in ("2022-12-31", "2021-12-31")]
    append_installed(path, *new, places=places, check=look)
    assert seen == [Place("records.yaml", "installed 2"), *places]


def test_a_bad_file_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    path.write_text("installed: words\n", encoding="utf-8")
    with pytest.raises(RecordsError):
        append_installed(path, FIGURE)
    assert path.read_text(encoding="utf-8") == "installed: words\n"


def test_the_text_before_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    append_installed(path, FIGURE)
    before = path.read_bytes()
    append_progress(path, DONE)
    assert (tmp_path / "records.yaml.bak").read_bytes() == before
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"records.yaml", "records.yaml.bak", "records.yaml.lock"}


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_write_that_breaks_off_leaves_the_old_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.yaml"
    append_installed(path, FIGURE)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    where = Path if step == "replace" else safe_file.os
    with monkeypatch.context() as patch:
        patch.setattr(where, step, fail)
        with pytest.raises(StoreError, match="No space left"):
            append_progress(path, DONE)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.new")) and not list(tmp_path.glob(".*.new"))
    assert append_progress(path, DONE).progress == (DONE,)  # and the lock is free again


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes and links")
def test_the_mode_and_a_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "shared.yaml"
    append_installed(real, FIGURE)
    real.chmod(0o640)
    link = tmp_path / "records.yaml"
    link.symlink_to(real)
    append_progress(link, DONE)
    assert link.is_symlink() and load_book(real).progress == (DONE,)
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_file_that_somebody_else_holds_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.yaml"
    monkeypatch.setattr(safe_file, "WAIT_S", 0.2)
    with locked(path), pytest.raises(StoreError, match="somebody else"):
        append_installed(path, FIGURE)
    assert append_installed(path, FIGURE).installed == (FIGURE,)


def _append_many(path: str, name: str, count: int) -> None:
    for number in range(count):
        append_installed(Path(path), replace(FIGURE, source=f"{name} {number}"))


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    context = multiprocessing.get_context("spawn")
    both = [
        context.Process(target=_append_many, args=(str(path), name, 8)) for name in ("甲", "乙")
    ]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    sources = {figure.source for figure in load_book(path).installed}
    assert sources == {f"{name} {number}" for name in ("甲", "乙") for number in range(8)}


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    context = multiprocessing.get_context("spawn")
    holding = context.Event()
    process = context.Process(target=_hold, args=(str(path), holding))
    process.start()
    assert holding.wait(30)
    process.kill()
    process.join(30)
    assert append_installed(path, FIGURE).installed == (FIGURE,)


def _hold(path: str, holding: multiprocessing.synchronize.Event) -> None:
    with locked(Path(path)):
        holding.set()
        multiprocessing.Event().wait(60)


def test_no_rows_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.yaml"
    assert append_installed(path) == Book()
    assert not path.exists()
    assert read_book(add_rows("", "progress", []), "x") == Book()
