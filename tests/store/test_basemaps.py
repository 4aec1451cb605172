"""The user's base layers as read, and every fault of a bad file; no secret in any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.basemaps import load_basemaps, read_basemaps
from store.home import basemaps_path
from terms.errors import BasemapsError, Fault

TOKEN = "0123456789abcdef0123456789abcdef"
GOOD = f"""\
basemaps:
- {{id: tdt, name: 天地图, kind: tianditu, crs: cgcs2000, token: {TOKEN}}}
- {{id: osm, name: OSM, kind: osm, crs: wgs84}}
- id: net
  name: 内网
  name_en: Intranet
  kind: xyz
  url: http://10.0.0.5:8080/t/{{z}}/{{x}}/{{-y}}.png?k={{token}}
  token: {TOKEN}
  crs: gcj02
  attribution: 本单位
  max_zoom: 12
"""
XYZ = "id: a, name: 甲, kind: xyz, attribution: 乙"


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(BasemapsError) as caught:
        read_basemaps(text, "basemaps.yaml")
    return caught.value.faults


def one(row: str) -> tuple[Fault, ...]:
    """The faults of a file with one entry."""
    return faults(f"basemaps:\n- {{{row}}}\n")


def test_without_a_file_there_is_no_base_layer() -> None:
    assert load_basemaps(basemaps_path()) == ()
    assert read_basemaps("", "basemaps.yaml") == ()


def test_a_good_file(own_home: Path) -> None:
    own_home.mkdir()
    basemaps_path().write_text("\ufeff" + GOOD, encoding="utf-8")
    tianditu, osm, net = load_basemaps(basemaps_path())
    assert (tianditu.id, tianditu.token) == ("tdt", TOKEN)
    assert (osm.kind, osm.crs) == ("osm", "wgs84")
    assert (net.name_en, net.crs, net.max_zoom) == ("Intranet", "gcj02", 12)


def test_a_reference_system_must_be_declared() -> None:
    (fault,) = one(XYZ + ', url: "http://a/{z}/{x}/{y}"')
    assert (fault.row, fault.field, fault.found) == ("basemaps 1", "crs", "空")


@pytest.mark.parametrize(
    "host",
    [
        "webrd0{s}.is.autonavi.com",
        "wprd01.is.autonavi.com",
        "rt0.map.gtimg.com",
        "www.google.cn",
        "map.geoq.cn",
    ],
)
@pytest.mark.parametrize("crs", ["wgs84", "cgcs2000"])
def test_a_shifted_service_under_another_name_is_refused(host: str, crs: str) -> None:
    (fault,) = one(XYZ + f', crs: {crs}, url: "https://{host}/?x={{x}}&y={{y}}&z={{z}}"')
    assert fault.field == "crs" and "GCJ-02" in fault.expected and "540" in fault.expected
    row = XYZ + f', crs: gcj02, url: "https://{host}/?x={{x}}&y={{y}}&z={{z}}"'
    assert read_basemaps(f"basemaps:\n- {{{row}}}\n", "b")[0].crs == "gcj02"


def test_a_host_that_only_sounds_like_one_is_taken() -> None:
    row = XYZ + ', crs: wgs84, url: "https://notamap.com.example/{z}/{x}/{y}"'
    assert read_basemaps(f"basemaps:\n- {{{row}}}\n", "b")


def test_baidu_is_refused_whatever_it_calls_itself() -> None:
    url = 'url: "https://maponline0.bdimg.com/?x={x}&y={y}&z={z}"'
    for crs in ("bd09", "gcj02", "wgs84"):
        assert one(f"{XYZ}, crs: {crs}, {url}")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("id: a, name: 甲, kind: tianditu, crs: cgcs2000", "token"),
        (f"id: a, name: 甲, kind: tianditu, crs: wgs84, token: {TOKEN}", "crs"),
        (f"id: a, name: 甲, kind: tianditu, crs: cgcs2000, style: x, token: {TOKEN}", "style"),
        ("id: a, name: 甲, kind: osm, crs: gcj02", "crs"),
        ("id: a, name: 甲, kind: xyz, crs: wgs84, url: 'http://a/{z}/{x}/{y}'", "attribution"),
        (f"{XYZ}, crs: wgs84, url: 'ftp://a/{{z}}/{{x}}/{{y}}'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'javascript:alert(1)'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'http://a/{{z}}/{{x}}'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'http://a/{{z}}/{{x}}/{{y}}?{{q}}'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'http://a/{{z}}/{{x}}/{{y}}?{{token}}'", "token"),
        (f"{XYZ}, crs: wgs84, url: 'http://u:p@a/{{z}}/{{x}}/{{y}}'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'http://a:x/{{z}}/{{x}}/{{y}}'", "url"),
        (f"{XYZ}, crs: wgs84, url: 'http://{{z}}.a/{{z}}/{{x}}/{{y}}'", "url"),
        (f"{XYZ}, crs: wgs84, min_zoom: 9, max_zoom: 8, url: 'http://a/{{z}}/{{x}}/{{y}}'",
         "min_zoom"),
        ("id: a, name: 甲, kind: wms, crs: wgs84, attribution: 乙, url: 'http://a/wms'", "layer"),
        ("id: a, name: 甲, kind: wmts, crs: wgs84, attribution: 乙, url: 'http://a', layer: b",
         "matrix_set"),
        ("id: a, name: 甲, kind: wmts, crs: wgs84, attribution: 乙, url: 'http://a/{TileRow}'",
         "url"),
    ],
)  # fmt: skip
def test_each_contradiction_names_its_field(row: str, field: str) -> None:
    assert [fault.field for fault in one(row)] == [field]


def test_all_faults_come_at_once() -> None:
    text = f"{GOOD}- {{id: tdt, name: 又一个, kind: osm, crs: wgs84}}\n- {{id: B!, kind: paper}}\n"
    told = {(fault.row, fault.field) for fault in faults(text)}
    assert told == {
        ("basemaps 4", "id"),
        *(("basemaps 5", name) for name in ("id", "name", "kind", "crs")),
    }


@pytest.mark.parametrize("text", ["basemaps: 3", "maps: []", "- a", "basemaps: {"])
def test_a_file_of_another_shape_is_one_fault(text: str) -> None:
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    "row",
    [
        f"id: {TOKEN}, name: 甲, kind: osm, crs: wgs84",
        f"id: a, name: 甲, kind: tianditu, crs: gcj02, token: [{TOKEN}]",
        f"{XYZ}, crs: wgs84, url: 'http://a b/{{z}}/{{x}}/{{y}}?k={TOKEN}'",
        f"{XYZ}, crs: wgs84, url: ['http://a/{{z}}?k={TOKEN}']",
        f"{XYZ}, crs: wgs84, url: 'https://x.amap.com/{{z}}/{{x}}/{{y}}?k={TOKEN}'",
        f"{XYZ}, crs: wgs84, url: 'http://{TOKEN}@a/{{z}}/{{x}}/{{y}}'",
    ],
)
def test_no_fault_repeats_a_token(row: str) -> None:
    with pytest.raises(BasemapsError) as caught:
        read_basemaps(f"basemaps:\n- {{{row}}}\n", "basemaps.yaml")
    assert TOKEN not in str(caught.value)
    for text in (f"basemaps:\n- {TOKEN}\n", f"basemaps:\n- tok: {{{TOKEN}\n"):
        with pytest.raises(BasemapsError) as caught:
            read_basemaps(text, "basemaps.yaml")
        assert TOKEN not in str(caught.value)


def test_a_file_of_other_bytes_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "basemaps.yaml"
    path.write_bytes("basemaps: 天".encode("gb18030"))
    with pytest.raises(BasemapsError, match="UTF-8"):
        load_basemaps(path)
