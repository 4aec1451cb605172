"""The files that the browser fetches: named by content, whole or absent, honest about exactness."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from layers.browser_files import look_of, projects_table, write_browser_files
from registry.registry import Registry
from terms.errors import SetupError
from terms.kinds import GeometryRole


def test_files_are_named_by_their_content(registry: Registry, tmp_path: Path) -> None:
    first = write_browser_files(registry, tmp_path)
    assert write_browser_files(registry, tmp_path) == first
    fewer = replace(registry, projects=registry.projects[:-1])
    second = write_browser_files(fewer, tmp_path)
    assert second.districts == first.districts and second.projects != first.projects
    assert "-" in first.projects and "_" not in first.projects


def test_only_an_exact_point_gets_the_filled_pin(registry: Registry) -> None:
    sites = {row.id for row in registry.projects if row.geometry_role is GeometryRole.SITE}
    looks = {row["id"]: row["look"] for row in projects_table(registry)["projects"]}
    assert {row for row, look in looks.items() if look == "approximate"} == registry.approximate
    assert {row for row, look in looks.items() if look == "site"} == sites - registry.approximate
    assert registry.approximate < sites
    doubtful = replace(registry, approximate=frozenset(sites))
    assert {look_of(doubtful, registry.by_id[site]) for site in sites} == {"approximate"}


def test_a_full_disk_is_told_with_place_and_remedy(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(SetupError, match=r"districts-.*no space left.*FENGTU_HOME"):
        write_browser_files(registry, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match=r"file.*FENGTU_HOME"):
        write_browser_files(registry, tmp_path / "file" / "browser")


def test_a_file_that_another_process_wrote_first_will_do(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(draft: Path, target: Path) -> None:
        target.write_bytes(draft.read_bytes())
        raise PermissionError(13, "held by the server")

    monkeypatch.setattr(Path, "replace", held)
    files = write_browser_files(registry, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {files.districts, files.projects}


def _old_files(folder: Path, count: int) -> None:
    """Files of former registries and one that a process left half written."""
    for number in range(count):
        path = folder / f"projects-{number:08d}.json"
        path.touch()
        os.utime(path, (number, number))
    left = folder / "projects-99999999.1.part"
    left.touch()
    os.utime(left, (0, 0))
    (folder / "projects-99999999.2.part").touch()


def test_old_and_abandoned_files_are_pruned(registry: Registry, tmp_path: Path) -> None:
    _old_files(tmp_path, 20)
    files = write_browser_files(registry, tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    kept = {f"projects-{number:08d}.json" for number in range(8, 20)}
    assert names == kept | {files.districts, files.projects, "projects-99999999.2.part"}


def test_a_file_that_windows_holds_is_left(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "held by the server")

    _old_files(tmp_path, 14)
    monkeypatch.setattr(Path, "unlink", held)
    before = time.time()
    files = write_browser_files(registry, tmp_path)
    assert (tmp_path / files.projects).stat().st_mtime >= before - 1
