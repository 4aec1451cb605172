"""The list of addresses follows from what is set up."""

from __future__ import annotations

from layers.basemaps import hosts
from layers.network import asked
from store.basemaps import Basemap
from tests.geo.rasters.builders import record

OSM = Basemap(id="o", name="街道", kind="osm", crs="wgs84")
TIANDITU = Basemap(id="t", name="天", kind="tianditu", crs="cgcs2000", token="secret")


def test_nothing_is_asked_by_default() -> None:
    assert asked((), "zh") == ()


def test_each_base_layer_stands_with_its_hosts_and_no_token() -> None:
    found = asked((OSM, TIANDITU), "zh")
    assert [each.addresses for each in found] == [hosts(OSM), hosts(TIANDITU)]
    assert {each.asker for each in found} == {"browser"}
    assert [each.crs for each in found] == ["wgs84", "cgcs2000"]
    assert "secret" not in repr(found)


def test_overridden_settings_of_the_library_are_told() -> None:
    found = asked((), "zh", gathers_usage=True, listens_anywhere=True)
    assert [(each.purpose, each.asker) for each in found] == [
        ("usage", "browser"),
        ("listen", "server"),
    ]
    assert all(each.addresses for each in found)


def test_a_raster_far_away_stands_with_its_host_alone() -> None:
    far = record("http://10.0.0.5:8080/a/b.tif?token=secret", title="远")
    (found,) = asked((), "zh", rasters=(far, record("/tmp/near.tif")))
    assert (found.asker, found.purpose, found.name) == ("server", "raster", "远")
    assert found.addresses == ("http://10.0.0.5:8080",) and "secret" not in repr(found)
