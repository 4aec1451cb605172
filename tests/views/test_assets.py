"""Where the user's files stand, and that public mode never serves what internal mode wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.registry import Registry
from store.home import home
from terms.errors import SetupError
from views import cache
from views.assets import browser_folder


def test_a_tilde_in_the_home_expands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.setenv("FENGTU_HOME", "~/fengtu")
    assert home() == tmp_path / "fengtu"


def test_internal_files_are_not_in_the_folder_served_in_public(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    internal = cache.browser_files()
    inside = browser_folder()
    assert (inside / internal.projects).is_file()
    monkeypatch.setenv("FENGTU_MODE", " Public ")
    public = cache.browser_files()
    served = browser_folder()
    assert inside not in (served, *served.parents)
    assert served not in inside.parents
    assert {path.name for path in served.rglob("*")} == {public.districts, public.projects}
    rows = json.loads((served / public.projects).read_text(encoding="utf-8"))["projects"]
    points = {tuple(point) for row in rows for point in row["points"]}
    sited = [row for row in registry.projects if row.lon is not None]
    assert sited and not any((row.lon, row.lat) in points for row in sited)


def test_a_mode_that_is_not_known_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "publik")
    for read in (cache.key, browser_folder):
        with pytest.raises(SetupError, match="publik"):
            read()


def test_records_are_not_in_the_registry_of_public_mode(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "records.yaml").write_text(
        "installed:\n"
        '- {plan: jining, metric: pv, date: "2024-12-31", value: 5, unit: MW, source: 内报}\n',
        encoding="utf-8",
    )
    assert len(cache.registry().installed) == 1
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert not cache.registry().installed and not cache.registry().progress
