"""Rasters of the user: taken in after a look, chosen, removed; nothing is left of a refused one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from geo.rasters.library import in_force, rasters
from geo.rasters.read import values_at
from registry.own_rasters import Told, add_raster, choose_raster, remove_raster
from store.rasters import stamp_of
from terms.actor import NOBODY, Actor, Role
from terms.errors import AccessError, RasterError, StoreError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import bumpy, geotiff
from tests.keeping import person

HEIGHT = Told("本单位高程", RasterKind.HEIGHT, "m", year="2023", source="测绘院", licence="内部")
SHANDONG = (114.5, 34.2, 123.0, 38.6)


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "rasters"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return geotiff(tmp_path / "dem.tif", bumpy())


def test_bytes_and_a_path_are_copied_in(folder: Path, good: Path) -> None:
    one = add_raster(person(), folder, HEIGHT, good.read_bytes(), name="dem.tif", over=SHANDONG)
    assert one.id.startswith("height-") and one.path == str(folder / f"{one.id}.tif")
    assert rasters(folder)[-1] == one and one.crs == "EPSG:4326" and one.nodata == -9999
    good_bytes = good.read_bytes()
    with pytest.raises(RasterError, match="here already"):
        add_raster(person(), folder, HEIGHT, str(good), over=SHANDONG)
    remove_raster(person(), folder, one.id)
    again = add_raster(person(), folder, HEIGHT, str(good), over=SHANDONG)
    assert again == one and Path(one.path).read_bytes() == good_bytes and good.is_file()
    assert values_at(one, 116.005, 36.995)[0] == pytest.approx(bumpy()[0, 0])


def test_one_click_puts_it_in_the_place_of_the_shipped_one(folder: Path, good: Path) -> None:
    one = add_raster(person(), folder, HEIGHT, good.read_bytes())
    other = add_raster(person(), folder, HEIGHT, geotiff(good, bumpy() + 1).read_bytes())
    before = stamp_of(folder)
    for id in (one.id, other.id):
        choose_raster(person(), folder, id)
        found = in_force(rasters(folder), RasterKind.HEIGHT)
        assert found is not None and found.id == id
    assert sum(each.is_chosen for each in rasters(folder)) == 1 and stamp_of(folder) != before
    choose_raster(person(), folder, other.id, chosen=False)
    shipped = in_force(rasters(folder), RasterKind.HEIGHT)
    assert shipped is not None and shipped.id == "height"


def test_removed_without_a_trace(folder: Path, good: Path) -> None:
    one = add_raster(person(), folder, HEIGHT, good.read_bytes())
    choose_raster(person(), folder, one.id)
    remove_raster(person(), folder, one.id)
    assert [path.name for path in folder.iterdir()] == ["rasters.lock"] and len(
        rasters(folder)
    ) == 2
    for id in (one.id, "height", "../records"):
        with pytest.raises(RasterError, match="there is no raster"):
            remove_raster(person(), folder, id)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Told(" ", RasterKind.HEIGHT, "m"), "title"),
        (Told("高程", RasterKind.HEIGHT, ""), "unit"),
        (Told("高" * 61, RasterKind.HEIGHT, "m"), "too long, at most 60"),
        (Told("高程", RasterKind.HEIGHT, "m", band=2), "no band 2"),
    ],
)
def test_what_is_told_is_checked(folder: Path, good: Path, told: Told, says: str) -> None:
    with pytest.raises(RasterError, match=says):
        add_raster(person(), folder, told, good.read_bytes())
    assert len(rasters(folder)) == 2


def test_a_refused_file_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RasterError, match=r"solar\.tif is no sound GeoTIFF"):
        add_raster(person(), folder, HEIGHT, b"no raster at all", name="solar.tif")
    far = geotiff(tmp_path / "far.tif", np.ones((3, 3), np.float32))
    with pytest.raises(RasterError, match="off this map"):
        add_raster(person(), folder, HEIGHT, str(far), over=(119, 35, 120, 36))
    with pytest.raises(RasterError, match="there is no file"):
        add_raster(person(), folder, HEIGHT, str(tmp_path / "gone.tif"))
    with pytest.raises(RasterError, match="does not come"):
        add_raster(person(), folder, HEIGHT, "http://127.0.0.1:9/a.tif")
    assert list(folder.iterdir()) == []


def test_two_bands_of_one_file_are_two_rasters(folder: Path, tmp_path: Path) -> None:
    data = geotiff(tmp_path / "a.tif", np.stack([bumpy()] * 2)).read_bytes()
    one, two = (add_raster(person(), folder, replace(HEIGHT, band=band), data) for band in (1, 2))
    assert one.id != two.id and (one.band, two.band) == (1, 2)


@pytest.mark.parametrize("sign", ["\x00", "\n", "\u2028", "\ud800", "\uffff"])
def test_signs_that_break_files_are_refused_at_the_door(
    folder: Path, good: Path, sign: str
) -> None:
    told = Told(f"高{sign}程", RasterKind.HEIGHT, "m", source="=1+1")
    with pytest.raises(RasterError, match=f"高 程.*{ord(sign):04X}"):
        add_raster(person(), folder, told, good.read_bytes())
    assert not list(folder.glob("*.json"))


def test_a_folder_that_cannot_be_written(tmp_path: Path, good: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be kept"):
        add_raster(person(), blocked / "rasters", HEIGHT, good.read_bytes())


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        person(role=Role.VIEWER),
        replace(person(), since=datetime.now(UTC) - timedelta(hours=13)),
    ],
)
def test_whoever_may_not_changes_no_raster(tmp_path: Path, actor: Actor) -> None:
    folder = tmp_path / "rasters"
    data = geotiff(tmp_path / "a.tif", bumpy()).read_bytes()
    one = add_raster(person(), folder, HEIGHT, data)
    before = sorted((each.name, each.read_bytes()) for each in folder.glob("*.*"))
    for change in (
        lambda: add_raster(actor, folder, replace(HEIGHT, title="乙"), data + b"\0"),
        lambda: choose_raster(actor, folder, one.id),
        lambda: remove_raster(actor, folder, one.id),
    ):
        with pytest.raises(AccessError):
            change()
    assert sorted((each.name, each.read_bytes()) for each in folder.glob("*.*")) == before
