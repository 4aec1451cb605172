"""What may happen to a database: kills, two writers, no room, no file, a damaged one."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from store import engine as engine_module
from store.backup import backup, restore
from store.book import Book
from store.drafts import Add
from store.engine import database_url
from store.last_good import Reader, read_copy
from store.store import Store, forget_stores, open_store
from store.tables import HEAD, metadata
from terms.actor import Role
from terms.errors import DamagedError, SetupError, StoreError
from tests.keeping import keep, person
from tests.store import kill
from tests.store.samples import SAMPLES

FIGURE = SAMPLES["installed"]
ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_killed_process_leaves_all_of_a_batch_or_none(url: str) -> None:
    batches, in_part = kill.run(url, 10, seed=1)
    assert batches > 0 and in_part == []


def test_many_processes_at_once_make_one_database_and_lose_nothing(url: str) -> None:
    words = [sys.executable, "-m", "tests.store.kill", "--append", url]
    root = Path(__file__).parents[2]
    all_of_them = [subprocess.Popen([*words, str(name), "4"], cwd=root) for name in range(5)]
    assert [process.wait(300) for process in all_of_them] == [0] * 5
    store = Store(database_url(url, Path()))
    sources = [figure.source for figure in store.book().installed]
    assert sorted(sources) == sorted(f"{name} {number}" for name in range(5) for number in range(4))
    batches = [int(each.batch) for each in store.history()]
    assert batches == list(range(20, 0, -1))
    store.close()


def test_the_tables_are_what_the_migrations_make(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        assert compare_metadata(context, metadata) == []
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == HEAD


def _is_ours(_: object, name: str, kind: str, *rest: object) -> bool:
    return kind != "table" or name in metadata.tables


def test_a_newer_database_is_refused_and_left_alone(store: Store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreError, match="made by a newer program"):
        Store(database_url(url, Path()))


def test_a_lock_held_too_long_is_told(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "WAIT_S", 0.2)
    other = Store(database_url(url, Path()))
    with (
        engine_module.writing(store.engine, store.name),
        pytest.raises(StoreError, match="held by"),
    ):
        keep(FIGURE, store=other)
    assert keep(FIGURE, store=other) == "1"
    other.close()


def _fill(url: str, more: int, answers: multiprocessing.queues.Queue[str]) -> None:
    """Write under a limit of the file's size, as a full disk sets it."""
    import resource
    import signal

    store = Store(database_url(url, Path()))
    before = store.revision()
    assert store.file is not None
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (more, resource.RLIM_INFINITY))
    drafts = [Add(replace(FIGURE, source=f"{number} " + "x" * 400)) for number in range(3000)]
    try:
        store.apply(person(), drafts, why="")
        said = "written"
    except StoreError as error:
        said = str(error)
    same = store.revision() == before and len(store.book().installed) == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    keep(replace(FIGURE, date="2023-12-31"), store=store)  # once there is room again
    answers.put(f"{said} same={same}")


@ON_SQLITE
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
def test_a_full_disk_is_told_and_changes_nothing(url: str, store: Store) -> None:
    keep(FIGURE, store=store)
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.queues.Queue[str] = context.Queue()
    process = context.Process(target=_fill, args=(url, 400_000, answers))
    process.start()
    said = answers.get(timeout=60)
    process.join(30)
    assert "the disk is full or failing; nothing was changed" in said and said.endswith("same=True")
    assert len(store.book().installed) == 2


@ON_SQLITE
def test_a_file_that_is_gone_or_another_is_noticed(store: Store, url: str, tmp_path: Path) -> None:
    keep(FIGURE, store=store)
    assert store.file is not None
    with store.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    away = store.file.rename(tmp_path / "away.sqlite")
    for act in (store.revision, store.book, lambda: keep(FIGURE, store=store)):
        with pytest.raises(DamagedError, match="is gone"):
            act()
    assert not store.file.exists()
    other = Store(database_url(url, Path()))
    keep(replace(FIGURE, value=FIGURE.value + 1), store=other)
    assert store.book() == other.book()  # the file that stands there now
    other.close()
    for end in ("", "-wal", "-shm"):
        store.file.with_name(store.file.name + end).unlink(missing_ok=True)
    away.rename(store.file)
    assert store.book().installed == (FIGURE,)


