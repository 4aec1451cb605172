"""Backup and restore: one file, the same from either database, all or none."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from store.backup import backup, restore
from store.engine import database_url
from store.store import Store
from store.tables import HEAD
from terms.actor import Role
from terms.errors import AccessError, RecordsError, StoreError
from tests.keeping import keep, person, withdraw
from tests.store.postgres import Server
from tests.store.samples import SAMPLES

ADMIN = person("管", Role.ADMIN)


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something of every kind, and something hidden."""
    keep(*SAMPLES.values(), store=store)
    keep(replace(SAMPLES["installed"], date="2023-12-31"), store=store)
    withdraw("note", SAMPLES["note"], store)
    return store


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_what_was_there_comes_back_and_what_came_after_is_kept_beside(
    full: Store, tmp_path: Path
) -> None:
    data, book, history = backup(full), full.book(), full.history()
    keep(replace(SAMPLES["progress"], date="2024-07-01"), store=full)
    later, revision = full.book(), full.revision()
    before = restore(full, ADMIN, data, kept=tmp_path)
    assert full.book() == book and full.book().digest == book.digest
    assert full.history()[1:] == history and full.history()[0].action == "load"
    assert full.revision() != revision
    restore(full, ADMIN, before.read_bytes(), kept=tmp_path)
    assert full.book() == later
    keep(replace(SAMPLES["installed"], date="2022-12-31"), store=full)  # numbers go on
    assert full.entries("installed")[-1].id == "installed-3"


def test_a_backup_of_one_database_fills_the_other(
    full: Store, server: Server, own_home: Path, tmp_path: Path
) -> None:
    if full.file:
        other = Store(database_url(server.new_database(), own_home))
    else:
        other = Store(database_url(f"sqlite:///{tmp_path / 'other.sqlite'}", own_home))
    restore(other, ADMIN, backup(full), kept=tmp_path)
    assert all(other.entries(kind) == full.entries(kind) for kind in SAMPLES)
    assert (other.book().digest, other.book().withdrawn) == (full.book().digest, 1)
    assert other.history()[1:] == full.history()
    mine, theirs = _parts(backup(full)), _parts(backup(other))
    assert all(mine[name] == theirs[name] for name in mine if name not in _DIFFER)
    other.close()


_DIFFER = {"manifest.json", "change.jsonl"}  # the restoring itself is a line of the log


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_only_an_admin_restores(role: Role, full: Store, tmp_path: Path) -> None:
    before = full.revision()
    with pytest.raises(AccessError, match="admin"):
        restore(full, person(role=role), backup(full), kept=tmp_path)
    assert full.revision() == before and not list(tmp_path.glob("before-*"))


def _cut(parts: dict[str, bytes]) -> bytes:
    return _zip(parts)[:-200]


def _without(parts: dict[str, bytes]) -> bytes:
    return _zip({name: data for name, data in parts.items() if name != "note.jsonl"})


def _changed(parts: dict[str, bytes]) -> bytes:
    return _zip({**parts, "installed.jsonl": parts["installed.jsonl"].replace(b"512.3", b"999.9")})


def _other_file(_: dict[str, bytes]) -> bytes:
    return _zip({"a.txt": b"a"})


