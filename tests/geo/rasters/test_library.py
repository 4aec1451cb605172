"""Which rasters there are: shipped and own, and what happens to a record that is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geo.rasters.library import find, in_force, rasters, read_library
from geo.rasters.record import RasterRecord, record_json
from terms.errors import RasterError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import bumpy, geotiff, record


def put(folder: Path, one: RasterRecord) -> Path:
    folder.mkdir(exist_ok=True)
    if not one.is_remote:
        geotiff(folder / f"{one.id}.tif", bumpy())
        one = replace(one, path=str(folder / f"{one.id}.tif"))
    file = folder / f"{one.id}.json"
    file.write_text(record_json(one), encoding="utf-8")
    return file


def test_two_ship_with_everything_said() -> None:
    shipped = rasters()
    assert [(each.id, each.kind) for each in shipped] == [
        ("height", RasterKind.HEIGHT),
        ("irradiation", RasterKind.IRRADIATION),
    ]
    for each in shipped:
        assert not each.is_own and Path(each.path).is_file() and len(each.digest) == 64
        for name in ("title", "title_en", "unit", "source", "licence", "caveat", "caveat_en"):
            assert getattr(each, name), (each.id, name)


def test_own_rasters_come_after_and_survive_the_file(tmp_path: Path) -> None:
    put(tmp_path, record("x.tif", id="a-own", band=2, digest="d", is_chosen=True))
    put(tmp_path, record("https://example.org/solar.tif", id="b-far", nodata=None))
    found = rasters(tmp_path)
    assert [each.id for each in found] == ["height", "irradiation", "a-own", "b-far"]
    assert found[2] == record(
        tmp_path / "a-own.tif", id="a-own", band=2, digest="d", is_chosen=True
    )
    assert found[3].is_remote and found[3].nodata is None and found[3].is_own


def test_the_chosen_own_one_takes_the_shipped_ones_place(tmp_path: Path) -> None:
    put(tmp_path, record("x.tif", id="mine"))
    shipped = in_force(rasters(tmp_path), RasterKind.HEIGHT)
    assert shipped is not None and shipped.id == "height"
    put(tmp_path, record("x.tif", id="mine", is_chosen=True))
    own = in_force(rasters(tmp_path), RasterKind.HEIGHT)
    assert own is not None and own.id == "mine"
    assert in_force(rasters(tmp_path), RasterKind.DEPTH) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "sunshine"}, "kind: sunshine"),
        ({"file": "../height.tif"}, "file: ../height.tif"),
        ({"file": "gone.tif"}, "gone"),
        ({"title": ""}, "title: nothing"),
        ({"unit": 3}, "unit: no text"),
        ({"band": "1"}, "band: 1"),
        ({"band": -1}, "band: -1"),
        ({"kind": ["height"]}, "kind: ['height']"),
        ({"id": "height"}, "taken"),
    ],
)
def test_a_broken_record_is_left_out_and_told(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    put(tmp_path, record("x.tif", id="good"))
    file = put(tmp_path, record("x.tif", id="worse"))
    raw = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**raw, **change}), encoding="utf-8")
    found, faults = read_library(tmp_path)
    assert [each.id for each in found] == ["height", "irradiation", "good"]
    (fault,) = faults
    assert says in fault and "worse.json" in fault and " · " in fault


def test_no_json_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    (tmp_path / "c.json").write_bytes(b"\xff\xfe")
    assert len(read_library(tmp_path)[1]) == 3 and np.size(rasters(tmp_path / "none")) == 2


def test_an_unknown_id_lists_those_there_are() -> None:
    with pytest.raises(RasterError, match="there is no raster wind; there are height, irradiation"):
        find(rasters(), "wind")
    assert find(rasters(), "height").id == "height"
