"""Rasters that an earlier version kept in records beside the files: taken in, once, or told of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geo.rasters.record import RasterRecord
from registry.raster_records import own_rasters, take_over_rasters, untaken
from store.store import Store
from terms.errors import StoreError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import bumpy, geotiff, record, record_json
from tests.keeping import entry, withdraw
from tests.store.conftest import server as server
from tests.store.conftest import store as store
from tests.store.conftest import url as url

ONE = "height-0000000a"


@pytest.fixture
def folder(own_home: Path) -> Path:
    found = own_home / "rasters"
    found.mkdir(parents=True)
    return found


def put(folder: Path, one: RasterRecord) -> Path:
    """A raster as an earlier version kept it; the record's file."""
    if not one.is_remote:
        one = replace(one, path=str(geotiff(folder / f"{one.id}.tif", bumpy())))
    file = folder / f"{one.id}.json"
    file.write_text(record_json(one), encoding="utf-8")
    return file


def test_taken_in_whole_and_once(store: Store, folder: Path) -> None:
    long = record("x", id=ONE, band=2, digest="d", is_chosen=True, crs="PROJCS[" + "x" * 2000)
    far = record("https://example.org/solar.tif", id="height-0000000b", nodata=float("nan"))
    files = put(folder, long), put(folder, far)
    take_over_rasters(store, folder)
    here = own_rasters(store.book(), folder).here
    assert here == (replace(long, path=str(folder / f"{ONE}.tif")), replace(far, nodata=None))
    assert not any(file.exists() for file in files) and untaken(folder) == ()
    lines = store.history("raster")
    assert {(each.who, each.action) for each in lines} == {("rasters", "import")}
    put(folder, replace(long, title="again"))  # as after a crash before it got its new name
    take_over_rasters(store, folder)
    assert store.history("raster") == lines and not list(folder.glob("*.json"))


def test_a_removed_one_does_not_come_back(store: Store, folder: Path) -> None:
    put(folder, record("x", id=ONE))
    take_over_rasters(store, folder)
    (held,) = store.book().rasters
    withdraw("raster", held, store)
    put(folder, record("x", id=ONE))
    take_over_rasters(store, folder)
    assert store.book().rasters == () and len(store.history("raster")) == 2


def test_of_two_chosen_ones_the_first_stays_so(store: Store, folder: Path) -> None:
    for id in (ONE, "height-0000000b"):
        put(folder, record("x", id=id, is_chosen=True))
    take_over_rasters(store, folder)
    assert [each.is_chosen for each in store.book().rasters] == [True, False]


def test_a_copy_of_a_record_is_taken_once(store: Store, folder: Path) -> None:
    file = put(folder, record("x", id=ONE))
    file.with_name("副本.json").write_bytes(file.read_bytes())
    take_over_rasters(store, folder)
    assert [each.id for each in store.book().rasters] == [ONE]
    assert not list(folder.glob("*.json")) and not untaken(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "sunshine"}, "kind: sunshine"),
        ({"file": "../height.tif"}, "file: ../height.tif"),
        ({"file": "gone.tif"}, "gone"),
        ({"file": "other.tif"}, "should be called"),
        ({"title": ""}, "title: nothing"),
        ({"title": "高\u202e程"}, "title"),
        ({"unit": 3}, "unit: no text"),
        ({"band": "1"}, "band: 1"),
        ({"band": -1}, "band: -1"),
        ({"nodata": 10**400}, "nodata: 1000"),
        ({"kind": ["height"]}, "kind: ['height']"),
        ({"kind": "slope"}, "begins with slope"),
        ({"id": "height"}, "height.tif"),
    ],
)
def test_a_broken_record_is_left_and_told(
    store: Store, folder: Path, change: dict[str, object], says: str
) -> None:
    put(folder, record("x", id=ONE))
    file = put(folder, record("x", id="height-0000000b"))
    (folder / "other.tif").write_bytes(b"")
    raw = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**raw, **change}), encoding="utf-8")
    for _ in range(2):
        take_over_rasters(store, folder)
        (told,) = untaken(folder)
        assert says in told and file.name in told and " · " in told
        assert [each.id for each in store.book().rasters] == [ONE] and file.is_file()


def test_no_json_at_all(store: Store, folder: Path) -> None:
    (folder / "a.json").write_text("{", encoding="utf-8")
    (folder / "b.json").write_text("[]", encoding="utf-8")
    (folder / "c.json").write_bytes(b"\xff\xfe")
    take_over_rasters(store, folder)
    assert len(untaken(folder)) == 3 and not store.history_size()
    assert untaken(folder / "none") == ()


def test_a_failing_store_leaves_the_files_for_the_next_time(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(folder, record("x", id=ONE))

    def fail(*_: object, **__: object) -> str:
        raise StoreError("磁盘已满 · the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "apply", fail)
        with pytest.raises(StoreError):
            take_over_rasters(store, folder)
    assert file.is_file()
    take_over_rasters(store, folder)
    (held,) = store.book().rasters
    assert held.kind is RasterKind.HEIGHT and entry("raster", held, store).id == ONE
