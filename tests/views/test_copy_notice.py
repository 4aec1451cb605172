"""A database out of reach: the pages go on with the last good copy and say of when it is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from store.store import forget_stores, open_store
from terms.records import InstalledFigure
from tests.keeping import keep
from tests.views.test_pages import open_app, shown
from views import cache, cache_store

PV = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal(777), "万千瓦", "月报")


@pytest.fixture
def broken(own_home: Path) -> Path:
    """A home whose database was read once and is damaged now."""
    keep(PV)
    assert cache.held().why == ""
    file = open_store().file
    assert file is not None
    forget_stores()
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    file.write_bytes(b"no database" * 500)
    cache_store._reader.cache_clear()  # as in a process that starts now
    return file


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_copy_is_shown_with_its_time_and_the_remedy(language: str, broken: Path) -> None:
    app = open_app(lang=language, plan="jining")
    app.switch_page("views/pages/targets.py").run()
    assert not app.exception
    said = shown(app)
    assert "777" in said and "cli.py restore" in said
    assert ("的副本，暂时不能录入" if language == "zh" else "are a copy of 20") in said
    assert broken.read_bytes() == b"no database" * 500


def test_without_a_copy_the_plans_are_shown_alone(broken: Path, own_home: Path) -> None:
    (own_home / "last-good.json").unlink()
    said = shown(open_app())
    assert "也没有副本" in said and "cli.py restore" in said
    assert cache.registry().installed == ()


def test_in_public_mode_nothing_of_it_is_told(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    app = open_app()
    assert not app.exception
    assert "cli.py" not in shown(app)
