"""A database of an earlier version is brought to this one's shape, and keeps what it holds."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from store.engine import database_url, make_engine
from store.store import Store
from store.tables import HEAD
from tests.keeping import keep
from tests.store.samples import SAMPLES


def test_a_database_without_rasters_gets_their_table(url: str, own_home: Path) -> None:
    address = database_url(url, own_home)
    first = Store(address)
    keep(*(each for kind, each in SAMPLES.items() if kind != "raster"), store=first)
    book, history = first.book(), first.history()
    first.close()
    engine = make_engine(address)
    with engine.connect().execution_options(fengtu_write=True) as connection, connection.begin():
        connection.execute(sa.text("DROP TABLE own_raster"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    store = Store(address)
    assert (store.book(), store.history()) == (book, history)
    keep(SAMPLES["raster"], store=store)
    assert store.book().rasters == (SAMPLES["raster"],)
    with store.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == HEAD
    store.close()
