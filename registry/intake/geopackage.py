"""A stranger's GeoPackage looked at before GDAL opens it: it is a database that can hold programs.

Views, virtual tables and columns that are computed run when they are read, without end if somebody
wants it. Only tables whose cells are stored are let through.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from registry.intake.limits import Limits, check_extent, damaged, refusal, shown

_STEPS = 20_000_000  # of SQLite's machine, while we look
_MOST_TABLES = 1_000
_COMPUTED = (2, 3)  # how table_xinfo marks such columns


def sound_layers(path: Path, limits: Limits) -> list[str]:
    """The tables of a GeoPackage that are layers; raises IntakeError before anything is run."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            steps = iter(range(_STEPS // 10_000))
            database.set_progress_handler(lambda: next(steps, None) is None, 10_000)
            return _looked_at(database, limits)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        raise damaged("GeoPackage") from None


def _looked_at(database: sqlite3.Connection, limits: Limits) -> list[str]:
    kinds = {
        str(name): (str(kind), str(sql or ""))
        for kind, name, sql in database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') LIMIT ?",
            (_MOST_TABLES + 1,),
        )
    }
    has_contents = "gpkg_contents" in {name.lower() for name in kinds}
    listed = _listed(database) if has_contents else 0
    if max(len(kinds), listed) > _MOST_TABLES:
        raise refusal(
            f"GeoPackage 里的表超过 {_MOST_TABLES} 张，请只导出所需图层",
            f"the GeoPackage holds more than {_MOST_TABLES} tables; export only the layer needed",
        )
    if not has_contents:
        raise refusal(
            "这是 SQLite 数据库，不是 GeoPackage，请在 GIS 里导出为 GeoPackage",
            "this is an SQLite database and no GeoPackage; export it as a GeoPackage from a GIS",
        )
    for name, (kind, sql) in kinds.items():
        if name.lower().startswith("gpkg_"):
            _check_stored(database, name, kind, sql)
    names = [
        str(name)
        for (name,) in database.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') "
            "LIMIT 100"
        )
        if name in kinds
    ]
    if not names:
        raise refusal("GeoPackage 里没有图层", "the GeoPackage holds no layer; check the file")
    for name in names:
        _check_stored(database, name, *kinds[name])
        _count(database, name, limits)
    return names


def _listed(database: sqlite3.Connection) -> int:
    """How many layers the list of contents names; more than are let through is enough to know."""
    query = "SELECT count(*) FROM (SELECT 1 FROM gpkg_contents LIMIT ?)"
    return int(database.execute(query, (_MOST_TABLES + 1,)).fetchone()[0])


def _check_stored(database: sqlite3.Connection, name: str, kind: str, sql: str) -> None:
    """Refuse what is computed when it is read."""
    is_virtual = kind == "table" and "virtual" in sql.lower().split("table")[0]
    columns = [] if kind == "view" or is_virtual else _columns(database, name)
    if kind == "view" or is_virtual or any(each[6] in _COMPUTED for each in columns):
        raise refusal(
            f"GeoPackage 的表“{shown(name)}”是视图或含计算列，请另存为普通图层",
            f"the table {shown(name)} of the GeoPackage is a view or has computed columns; save it "
            "as a plain layer",
        )


def _count(database: sqlite3.Connection, table: str, limits: Limits) -> None:
    (count,) = database.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
    check_extent(limits, rows=count, columns=len(_columns(database, table)))


def _columns(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return database.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()


def _quoted(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'