@ON_SQLITE
def test_a_damaged_file_is_told_with_the_remedy_and_never_touched(url: str, own_home: Path) -> None:
    file = own_home / "fengtu.sqlite"
    file.write_bytes(b"not a database at all" * 300)
    with pytest.raises(DamagedError, match=r"damaged .* cli\.py restore"):
        Store(database_url(url, Path()))
    assert file.read_bytes() == b"not a database at all" * 300


@ON_SQLITE
def test_a_commit_waits_for_the_disk(store: Store) -> None:
    with store.engine.connect() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]


@pytest.mark.parametrize(
    "given", ["mysql://x/y", "nonsense", "sqlite:///:memory:", "postgresql+pg8000://x"]
)
def test_another_sort_of_address_is_refused_without_repeating_it(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGTU_DATABASE_URL", given)
    with pytest.raises(SetupError) as caught:
        open_store()
    assert given not in str(caught.value)


def test_a_server_out_of_reach_is_told_without_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FENGTU_DATABASE_URL", "postgresql://me:geheim@127.0.0.1:1/energy")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1/energy cannot be reached") as caught:
        open_store()
    assert "geheim" not in str(caught.value)


class _Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


def test_viewing_goes_on_from_the_last_good_copy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = _Clock()
    monkeypatch.setattr("store.last_good.time", clock)
    copy = tmp_path / "last-good.json"
    keep(*(SAMPLES[kind] for kind in SAMPLES), store=store)
    reader = Reader(lambda: store, copy)
    good = reader.look()
    assert good.book == store.book() and good.why == "" and copy.is_file()

    def gone(_: Store) -> str:
        raise StoreError("没有了 · it is away")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "revision", gone)
        for viewer in (reader, Reader(lambda: store, copy)):  # a process that knew it, a new one
            shown = viewer.look()
            assert shown.book.digest == good.book.digest
            assert shown.why == "没有了 · it is away" and shown.at == good.at
            assert shown.revision not in ("", good.revision)
        nothing = Reader(lambda: store, tmp_path / "none.json").look()
        assert (nothing.book.digest, nothing.at, nothing.why != "") == ("", "", True)
    assert reader.look().why  # it is not asked at every click
    clock.now += 10
    assert reader.look() == good


def test_no_copy_outlives_records_that_a_backup_did_not_hold(store: Store, tmp_path: Path) -> None:
    copy, empty = tmp_path / "last-good.json", backup(store)
    reader = Reader(lambda: store, copy)
    assert not reader.look().book.digest and not copy.exists()
    keep(SAMPLES["installed"], store=store)
    reader.look()
    restore(store, person(role=Role.ADMIN), empty, kept=tmp_path)
    reader.look()
    held = read_copy(copy)
    assert held is not None and held.book == Book() and held.revision == store.revision()


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"format": "fengtu last-good 1"}', "null"])
def test_a_copy_that_is_none_is_not_shown(text: str, tmp_path: Path) -> None:
    path = tmp_path / "last-good.json"
    path.write_text(text, encoding="utf-8")
    assert read_copy(path) is None


def test_a_database_that_vanished_is_not_begun_anew(own_home: Path) -> None:
    store = open_store()
    keep(FIGURE)
    Reader(open_store, own_home / "last-good.json").look()
    assert store.file is not None
    forget_stores()
    store.file.unlink()
    with pytest.raises(DamagedError, match=r"is gone.*cli\.py restore"):
        open_store()
    assert not store.file.exists()


@ON_SQLITE
def test_a_file_that_somebody_locks_by_hand_can_still_be_read(store: Store) -> None:
    keep(FIGURE, store=store)
    assert store.file is not None
    hold: Callable[[], sqlite3.Connection] = lambda: sqlite3.connect(store.file or "")  # noqa: E731
    with hold() as by_hand:
        by_hand.execute("BEGIN IMMEDIATE")
        assert store.book().installed == (FIGURE,)
        by_hand.rollback()
