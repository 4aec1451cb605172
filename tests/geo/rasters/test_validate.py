"""A raster that cannot serve: one clear sentence each, in both languages, and nothing asked."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from shapely.geometry import box

from geo.rasters import validate
from geo.rasters.grid import grid_over
from geo.rasters.read import onto, values_at
from geo.rasters.source import host_of
from geo.rasters.validate import inspect
from geo.rasters.zonal import zonal
from terms.errors import RasterError
from terms.language import half
from tests.geo.rasters.builders import bumpy, geotiff, record

SHANDONG = (114.5, 34.2, 123.0, 38.6)
CELLS = np.ones((8, 8), np.float32)


def refused(path: Path | str, **options: Any) -> tuple[str, str]:
    """The sentence of a refusal in Chinese and in English."""
    with pytest.raises(RasterError) as caught:
        inspect(str(path), over=SHANDONG, **options)
    said = str(caught.value)
    assert "\n" not in said
    chinese, english = half(said, "zh"), half(said, "en")
    assert chinese != english and len(english) < 300
    return chinese, english


def test_a_good_one_says_what_it_is(tmp_path: Path) -> None:
    facts = inspect(str(geotiff(tmp_path / "good.tif", bumpy())), over=SHANDONG)
    assert (facts.name, facts.crs, facts.nodata) == ("good.tif", "EPSG:4326", -9999.0)
    assert (facts.width, facts.height, facts.bands, facts.band) == (150, 120, 1, 1)
    assert facts.bounds == pytest.approx((116, 35.8, 117.5, 37)) and facts.size_bytes == 72_000


def test_any_reference_system_will_do(tmp_path: Path) -> None:
    place = Affine(1000, 0, 430_000, 0, -1000, 4_020_000)
    facts = inspect(str(geotiff(tmp_path / "a.tif", CELLS, crs="EPSG:4548", transform=place)))
    assert facts.crs == "EPSG:4548" and facts.bounds[0] == pytest.approx(116.2, abs=0.1)
    odd = "+proj=aea +lat_1=25 +lat_2=47 +lon_0=117 +datum=WGS84"
    square = Affine(1000, 0, 0, 0, -1000, 3_800_000)
    facts = inspect(str(geotiff(tmp_path / "b.tif", CELLS, crs=odd, transform=square)))
    assert facts.crs.startswith("PROJCS") and 117 <= facts.bounds[0] < 117.1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"crs": None}, "declares no reference system"),
        ({"crs": 'LOCAL_CS["site",UNIT["metre",1]]'}, "declares no reference system"),
        ({"transform": Affine(0.01, 0.002, 116, 0.002, -0.01, 37)}, "rotated: .*gdalwarp"),
        ({"transform": Affine(0.01, 0, 116, 0, 0.01, 36)}, "upside down"),
        ({"transform": Affine.identity()}, "no place on the ground"),
        ({"transform": Affine(0.01, 0, 10, 0, -0.01, 50)}, "off this map"),
        ({"transform": Affine(100, 0, 430_000, 0, -100, 4_020_000)}, "do not fit"),
    ],
)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_what_the_header_forbids(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    import re

    chinese, english = refused(geotiff(tmp_path / "bad.tif", CELLS, **changes))
    assert re.search(says, english) and "bad.tif" in english and "bad.tif" in chinese


def test_no_cell_with_data(tmp_path: Path) -> None:
    for number, cells in enumerate((np.full((8, 8), -9999), np.full((8, 8), np.nan))):
        path = geotiff(tmp_path / f"empty{number}.tif", cells.astype(np.float32))
        assert "not one of its cells has data" in refused(path)[1]


def test_broken_files(tmp_path: Path) -> None:
    whole = geotiff(tmp_path / "whole.tif", bumpy(800, 800), compress="deflate").read_bytes()
    broken = {
        "cut": whole[: len(whole) // 2],
        "head": whole[:6],
        "words": b"height,metres\n1,2\n",
        "empty": b"",
    }
    for name, data in broken.items():
        (tmp_path / f"{name}.tif").write_bytes(data)
        chinese, english = refused(tmp_path / f"{name}.tif")
        assert "no sound GeoTIFF" in english and "重新下载" in chinese
    assert "no file" in refused(tmp_path / "gone.tif")[1]
    assert "no file" in refused("/vsizip/a.zip/b.tif")[1]


def test_a_hundred_gigabytes_by_the_header(tmp_path: Path) -> None:
    """Sparse files: nothing is stored, and nothing may be tried to be read."""
    for name, options in {"strips": {}, "tiles": {"tiled": True}}.items():
        path = tmp_path / f"{name}.tif"
        with rasterio.open(
            path,
            "w",
            driver="GTiff",
            width=160_000,
            height=160_000,
            count=1,
            dtype="float32",
            crs="EPSG:4326",
            transform=Affine(2e-5, 0, 116, 0, -2e-5, 38),
            SPARSE_OK=True,
            BIGTIFF="YES",
            **options,
        ):
            pass
        assert path.stat().st_size < 20_000_000
        chinese, english = refused(path)
        assert "95 GB" in english and "gdal_translate -of COG" in english and "95 GB" in chinese


def test_a_large_one_with_tiles_and_overviews_is_read_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = np.full((600, 600), -9999, np.float32)
    cells[-1, -1] = 3
    path = geotiff(tmp_path / "a.tif", cells, tiled=True, blockxsize=64, blockysize=64)
    monkeypatch.setattr(validate, "MAX_PLAIN_BYTES", 10_000)
    monkeypatch.setattr(validate, "MAX_PROOF_BYTES", 10_000)
    assert "gdal_translate -of COG" in refused(path)[1]
    with rasterio.open(path, "r+") as made:
        made.build_overviews([2])
    assert inspect(str(path)).width == 600  # the last block has data, and is among those read
    monkeypatch.setattr(validate, "MAX_BLOCK_BYTES", 1000)
    assert "a single block" in refused(path)[1]


def test_bands_have_to_be_chosen(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", np.stack([bumpy()] * 12))
    assert "12 bands: say which one to take (1–12)" in refused(path)[1]
    assert "no band 13" in refused(path, band=13)[1] and "no band 0" in refused(path, band=0)[1]
    assert inspect(str(path), band=12).band == 12
    one = geotiff(tmp_path / "b.tif", CELLS.astype(np.complex64), nodata=None)
    assert "complex" in refused(one)[1]


def test_a_mask_inside_the_file_holds(tmp_path: Path) -> None:
    path = geotiff(tmp_path / "a.tif", CELLS, nodata=None)
    is_data = np.zeros((8, 8), bool)
    is_data[:4] = True
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as made:
        made.write_mask(is_data)
    west, north = 116, 37
    found = values_at(record(path), [west + 0.005] * 2, [north - 0.005, north - 0.075])
    assert found.tolist() == [1.0, None]
    areas = gpd.GeoDataFrame(geometry=[box(116, 36.92, 116.08, 37)], crs="EPSG:4326")
    assert zonal(record(path), areas).iloc[0]["coverage"] == pytest.approx(0.5)
    assert onto(record(path), grid_over((116, 36.92, 116.08, 37), cell_m=500)).mask.mean() > 0.4


class Listener(BaseHTTPRequestHandler):
    """A server that keeps what it was asked, and gives one file in ranges."""

    asked: ClassVar[list[str]] = []
    data = b""

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        self.answer(b"", len(self.data))

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if not self.path.startswith("/good.tif"):
            self.send_error(404)
            return
        first, last = 0, len(self.data) - 1
        if ranges := self.headers.get("Range"):
            start, _, end = ranges.removeprefix("bytes=").partition("-")
            first, last = int(start), min(int(end or last), last)
        self.send_response(206 if ranges else 200)
        self.send_header("Content-Length", str(last - first + 1))
        if ranges:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(self.data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        self.wfile.write(self.data[first : last + 1])

    def answer(self, body: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def server(tmp_path: Path) -> Any:
    Listener.asked = []
    Listener.data = geotiff(tmp_path / "served.tif", bumpy()).read_bytes()
    served = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


def test_an_address_is_read_where_a_person_typed_it(server: str) -> None:
    facts = inspect(f"{server}/good.tif?token=secret", over=SHANDONG)
    assert (facts.width, facts.height) == (150, 120)
    assert facts.name == f"{server}/good.tif" and "secret" not in repr(facts)
    assert {path.partition("?")[0] for path in Listener.asked} == {"/good.tif"}


def test_an_address_that_does_not_come(server: str) -> None:
    chinese, english = refused(f"{server}/none.tif?token=secret")
    assert "断网" in chinese and "without a network" in english and "secret" not in english
    assert "does not come" in refused("http://127.0.0.1:9/closed.tif")[1]
    assert "user name" in refused(f"{server.replace('//', '//me:pass@')}/good.tif")[1]
    assert host_of("http://me:pass@a.cn/x.tif?k=1") == "http://a.cn/x.tif"


@pytest.mark.parametrize(
    "text",
    [
        '<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand band="1"><SimpleSource>'
        "<SourceFilename>/vsicurl/{server}/good.tif</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>",
        '<GDAL_WMS><Service name="TMS"><ServerUrl>{server}/${{z}}</ServerUrl></Service></GDAL_WMS>',
    ],
)
def test_a_file_that_names_other_files_asks_for_nothing(
    tmp_path: Path, server: str, text: str
) -> None:
    path = tmp_path / "sly.tif"
    path.write_text(text.format(server=server), encoding="utf-8")
    assert "no sound GeoTIFF" in refused(path)[1]
    good = geotiff(tmp_path / "x.tif", CELLS)
    good.with_suffix(".tif.ovr").write_text(text.format(server=server), encoding="utf-8")
    good.with_suffix(".tif.aux.xml").write_text("<PAMDataset/>", encoding="utf-8")
    assert inspect(str(good)).width == 8
    assert Listener.asked == []