def _flipped(parts: dict[str, bytes]) -> bytes:
    data = bytearray(_zip(parts))
    data[len(data) // 3] ^= 0xFF
    return bytes(data)


@pytest.mark.parametrize("spoil", [_cut, _without, _changed, _other_file, _flipped])
def test_a_damaged_backup_is_refused(
    spoil: Callable[[dict[str, bytes]], bytes], full: Store, tmp_path: Path
) -> None:
    before, book = full.revision(), full.book()
    for data in (spoil(_parts(backup(full))), b"", b"words"):
        with pytest.raises(StoreError, match="nothing was changed"):
            restore(full, ADMIN, data, kept=tmp_path)
    assert (full.revision(), full.book()) == (before, book)


def _told_anew(parts: dict[str, bytes], table: str, change: Callable[[Any], Any]) -> bytes:
    """A backup whose checksums hold, with other rows in one table."""
    rows = change([json.loads(line) for line in parts[f"{table}.jsonl"].splitlines()])
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    manifest = json.loads(parts["manifest.json"])
    manifest["sha256"][table] = hashlib.sha256(text).hexdigest()
    told = {"manifest.json": json.dumps(manifest).encode(), f"{table}.jsonl": text}
    return _zip({**parts, **told})


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("own_project", "seq", 10**30),
        ("own_project", "seq", "x"),
        ("own_project", "revision", 1.5),
        ("own_project", "hidden", "yes"),
        ("own_project", "name", ["a"]),
        ("own_project", "name", None),
        ("own_project", "name", "a\0b"),
        ("own_project", "name", "\ud800"),
        ("own_project", "capacity_mw", "Infinity"),
        ("own_project", "capacity_mw", 5.5),
        ("own_project", "lon", 10**400),
        ("own_table_value", "of", "table-of-nobody"),
        ("own_area_shape", "shape", "a"),
    ],
)
def test_values_that_no_column_holds_are_refused_in_words(
    table: str, column: str, value: object, full: Store, tmp_path: Path
) -> None:
    parts, book = _parts(backup(full)), full.book()
    data = _told_anew(parts, table, lambda rows: [{**rows[0], column: value}, *rows[1:]])
    with pytest.raises(StoreError, match=rf"none of ours \({table}"):
        restore(full, ADMIN, data, kept=tmp_path)
    twice = _told_anew(parts, table, lambda rows: [*rows, rows[0]])
    with pytest.raises(StoreError, match=rf"none of ours \({table}"):
        restore(full, ADMIN, twice, kept=tmp_path)
    assert full.book() == book


@pytest.mark.parametrize("number", [float("inf"), 10**30, "5", True, None])
def test_a_number_of_the_last_batch_that_is_none(
    number: object, full: Store, tmp_path: Path
) -> None:
    parts = _parts(backup(full))
    manifest = {**json.loads(parts["manifest.json"]), "number": number}
    data = _zip({**parts, "manifest.json": json.dumps(manifest).encode()})
    with pytest.raises(StoreError, match=r"none of ours \(number"):
        restore(full, ADMIN, data, kept=tmp_path)


def test_a_newer_backup_is_refused(full: Store, tmp_path: Path) -> None:
    parts = _parts(backup(full))
    manifest = json.loads(parts["manifest.json"])
    assert manifest["schema"] == HEAD
    parts["manifest.json"] = json.dumps({**manifest, "schema": "0999"}).encode()
    with pytest.raises(StoreError, match=r"newer program \(0999"):
        restore(full, ADMIN, _zip(parts), kept=tmp_path)


def test_an_older_backup_is_taken_and_what_it_did_not_know_of_stays(
    full: Store, tmp_path: Path
) -> None:
    parts, kept = _parts(backup(full)), full.entries("raster")
    manifest = json.loads(parts["manifest.json"])
    del parts["own_raster.jsonl"], manifest["sha256"]["own_raster"]
    parts["manifest.json"] = json.dumps({**manifest, "schema": "0001"}).encode()
    keep(replace(SAMPLES["progress"], date="2024-07-01"), store=full)
    restore(full, ADMIN, _zip(parts), kept=tmp_path)
    assert len(full.entries("progress")) == 1 and full.entries("raster") == kept
    parts["manifest.json"] = json.dumps({**manifest, "schema": "0002"}).encode()
    with pytest.raises(StoreError, match="nothing was changed"):  # then it should be there
        restore(full, ADMIN, _zip(parts), kept=tmp_path)


def test_a_backup_that_no_longer_passes_changes_nothing(full: Store, tmp_path: Path) -> None:
    good, book = backup(full), full.book()
    with full.engine.begin() as connection:
        connection.execute(sa.text("UPDATE installed SET unit = 'kWh'"))
    bad = backup(full)
    restore(full, ADMIN, good, kept=tmp_path)  # out of a store with broken rows
    with pytest.raises(RecordsError, match="unit"):
        restore(full, ADMIN, bad, kept=tmp_path)
    assert full.book() == book
