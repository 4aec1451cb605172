"""The base layers that the user set up in basemaps.yaml; none is shipped, none is on by default.

A missing file is no base layer. A faulty file gives none at all, with every fault at its place.
What may be a secret (tokens, addresses) is never repeated in a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

import yaml
from pydantic import AfterValidator, Field

from seeds.fields import Needed, Strict, Text
from seeds.reading import model_faults, yaml_fault
from store.lines import parse
from terms.errors import BasemapsError, Fault
from terms.os_reasons import os_reason

Kind = Literal["tianditu", "osm", "xyz", "wmts", "wms"]
DeclaredCrs = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
MAX_ZOOM = 22
SECTION = "basemaps"

# Services that are known to serve shifted maps: (end of the host's name, what they serve).
_GCJ02 = (
    "autonavi.com",
    "amap.com",
    "gaode.com",
    "gtimg.com",
    "map.qq.com",
    "map.soso.com",
    "google.cn",
    "googleapis.cn",
    "geoq.cn",
)
_BD09 = ("baidu.com", "bdimg.com", "bdstatic.com")
# Fields whose value no fault repeats: "-" holds the whole row, an id may be a token put wrongly.
_SECRET = ("token", "url", "id", "-")
_HIDDEN = ("不在此显示", "not shown here")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")  # shorter than a token: it stands in links
_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOTS = {
    "xyz": {"s", "x", "y", "-y", "z", "r", "token"},
    "wmts": {"s", "token", "TileMatrix", "TileRow", "TileCol", "TileMatrixSet", "Style", "Layer"},
    "wms": {"s", "token"},
}
_WHOLE = "basemaps 列表 · the list basemaps"
_WMTS_TILE = {"TileMatrix", "TileRow", "TileCol"}


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(
            "小写字母、数字、- 和 _，至多 20 个 · at most 20 small letters, digits, - and _"
        )
    return value


def _short(value: str) -> str:
    if len(value) > 200:
        raise ValueError("不超过 200 字 · at most 200 characters")
    return value


class Basemap(Strict):
    """One base layer; `url` is empty for tianditu and osm, whose addresses are known."""

    id: Annotated[Needed, AfterValidator(_id)]
    name: Annotated[Needed, AfterValidator(_short)]
    name_en: Annotated[Text, AfterValidator(_short)] = ""
    kind: Kind
    crs: DeclaredCrs
    attribution: Annotated[Text, AfterValidator(_short)] = ""
    token: Text = ""
    url: Text = ""
    subdomains: Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")] = "abc"
    layer: Text = ""
    style: Text = ""
    matrix_set: Text = ""
    matrix_prefix: Text = ""
    format: Annotated[str, Field(pattern=r"^(image/[a-z0-9.+-]{1,20}|tiles)$")] = "image/png"
    version: Literal["1.1.1", "1.3.0"] = "1.3.0"
    tms: bool = False
    min_zoom: Annotated[int, Field(ge=0, le=MAX_ZOOM)] = 0
    max_zoom: Annotated[int, Field(ge=0, le=MAX_ZOOM)] = 18


def load_basemaps(path: Path) -> tuple[Basemap, ...]:
    """The base layers of a file; raises BasemapsError with all faults."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        found, found_en = (
            f"不能读取（{os_reason(error, 'zh')}）",
            f"cannot be read ({os_reason(error, 'zh')})",
        )
        expected = "可以读取的文件 · a file that may be read"
        raise BasemapsError([Fault(path.name, "-", "-", found, expected, found_en)]) from None
    try:
        return read_basemaps(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        fault = Fault(path.name, "-", "-", "别的编码", "UTF-8 编码 · UTF-8 text", "other bytes")
        raise BasemapsError([fault]) from None


def read_basemaps(text: str, file: str) -> tuple[Basemap, ...]:
    """The base layers of a text; raises BasemapsError with all faults."""
    rows = _rows(text, file)
    faults: list[Fault] = []
    found: list[Basemap] = []
    for number, raw in enumerate(rows, start=1):
        row = f"basemaps {number}"
        told = [_without_secret(each) for each in model_faults(file, row, Basemap, raw)]
        if not told:
            one = Basemap.model_validate(raw)
            told = [Fault(file, row, *each) for each in _contradictions(one)]
            if one.id in {each.id for each in found}:
                expected = "各不相同的代号 · an id of its own"
                told.append(Fault(file, row, "id", one.id, expected))
            found.append(one)
        faults += told
    if faults:
        raise BasemapsError(faults)
    return tuple(found)


def address(base: Basemap) -> SplitResult:
    """The parts of a base layer's own address."""
    return urlsplit(base.url)


def _rows(text: str, file: str) -> list[Any]:
    try:
        raw = parse(text)
    except yaml.YAMLError as error:
        place = replace(yaml_fault(file, error, _WHOLE), found="不是 YAML", found_en="not YAML")
        raise BasemapsError([place]) from None
    except RecursionError:
        raise BasemapsError([Fault(file, "-", "-", "嵌套过深", _WHOLE, "too deep")]) from None
    if not isinstance(raw, dict):
        raise BasemapsError([Fault(file, "-", "-", "没有该列表", _WHOLE, "no such list")])
    unknown = [
        Fault(file, "-", str(key)[:40], "未知的部分", _WHOLE, "an unknown section")
        for key in raw
        if key != SECTION
    ]
    rows = raw.get(SECTION) or []
    if not isinstance(rows, list):
        unknown.append(Fault(file, SECTION, "-", "不是列表", _WHOLE, "not a list"))
    if unknown:
        raise BasemapsError(unknown)
    return rows


def _without_secret(fault: Fault) -> Fault:
    is_named = fault.found_en != ""  # our own words, such as "nothing"
    if fault.field.split(".")[0] in _SECRET and not is_named:
        return replace(fault, found=_HIDDEN[0], found_en=_HIDDEN[1])
    return fault


_Told = tuple[str, str, str, str]  # field, found, expected, found in English


def _contradictions(base: Basemap) -> Iterator[_Told]:
    """What does not fit together inside one base layer."""
    if base.min_zoom > base.max_zoom:
        yield "min_zoom", str(base.min_zoom), "不大于 max_zoom · at most max_zoom", ""
    if base.kind == "tianditu":
        yield from _tianditu(base)
    elif base.kind == "osm":
        if base.crs != "wgs84":
            yield "crs", base.crs, "wgs84 · wgs84", ""
        if base.url:
            yield "url", *_hidden("不写：地址已知 · nothing: the address is known")
    else:
        yield from _own_address(base)


def _tianditu(base: Basemap) -> Iterator[_Told]:
    if not base.token:
        yield "token", "空", "本单位的天地图密钥（tk） · your own key of Tianditu (tk)", "nothing"
    if base.crs != "cgcs2000":
        yield "crs", base.crs, "cgcs2000（天地图所用） · cgcs2000, which Tianditu uses", ""
    if base.style not in ("", "vector", "imagery"):
        yield "style", base.style, "vector 矢量或 imagery 影像 · vector or imagery", ""
    if base.url:
        yield "url", *_hidden("不写：地址已知 · nothing: the address is known")


def _own_address(base: Basemap) -> Iterator[_Told]:
    where = _split(base.url)
    if where is None:
        yield "url", *_hidden("http:// 或 https:// 开头的地址 · an http:// or https:// address")
        return
    if where.username is not None:
        yield "url", *_hidden("不含用户名和口令 · no user name and password in it")
    slots = set(_SLOT.findall(base.url))
    known = _SLOTS[base.kind]
    if bad := slots - known:
        listed = " ".join(f"{{{slot}}}" for slot in sorted(known))
        found = " ".join(f"{{{slot[:20]}}}" for slot in sorted(bad))
        yield "url", found, f"只用 {listed} · only {listed}", ""
    if "{" in (where.hostname or "").replace("{s}", ""):
        yield "url", *_hidden("主机名中只可用 {s} · no slot but {s} in the host")
    if "token" in slots and not base.token:
        yield "token", "空", "url 中 {token} 的值 · the value of {token} in url", "nothing"
    yield from _tile_slots(base, slots)
    if not base.attribution:
        yield "attribution", "空", "图源署名 · whose map it is", "nothing"
    yield from _system(base, (where.hostname or "").replace("{s}", "a"), where.query)


def _tile_slots(base: Basemap, slots: set[str]) -> Iterator[_Told]:
    if base.kind == "xyz" and not ({"x", "z"} <= slots and slots & {"y", "-y"}):
        yield "url", *_hidden("含 {x} {y} {z} 的模板 · a template with {x} {y} {z}")
    if base.kind == "wmts" and slots & _WMTS_TILE and slots & _WMTS_TILE != _WMTS_TILE:
        need = "三个都要：{TileMatrix} {TileRow} {TileCol}"
        yield "url", *_hidden(f"{need} · all of {{TileMatrix}} {{TileRow}} {{TileCol}}")
    is_kvp = base.kind == "wmts" and not slots & _WMTS_TILE
    if (is_kvp or base.kind == "wms") and not base.layer:
        yield "layer", "空", "图层名 · the name of the layer", "nothing"
    if is_kvp and not base.matrix_set:
        expected = "球面墨卡托（EPSG:3857）矩阵集的名称 · the name of the EPSG:3857 matrix set"
        yield "matrix_set", "空", expected, "nothing"


def _system(base: Basemap, host: str, query: str) -> Iterator[_Told]:
    """A shifted map under the name of another system would stand half a kilometre off."""
    if base.crs == "bd09":
        yield (
            "crs",
            "bd09",
            "换用别的底图：百度瓦片的分幅与偏移都不同，叠不准 · "
            "another map: Baidu's tiles follow a grid and a shift of their own",
            "",
        )
    elif _ends(host, _BD09):
        expected = "换用别的底图：百度是 BD-09，叠不准 · another map: Baidu serves BD-09"
        yield "url", host, expected, ""
    is_gcj = _ends(host, _GCJ02) or (_ends(host, ("google.com",)) and "gl=cn" in query.lower())
    if is_gcj and base.crs in ("wgs84", "cgcs2000"):
        yield (
            "crs",
            f"{base.crs}（{host}）",
            "gcj02：该服务的图是 GCJ-02，照 WGS-84 叠会偏约 540 米 · "
            "gcj02: this service shows GCJ-02, taken as WGS-84 it lies about 540 m off",
            f"{base.crs} ({host})",
        )


def _ends(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _split(url: str) -> SplitResult | None:
    try:
        where = urlsplit(url)
        is_good = where.scheme in ("http", "https") and bool(where.hostname)
        _ = where.port  # raises for a port that is none
    except ValueError:
        return None
    return where if is_good and not re.search(r"[\s\\<>\"'`]", url) else None


def _hidden(expected: str) -> tuple[str, str, str]:
    return _HIDDEN[0], expected, _HIDDEN[1]
