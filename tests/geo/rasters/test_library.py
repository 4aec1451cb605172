"""Which rasters there are: shipped, then own; and which one is in force."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.rasters.library import find, in_force, rasters
from terms.errors import RasterError
from terms.kinds import RasterKind
from tests.geo.rasters.builders import record


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


def test_own_rasters_come_after_the_shipped_ones() -> None:
    own = (record("a.tif", id="a-own"), record("https://example.org/solar.tif", id="b-far"))
    assert [each.id for each in rasters(own)] == ["height", "irradiation", "a-own", "b-far"]


def test_the_chosen_own_one_takes_the_shipped_ones_place() -> None:
    own = record("x.tif", id="mine")
    shipped = in_force(rasters([own]), RasterKind.HEIGHT)
    assert shipped is not None and shipped.id == "height"
    chosen = in_force(rasters([replace(own, is_chosen=True)]), RasterKind.HEIGHT)
    assert chosen is not None and chosen.id == "mine"
    assert in_force(rasters([own]), RasterKind.DEPTH) is None


def test_an_unknown_id_lists_those_there_are() -> None:
    with pytest.raises(RasterError, match="there is no raster wind; there are height, irradiation"):
        find(rasters(), "wind")
    assert find(rasters(), "height").id == "height"
