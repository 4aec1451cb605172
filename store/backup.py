"""The whole store as one file, the same from either database, and back from it, all or none.

A zip of JSON lines, a file a table, beside a manifest with the shape's number and the checksum of
each. Tries to sign in stay out of it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from store import records, tables
from store.access import require
from store.engine import reading, writing
from store.safe_file import put_bytes
from store.store import Check, Store
from store.write import now
from terms.actor import Actor, Role
from terms.errors import StoreError
from terms.os_reasons import os_reason

FORMAT = "fengtu-backup"
MAX_BYTES = 2_000_000_000  # of all tables unpacked
_MANIFEST = "manifest.json"
_OUT = frozenset({"attempt", "state"})
_TABLES = [each for each in tables.metadata.sorted_tables if each.name not in _OUT]
_ALL = {each.name for each in _TABLES}
_EXACT = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")  # what no database takes
_Rows = dict[str, list[dict[str, Any]]]


def backup(store: Store) -> bytes:
    """The store at one moment, as a zip; raises StoreError."""
    with reading(store.engine, store.name) as connection:
        lines = {each.name: _dump(connection, each) for each in _TABLES}
        number = connection.scalar(sa.select(tables.state.c.number))
    manifest = {
        "format": FORMAT,
        "schema": tables.HEAD,
        "at": now(),
        "number": number,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in lines.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, data in lines.items():
            archive.writestr(f"{name}.jsonl", data)
    return out.getvalue()


def restore(
    store: Store, actor: Actor, data: bytes, *, kept: Path, check: Check | None = None
) -> Path:
    """Put a backup in the place of all that the store holds, and return where that was kept.

    Raises AccessError, RecordsError for rows that no longer pass, StoreError for a damaged or newer
    file: then nothing was changed.
    """
    require(actor, Role.ADMIN)
    number, rows = _read(data)
    before = kept / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip"
    write_backup(before, backup(store))
    with writing(store.engine, store.name) as connection:
        mine = connection.scalar(sa.select(tables.state.c.number)) or 0
        records.clear(connection, _OUT | _ALL - rows.keys())  # an older backup knows of fewer
        for table in _TABLES:
            if rows.get(table.name):
                _fill(connection, table, rows[table.name])
        _note(connection, actor, max(mine, number) + 1)
        book = records.read_book(connection, store.name)
        if check is not None:
            check(book)
    return before


def _fill(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    try:
        connection.execute(sa.insert(table), rows)
    except sa.exc.IntegrityError as error:  # one id twice, a part of nothing
        raise _damaged(table.name) from error


def write_backup(path: Path, data: bytes) -> None:
    """A file that stands whole or not at all; raises StoreError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_bytes(path, data)
    except OSError as error:
        raise StoreError(
            f"不能写入 {path}（{os_reason(error, 'zh')}）；请检查权限和磁盘空间 · "
            f"cannot write {path} ({os_reason(error, 'en')}); check permissions and disk space"
        ) from error


def read_backup(path: Path) -> bytes:
    """A file as it stands; raises StoreError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"不能读取 {path}（{os_reason(error, 'zh')}） · "
            f"cannot read {path} ({os_reason(error, 'en')})"
        ) from error


def _dump(connection: sa.Connection, table: sa.Table) -> bytes:
    query = sa.select(table).order_by(*table.primary_key.columns)
    out = io.StringIO()
    for row in connection.execute(query).mappings():
        plain = {key: _plain(value) for key, value in row.items()}
        out.write(json.dumps(plain, ensure_ascii=False) + "\n")
    return out.getvalue().encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _read(data: bytes) -> tuple[int, _Rows]:
    """The number of the last batch, and the rows of every table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            _refuse_other(manifest)
            if sum(each.file_size for each in archive.infolist()) > MAX_BYTES:
                raise _damaged("size")
            older = {name for name, since in tables.SINCE.items() if since > manifest["schema"]}
            texts = {name: archive.read(f"{name}.jsonl") for name in _ALL - older}
        for name, text in texts.items():
            if hashlib.sha256(text).hexdigest() != manifest["sha256"][name]:
                raise _damaged(name)
        if not _fits(tables.state.c.number, manifest["number"]):
            raise _damaged("number")
        return manifest["number"], {name: _rows(name, text) for name, text in texts.items()}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError) as error:
        raise _damaged(type(error).__name__) from error
    except (NotImplementedError, RuntimeError, zipfile.LargeZipFile) as error:
        raise _damaged(type(error).__name__) from error


def _refuse_other(manifest: Mapping[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise _damaged("format")
    if manifest["schema"] > tables.HEAD:  # an older one lacks tables, and what it has is the same
        found = str(manifest["schema"])[:20]
        raise StoreError(
            f"备份由更新的程序写成（{found}，本程序为 {tables.HEAD}），没有改动什么；请更新程序 · "
            f"the backup was written by a newer program ({found}, this one knows {tables.HEAD}); "
            "nothing was changed. Update the program"
        )


def _rows(name: str, text: bytes) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in text.decode("utf-8", "surrogatepass").splitlines()]
    columns = tables.metadata.tables[name].columns
    if any(set(row) != set(columns.keys()) for row in lines):
        raise ValueError(name)
    found = [{key: _value(each) for key, each in row.items()} for row in lines]
    for row in found:
        if wrong := [key for key, each in row.items() if not _fits(columns[key], each)]:
            raise _damaged(f"{name}.{wrong[0]}")
    return found


def _value(plain: Any) -> Any:
    return bytes.fromhex(plain["hex"]) if isinstance(plain, dict) else plain


def _fits(column: sa.Column[Any], value: Any) -> bool:
    """Can a column of either database hold a value? What it means is judged afterwards."""
    if value is None:
        return bool(column.nullable)
    match column.type:
        case sa.Boolean():
            return isinstance(value, bool)
        case sa.Integer():
            return type(value) is int and abs(value) < 2**31
        case sa.Double():
            return isinstance(value, float) or (type(value) is int and abs(value) < 2**53)
        case sa.LargeBinary():
            return isinstance(value, bytes)
        case tables.Exact():
            return isinstance(value, str) and _EXACT.fullmatch(value) is not None
    return isinstance(value, str) and _NO_TEXT.search(value) is None


def _note(connection: sa.Connection, actor: Actor, number: int) -> None:
    """The restoring is a line of the log itself."""
    connection.execute(sa.update(tables.state).values(number=number))
    line = {
        "id": records.last_number(connection, tables.change.c.id) + 1,
        "batch": number,
        "at": now(),
        "who": actor.name,
        "role": actor.role.value,
        "way": actor.way.value,
        "action": "load",
        "kind": "store",
        "record_id": "",
        "revision": 0,
        "before": None,
        "after": None,
        "why": "从备份恢复 · restored from a backup",
    }
    connection.execute(sa.insert(tables.change).values(**line))


def _damaged(what: str) -> StoreError:
    return StoreError(
        f"备份文件已损坏或不是本程序的备份（{what}），没有改动任何内容；请换一份 · "
        f"the backup is damaged or none of ours ({what}); nothing was changed. Take another"
    )
