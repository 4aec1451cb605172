"""A base layer as the browser gets it, and the addresses that it asks."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from layers.basemaps import attribution, base_layer, hosts, with_base
from layers.paint import paint_state
from registry.registry import Registry
from store.basemaps import Basemap
from terms.selection import Selection

TOKEN = "a&b/c"
TIANDITU = Basemap(id="t", name="天", kind="tianditu", crs="cgcs2000", token=TOKEN)


def own(**fields: object) -> Basemap:
    common = {"id": "o", "name": "甲", "crs": "wgs84", "attribution": "乙"}
    return Basemap.model_validate({**common, **fields})


def test_tianditu_asks_its_map_and_its_names_in_web_mercator() -> None:
    layers = base_layer(TIANDITU, "zh")["layers"]
    assert [urlsplit(each["url"]).path for each in layers] == ["/vec_w/wmts", "/cva_w/wmts"]
    for each in layers:
        query = parse_qs(urlsplit(each["url"]).query)
        assert query["TILEMATRIXSET"] == ["w"] and query["tk"] == [TOKEN]
        assert (query["TILEMATRIX"], query["TILEROW"], query["TILECOL"]) == (
            ["{z}"],
            ["{y}"],
            ["{x}"],
        )
    assert hosts(TIANDITU) == tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8))
    imagery = TIANDITU.model_copy(update={"style": "imagery"})
    assert ["img_w" in each["url"] for each in base_layer(imagery, "zh")["layers"]] == [True, False]


def test_an_own_template_keeps_its_slots_and_gets_the_token() -> None:
    base = own(kind="xyz", url="http://{s}.a:81/{z}/{x}/{-y}?k={token}", token=TOKEN, tms="true")
    (layer,) = base_layer(base, "zh")["layers"]
    assert layer["url"] == "http://{s}.a:81/{z}/{x}/{-y}?k=a%26b%2Fc"
    assert layer["options"]["tms"] is True
    assert hosts(base) == ("http://a.a:81", "http://b.a:81", "http://c.a:81")


def test_wmts_becomes_a_tile_template_in_both_ways() -> None:
    rest = own(
        kind="wmts",
        url="http://a/{Layer}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png",
        layer="base",
        matrix_set="EPSG:3857",
        matrix_prefix="EPSG:3857:",
    )
    (layer,) = base_layer(rest, "zh")["layers"]
    assert layer["url"] == "http://a/base/EPSG%3A3857/EPSG:3857:{z}/{y}/{x}.png"
    pairs = own(kind="wmts", url="http://a/wmts?k=1", layer="base", matrix_set="g")
    (layer,) = base_layer(pairs, "zh")["layers"]
    query = parse_qs(urlsplit(layer["url"]).query)
    assert query["REQUEST"] == ["GetTile"] and query["k"] == ["1"]
    assert (query["TILEMATRIX"], query["TILEROW"]) == (["{z}"], ["{y}"])


def test_wms_hands_over_its_layers() -> None:
    base = own(kind="wms", url="http://a/wms", layer="b,c", crs="gcj02", version="1.1.1")
    made = base_layer(base, "zh")
    assert made["shifted"] is True
    assert made["layers"][0]["wms"]["layers"] == "b,c"
    assert made["layers"][0]["wms"]["version"] == "1.1.1"


def test_the_message_changes_with_the_base_layer_only(registry: Registry) -> None:
    plain = paint_state(registry, (), selection=Selection())
    assert with_base(plain, None, "zh") == plain
    changed = with_base(plain, TIANDITU, "zh")
    assert changed["token"] != plain["token"]
    assert "base" not in plain and "天地图" in changed["words"]["edition"]
    assert {key for key in changed if changed[key] != plain.get(key)} == {"token", "base", "words"}


def test_whose_map_it_is() -> None:
    assert attribution(TIANDITU, "en") == "Tianditu"
    osm = Basemap(id="o", name="O", kind="osm", crs="wgs84")
    assert "OpenStreetMap" in attribution(osm, "zh")
    assert attribution(own(kind="wms", url="http://a", layer="b"), "zh") == "乙"
