"""Rasters of the user: taken in after a look, chosen, removed; nothing is left of a refused one."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geo.rasters.library import in_force, rasters
from geo.rasters.read import values_at
from geo.rasters.record import RasterRecord
from registry import own_rasters as module
from registry.own_rasters import Told, add_raster, choose_raster, remove_raster
from registry.raster_records import own_rasters, refuse_two_chosen
from store.engine import database_url
from store.store import Store
from terms.actor import NOBODY, Actor, Role, Way
from terms.errors import AccessError, ConflictError, RasterError, RecordsError, StoreError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import bumpy, geotiff
from tests.keeping import person
from tests.registry import kill_rasters
from tests.store.conftest import server as server
from tests.store.conftest import store as store
from tests.store.conftest import url as url

HEIGHT = Told("本单位高程", RasterKind.HEIGHT, "m", year="2023", source="测绘院", licence="内部")
SHANDONG = (114.5, 34.2, 123.0, 38.6)
EDITOR, ADMIN = person(), person("管", Role.ADMIN)
STALE = replace(EDITOR, since=EDITOR.since.replace(year=EDITOR.since.year - 1))
UNFIT = (NOBODY, person(role=Role.VIEWER), STALE)


@pytest.fixture
def folder(own_home: Path) -> Path:
    return own_home / "rasters"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return geotiff(tmp_path / "dem.tif", bumpy())


def add(
    store: Store, folder: Path, offered: bytes | str, told: Told = HEIGHT, **more: Any
) -> RasterRecord:
    return add_raster(store, more.pop("actor", ADMIN), folder, told, offered, **more)[0]


def known(store: Store, folder: Path) -> tuple[RasterRecord, ...]:
    return rasters(own_rasters(store.book(), folder).here)


def test_bytes_and_a_path_are_copied_in(store: Store, folder: Path, good: Path) -> None:
    one = add(store, folder, good.read_bytes(), name="dem.tif", over=SHANDONG, actor=EDITOR)
    assert one.id.startswith("height-") and one.path == str(folder / f"{one.id}.tif")
    assert known(store, folder)[-1] == one and one.crs == "EPSG:4326" and one.nodata == -9999
    good_bytes = good.read_bytes()
    with pytest.raises(RasterError, match="here already"):
        add(store, folder, str(good), over=SHANDONG)
    remove_raster(store, EDITOR, one.id)
    again = add(store, folder, str(good), over=SHANDONG)
    assert again == one and Path(one.path).read_bytes() == good_bytes and good.is_file()
    assert values_at(one, 116.005, 36.995)[0] == pytest.approx(bumpy()[0, 0])


def test_every_change_is_a_line_of_the_log(store: Store, folder: Path, good: Path) -> None:
    one, batch = add_raster(store, EDITOR, folder, HEIGHT, good.read_bytes(), why="新测的")
    choose_raster(store, person("李"), one.id, why="更细")
    remove_raster(store, EDITOR, one.id, why="测错了")
    add(store, folder, good.read_bytes(), replace(HEIGHT, title="又来"))
    lines = store.history("raster", one.id)[::-1]
    assert [(each.action, each.who, each.why) for each in lines] == [
        ("add", "王", "新测的"),
        ("edit", "李", "更细"),
        ("hide", "王", "测错了"),
        ("restore", "管", ""),
    ]
    added, chosen, hidden, back = lines
    assert added.batch == batch and added.before is None and added.after == chosen.before
    assert chosen.before and chosen.after and chosen.after["title"] == "本单位高程"
    assert (chosen.before["is_chosen"], chosen.after["is_chosen"]) == (False, True)
    assert (hidden.before, hidden.after) == (chosen.after, None)
    assert back.after and (back.after["title"], back.after["is_chosen"]) == ("又来", False)


def test_a_removal_is_undone_and_its_file_was_never_gone(
    store: Store, folder: Path, good: Path
) -> None:
    one = add(store, folder, good.read_bytes())
    choose_raster(store, EDITOR, one.id)
    batch = remove_raster(store, EDITOR, one.id)
    assert len(known(store, folder)) == 2 and Path(one.path).is_file()
    store.undo(EDITOR, batch, why="还要用", check=refuse_two_chosen)
    assert known(store, folder)[-1] == replace(one, is_chosen=True)
    first = store.history("raster", one.id)[-1].batch
    with pytest.raises(ConflictError, match="nothing was written"):
        store.undo(EDITOR, first, why="x", check=refuse_two_chosen)


def test_an_undo_never_leaves_two_in_one_place(store: Store, folder: Path, good: Path) -> None:
    one = add(store, folder, good.read_bytes())
    other = add(store, folder, geotiff(good, bumpy() + 1).read_bytes())
    choose_raster(store, EDITOR, one.id)
    batch = remove_raster(store, EDITOR, one.id)
    choose_raster(store, EDITOR, other.id)
    with pytest.raises(RecordsError, match="one of a kind only") as refused:
        store.undo(EDITOR, batch, why="x", check=refuse_two_chosen)
    assert other.id in str(refused.value) or one.id in str(refused.value)
    assert [each.record.id for each in store.entries("raster")] == [other.id]


def test_one_click_puts_it_in_the_place_of_the_shipped_one(
    store: Store, folder: Path, good: Path
) -> None:
    one = add(store, folder, good.read_bytes())
    other = add(store, folder, geotiff(good, bumpy() + 1).read_bytes())
    for id in (one.id, other.id):
        batch = choose_raster(store, EDITOR, id)
        found = in_force(known(store, folder), RasterKind.HEIGHT)
        assert found is not None and found.id == id
    assert sum(each.is_chosen for each in known(store, folder)) == 1
    store.undo(EDITOR, batch, why="x", check=refuse_two_chosen)  # both rows of the batch
    assert [each.id for each in known(store, folder) if each.is_chosen] == [one.id]
    choose_raster(store, EDITOR, one.id, chosen=False)
    shipped = in_force(known(store, folder), RasterKind.HEIGHT)
    assert shipped is not None and shipped.id == "height"
    assert choose_raster(store, EDITOR, one.id, chosen=False) == ""  # nothing to do, no line


@pytest.mark.parametrize("actor", UNFIT, ids=lambda each: f"{each.role} {each.way}")
def test_nobody_else_writes(store: Store, folder: Path, good: Path, actor: Actor) -> None:
    one = add(store, folder, good.read_bytes())
    other = geotiff(good, bumpy() + 1)
    files, size = sorted(folder.iterdir()), store.history_size()
    for change in (
        lambda: add(store, folder, other.read_bytes(), actor=actor),
        lambda: add(store, folder, str(other), actor=actor),
        lambda: choose_raster(store, actor, one.id),
        lambda: remove_raster(store, actor, one.id),
    ):
        with pytest.raises(AccessError, match="nothing was written"):
            change()
    assert (sorted(folder.iterdir()), store.history_size()) == (files, size)


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_who_may_name_a_path_or_an_address(
    store: Store,
    folder: Path,
    good: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: Way,
    role: Role,
) -> None:
    actor = person(role=role, way=way)
    may = way is not Way.NONE and (role is Role.ADMIN or way in (Way.LOOPBACK, Way.CONSOLE))
    if may:
        assert add(store, folder, str(good), actor=actor).title == HEIGHT.title
        with pytest.raises(RasterError, match="does not come"):
            add(store, folder, "http://127.0.0.1:9/a.tif", actor=actor)
        return
    looked: list[object] = []
    monkeypatch.setattr(module, "inspect", lambda *given, **more: looked.append(given))
    for place in (str(good), "/etc/passwd", "http://127.0.0.1:9/a.tif"):
        with pytest.raises(AccessError, match="nothing was written"):
            add(store, folder, place, actor=actor)
    assert not looked and not folder.exists() and not store.history_size()


def test_no_raster_of_that_id(store: Store, folder: Path, good: Path) -> None:
    one = add(store, folder, good.read_bytes())
    remove_raster(store, EDITOR, one.id)
    for id in (one.id, "height", "../records"):
        for change in (remove_raster, choose_raster):
            with pytest.raises(RasterError, match="there is no raster"):
                change(store, EDITOR, id)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Told(" ", RasterKind.HEIGHT, "m"), "title"),
        (Told("高程", RasterKind.HEIGHT, ""), "unit"),
        (Told("高" * 61, RasterKind.HEIGHT, "m"), "too long, at most 60"),
        (Told("高程", RasterKind.HEIGHT, "m", band=2), "no band 2"),
    ],
)
def test_what_is_told_is_checked(
    store: Store, folder: Path, good: Path, told: Told, says: str
) -> None:
    with pytest.raises(RasterError, match=says):
        add(store, folder, good.read_bytes(), told)
    assert len(known(store, folder)) == 2 and not list(folder.glob("*.tif"))


def test_a_refused_file_leaves_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RasterError, match=r"solar\.tif is no sound GeoTIFF"):
        add(store, folder, b"no raster at all", name="solar.tif")
    far = geotiff(tmp_path / "far.tif", np.ones((3, 3), np.float32))
    with pytest.raises(RasterError, match="off this map"):
        add(store, folder, str(far), over=(119, 35, 120, 36))
    for nowhere in (str(tmp_path / "gone.tif"), "/" + "x" * 5_000, "~nobody-here/a.tif", "a\0.tif"):
        with pytest.raises(RasterError, match="there is no file") as told:
            add(store, folder, nowhere)
        assert len(str(told.value)) < 600
    with pytest.raises(RasterError, match="does not come"):
        add(store, folder, "http://127.0.0.1:9/a.tif")
    assert list(folder.iterdir()) == [] and not store.history_size()


def test_a_record_that_cannot_be_written_leaves_no_file(
    store: Store, folder: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise StoreError("磁盘已满 · the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "apply", fail)
        with pytest.raises(StoreError, match="full"):
            add(store, folder, good.read_bytes())
    assert not list(folder.glob("*.tif"))
    with pytest.raises(RecordsError, match=r"U\+202E"):  # the store takes no turning signs
        add(store, folder, good.read_bytes(), replace(HEIGHT, title="高\u202e程"))
    assert not list(folder.glob("*.tif"))
    one = add(store, folder, good.read_bytes())
    remove_raster(store, EDITOR, one.id)
    with monkeypatch.context() as broken:
        broken.setattr(store, "apply", fail)
        with pytest.raises(StoreError, match="full"):
            add(store, folder, good.read_bytes())
    assert Path(one.path).is_file()  # which the hidden record still needs


def test_what_a_killed_process_left_is_swept(store: Store, folder: Path, good: Path) -> None:
    import os
    import time

    folder.mkdir(parents=True)
    old, new = folder / ".incoming-old.tif", folder / ".incoming-new.tif"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86400,) * 2)
    add(store, folder, good.read_bytes())
    assert not old.exists() and new.exists()


def test_another_machine_knows_the_record_and_says_that_the_file_is_not_there(
    store: Store, folder: Path, good: Path, tmp_path: Path
) -> None:
    one = add(store, folder, good.read_bytes())
    choose_raster(store, EDITOR, one.id)
    other = tmp_path / "other" / "rasters"
    found = own_rasters(store.book(), other)
    assert not found.here and [each.id for each in found.missing] == [one.id]
    assert add(store, other, good.read_bytes(), why="补文件").path == str(other / f"{one.id}.tif")
    assert own_rasters(store.book(), other).here[0].is_chosen
    assert store.history("raster")[0].why == "补文件"


def test_two_bands_of_one_file_are_two_rasters(store: Store, folder: Path, tmp_path: Path) -> None:
    data = geotiff(tmp_path / "a.tif", np.stack([bumpy()] * 2)).read_bytes()
    one, two = (add(store, folder, data, replace(HEIGHT, band=band)) for band in (1, 2))
    assert one.id != two.id and (one.band, two.band) == (1, 2)


@pytest.mark.parametrize("sign", ["\x00", "\n", "\u2028", "\ud800", "\uffff"])
def test_signs_that_break_files_are_refused_at_the_door(
    store: Store, folder: Path, good: Path, sign: str
) -> None:
    told = Told(f"高{sign}程", RasterKind.HEIGHT, "m", source="=1+1")
    with pytest.raises(RasterError, match=f"高 程.*{ord(sign):04X}"):
        add(store, folder, good.read_bytes(), told)
    assert not store.entries("raster") and not list(folder.glob("*.tif"))


def test_a_folder_that_cannot_be_written(store: Store, tmp_path: Path, good: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be kept"):
        add(store, blocked / "rasters", good.read_bytes())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_killed_process_leaves_whole_files_and_no_untold_change(
    url: str, folder: Path, good: Path
) -> None:
    chance = random.Random(6)
    for _ in range(6):
        kill_rasters.kill_once(url, folder, chance)
    store = Store(database_url(url, folder))
    assert store.history_size("raster") and kill_rasters.half_written(store, folder) == []
    one = add(store, folder, good.read_bytes())  # no lock is left over
    Path(one.path).write_bytes(b"half")
    assert [each.split(":")[0] for each in kill_rasters.half_written(store, folder)] == [one.id]
    store.close()
