"""Bring a database to the shape that this program knows; two programs at once are safe."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import sqlalchemy as sa

from store.engine import reading, telling
from store.safe_file import locked
from store.tables import HEAD
from terms.errors import StoreError

_VERSION = sa.table("alembic_version", sa.column("version_num"))
_ANY_KEY = 0x46454E47  # of the advisory lock: any number, the same in every version
_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: sa.Engine, name: str) -> None:
    """Make or mend the tables; raises StoreError, also for a database newer than the program."""
    if _version(engine, name) == HEAD:
        return
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    with locked(Path(file)) if file else nullcontext():
        found = _version(engine, name)  # somebody may have been faster
        if found == HEAD:
            return
        if found not in _known():
            raise StoreError(
                f"{name} 由更新的程序建立（{found}，本程序为 {HEAD}），没有改动它；请更新程序 · "
                f"{name} was made by a newer program ({found}, this one knows {HEAD}) and was left "
                "as it is; update the program"
            )
        _upgrade(engine, name)


def _version(engine: sa.Engine, name: str) -> str:
    """The step that a database has reached; empty for a new one."""
    with reading(engine, name) as connection:
        if not sa.inspect(connection).has_table(_VERSION.name):
            return ""
        return str(connection.scalar(sa.select(_VERSION.c.version_num)) or "")


def _known() -> set[str]:
    """The steps that this program has, and none at all."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return {"", *(each.revision for each in ScriptDirectory.from_config(config).walk_revisions())}


def _upgrade(engine: sa.Engine, name: str) -> None:
    """All steps in one transaction."""
    from alembic import command  # late: alembic is needed only when there is something to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with telling(name), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA journal_mode = WAL")
        connection = connection.execution_options(fengtu_write=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ANY_KEY)))
                _need_postgis(connection, name)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _need_postgis(connection: sa.Connection, name: str) -> None:
    """Make the extension where this user may; else tell who can."""
    extensions = sa.select(sa.column("extname", sa.Text)).select_from(sa.table("pg_extension"))
    if "postgis" in connection.scalars(extensions).all():
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION postgis")
    except sa.exc.DBAPIError as error:
        raise StoreError(
            f"{name} 里没有 PostGIS，没有改动它；请管理员在该库执行 CREATE EXTENSION postgis · "
            f"{name} lacks PostGIS and was left as it is; ask its administrator to run "
            "CREATE EXTENSION postgis in it"
        ) from error
