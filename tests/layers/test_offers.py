"""Every offer of the page of data can be written; what cannot be says why."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from layers.exports.extract import CONTENTS, Content, extract_of
from layers.exports.formats import FORMATS, write
from layers.exports.offers import Offer, offers, references
from registry.registry import Registry
from store.basemaps import load_basemaps
from store.home import basemaps_path
from terms.selection import Selection

DAY = date(2026, 11, 21)
LIXIA = Selection(plans=("lixia",))


def written(registry: Registry, offer: Offer, chosen: Selection) -> bytes:
    extract = extract_of(registry, chosen, day=DAY, crs=offer.crs)
    return write(extract, offer.format.key, contents=offer.contents)


def unpacked(data: bytes) -> bytes:
    """The content of a file, of an archive all its members, of a printed one its words."""
    if data.startswith(b"%PDF-"):
        pages = pypdfium2.PdfDocument(data)
        return "".join(page.get_textpage().get_text_range() for page in pages).encode("utf-8")
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    archive = ZipFile(BytesIO(data))
    return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("crs", ["wgs84", "cgcs2000", "cgcs2000-3deg", "cgcs2000-3deg:117"])
def test_every_offer_without_a_wish_is_written(registry: Registry, crs: str) -> None:
    found = offers((), crs)
    assert {offer.format.key for offer in found} == set(FORMATS)
    for offer in found:
        assert not offer.barred
        assert offer.keeps_wgs84 == (crs != "wgs84" and not offer.format.any_reference)
        assert written(registry, offer, LIXIA)


@pytest.mark.parametrize("content", CONTENTS)
def test_each_content_goes_where_it_fits(registry: Registry, content: Content) -> None:
    for offer in offers((content,), "wgs84"):
        assert offer.contents == (content,)
        assert (offer.barred == "contents") == (content not in offer.format.contents)
        if not offer.barred:
            assert written(registry, offer, LIXIA)


def test_two_tables_do_not_fit_one_csv() -> None:
    barred = {offer.format.key: offer.barred for offer in offers(("projects", "ledger"), "wgs84")}
    assert barred["csv"] == "many" and barred["geojson"] == "contents"
    assert barred["xlsx"] == barred["gpkg"] == ""
    areas = {offer.format.key: offer.barred for offer in offers(("projects", "areas"), "wgs84")}
    assert areas["geojson"] == "many"


def test_the_order_of_a_wish_does_not_matter(registry: Registry) -> None:
    one, other = (
        next(offer for offer in offers(wish, "wgs84") if offer.format.key == "zip")
        for wish in (("ledger", "projects"), ("projects", "ledger"))
    )
    assert one == other
    names = ZipFile(BytesIO(written(registry, one, LIXIA))).namelist()
    assert {"projects.csv", "ledger.csv"} <= set(names)


def test_an_empty_selection_is_written_too(registry: Registry) -> None:
    nothing = Selection(layers=("none",))
    for offer in offers((), "wgs84"):
        assert written(registry, offer, nothing)


def test_a_zone_by_the_data_needs_places() -> None:
    assert "cgcs2000-3deg" in references(has_places=True)
    without = references(has_places=False)
    assert "cgcs2000-3deg" not in without and "cgcs2000-3deg:117" in without


def test_no_file_carries_a_base_layer_or_its_token(registry: Registry, own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    address = 'url: "http://10.9.8.7/{z}/{x}/{y}?k={token}"'
    basemaps_path().write_text(
        "basemaps:\n- {id: net, name: 内网图, kind: xyz, crs: wgs84, attribution: 甲,"
        f" token: geheim0815, {address}}}\n",
        encoding="utf-8",
    )
    assert load_basemaps(basemaps_path())
    for offer in offers((), "wgs84"):
        data = unpacked(written(registry, offer, Selection(plans=("lixia",), base="net")))
        assert b"10.9.8.7" not in data and b"geheim0815" not in data, offer.format.key


def test_every_file_but_a_single_csv_says_what_the_page_promises(registry: Registry) -> None:
    common = ("内部工作示意图", "征求意见稿", "热")
    for offer in offers((), "wgs84"):
        is_printed = offer.format.key == "pdf"
        day = ("2026年11月21日",) if is_printed else (DAY.isoformat(), "引用请注明")
        data = unpacked(written(registry, offer, Selection(plans=("lixia",), words="热")))
        missing = [words for words in (*common, *day) if words.encode() not in data]
        assert bool(missing) == (offer.format.key == "csv"), (offer.format.key, missing)
