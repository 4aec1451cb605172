"""Points from files: encodings, columns by name, missing and unreadable cells, declared systems."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import LineString, Point, points

from geo.crs import Crs
from geo.join import source as module
from geo.join.source import batches, open_source
from terms.errors import CrsError, JoinError

CSV = '名称,经度,纬度,mw\n"甲,\n乙",117.05,36.05,1.5\n丙,117.15,36.05,\n丁,, ,2\n戊,E117,36.05,3\n'


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "点.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def read(path: Path, **options) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """All rows of a file; what is missing as None."""
    source = open_source(path, **options)
    every = list(batches(source))

    def plain(parts: list[np.ndarray]) -> list[float]:
        whole = np.concatenate(parts) if parts else np.empty(0)
        return [None if np.isnan(value) else value for value in whole.tolist()]

    sums = {name: plain([each.values[name] for each in every]) for name in source.columns}
    return plain([each.lon for each in every]), plain([each.lat for each in every]), sums


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_an_office(csv_file: Path, encoding: str) -> None:
    csv_file.write_text(CSV, encoding=encoding)
    lon, lat, sums = read(csv_file, crs="gcj02", columns=["mw"])
    assert lon == [117.05, 117.15, None, None] and lat == [36.05, 36.05, None, 36.05]
    assert sums == {"mw": [1.5, None, 2.0, 3.0]}


def test_a_file_with_nothing_but_a_head(csv_file: Path) -> None:
    csv_file.write_text("lon,lat,mw\n", encoding="utf-8")
    assert read(csv_file, crs="wgs84", columns=["mw"]) == ([], [], {"mw": []})


def test_columns_may_be_named(csv_file: Path) -> None:
    csv_file.write_text("lon,lat,x,y\n1,2,117.05,36.05\n", encoding="utf-8")
    assert read(csv_file, crs="wgs84", lon="x", lat="y")[:2] == ([117.05], [36.05])


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("a,b\n1,2\n", {}, "0 columns are called lon or"),
        ("lon,经度,lat\n1,2,3\n", {}, "2 columns are called lon or .* say which with --lon"),
        ("lon,lat\n1,2\n", {"columns": ["mw"]}, "has 0 columns mw, expected one"),
        ("lon,lat,mw,mw\n1,2,3,4\n", {"columns": ["mw"]}, "has 2 columns mw"),
        ("", {}, "0 columns"),
        ("lon,lat\n1,2\n3\n", {}, "cannot be read as CSV"),
        ("lon,lat,mw\n1,2,0\n1,2,十\n", {"columns": ["mw"]}, "row 2, column mw: '十' is no number"),
        ("lon,lat,mw\n1,2,inf\n", {"columns": ["mw"]}, "row 1, column mw: 'inf'"),
        ("lon,lat,mw\n1,2,nan\n", {"columns": ["mw"]}, "row 1, column mw: 'nan'"),
    ],
)
def test_faults_are_said_with_their_place(csv_file: Path, text: str, options, says: str) -> None:
    csv_file.write_text(text, encoding="utf-8")
    with pytest.raises(JoinError, match=says):
        read(csv_file, crs="wgs84", **options)


def test_the_row_is_counted_over_batches(csv_file: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "BLOCK_BYTES", 64)
    rows = "".join(f"117.0,36.0,{row}\n" for row in range(100))
    csv_file.write_text(f"lon,lat,mw\n{rows}117.0,36.0,x\n", encoding="utf-8")
    with pytest.raises(JoinError, match="row 101, column mw: 'x'"):
        read(csv_file, crs="wgs84", columns=["mw"])


def test_a_system_must_be_said(csv_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CrsError, match="declares no reference system: say one with --crs"):
        open_source(csv_file)
    with pytest.raises(JoinError, match="there is no file"):
        open_source(tmp_path / "no.csv", crs="wgs84")
    (tmp_path / "x.xlsx").write_bytes(b"")
    with pytest.raises(JoinError, match=r"cannot read \.xlsx, expected \.csv"):
        open_source(tmp_path / "x.xlsx", crs="wgs84")
    (tmp_path / "x.parquet").write_bytes(b"lon,lat")
    with pytest.raises(JoinError, match="is no Parquet file"):
        open_source(tmp_path / "x.parquet", crs="wgs84")


LON, LAT = [117.05, 117.15, 117.05], [36.05, 36.05, 35.95]


@pytest.fixture(params=["WKB", "geoarrow"])
def encoding(request) -> str:
    return request.param


def test_geoparquet_declares_its_system(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "points.parquet"
    for epsg, crs in ((4326, Crs.WGS84), (4490, Crs.CGCS2000)):
        frame = gpd.GeoDataFrame({"mw": [1, 2, None]}, geometry=points(LON, LAT), crs=epsg)
        frame.to_parquet(path, geometry_encoding=encoding)
        assert open_source(path).crs is crs
        assert read(path, columns=["mw"]) == (LON, LAT, {"mw": [1.0, 2.0, None]})
        assert open_source(path, crs="gcj02").crs is Crs.GCJ02


def test_geoparquet_with_gaps(tmp_path: Path) -> None:
    path = tmp_path / "points.parquet"
    spots = [Point(117.05, 36.05), None, Point(), Point(117.15, 36.05, 3.0)]
    gpd.GeoDataFrame(geometry=spots, crs=4326).to_parquet(path)
    assert read(path)[:2] == ([117.05, None, None, 117.15], [36.05, None, None, 36.05])


def test_geoparquet_without_degrees_and_without_points_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "points.parquet"
    frame = gpd.GeoDataFrame(geometry=points(LON, LAT), crs=4326)
    frame.to_crs(4548).to_parquet(path)
    for crs in (None, "gcj02"):
        with pytest.raises(CrsError, match=r"CGCS2000 / 3-degree .* convert it before the join"):
            open_source(path, crs=crs)
    frame.set_crs(None, allow_override=True).to_parquet(path)
    with pytest.raises(CrsError, match="is not known: say one with --crs"):
        open_source(path)
    gpd.GeoDataFrame(geometry=[LineString([(1, 2), (3, 4)])], crs=4326).to_parquet(path)
    with pytest.raises(JoinError, match="is a LineString"):
        read(path)


def test_parquet_without_geometry_has_columns(tmp_path: Path) -> None:
    path = tmp_path / "points.parquet"
    pd.DataFrame({"lng": LON, "lat": LAT, "mw": [1, 2, 3], "name": list("abc")}).to_parquet(path)
    assert read(path, crs="bd09", columns=["mw"]) == (LON, LAT, {"mw": [1.0, 2.0, 3.0]})
    with pytest.raises(JoinError, match=r"column name.*'a' is no number"):
        read(path, crs="bd09", columns=["name"])
    pq.write_table(pa.table({"lng": LON, "lat": LAT, "mw": [True, False, None]}), path)
    with pytest.raises(JoinError, match="column mw holds bool, expected numbers"):
        read(path, crs="bd09", columns=["mw"])


@pytest.mark.parametrize(
    "data", [CSV.encode("utf-16"), b"\xff\xff\xff\n", b"lon,lat\n117.05,36.05\n\xff\xff,36\n"]
)
def test_text_in_neither_encoding_is_refused(csv_file: Path, data: bytes) -> None:
    csv_file.write_bytes(data)
    with pytest.raises(JoinError, match="neither in UTF-8 nor in GB 18030"):
        open_source(csv_file, crs="wgs84")


def test_digits_of_a_chinese_keyboard_are_read_and_underlines_are_not(csv_file: Path) -> None:
    csv_file.write_text("lon,lat,mw\n１１７.０５,36.05,１２\n117_1,36.05,1\n", encoding="utf-8")
    assert read(csv_file, crs="wgs84", columns=["mw"])[0] == [117.05, None]
    csv_file.write_text("lon,lat,mw\n117.05,36.05,1_000\n", encoding="utf-8")
    with pytest.raises(JoinError, match="row 1, column mw: '1_000' is no number"):
        read(csv_file, crs="wgs84", columns=["mw"])


COLUMNS = '"columns": {"geometry": {"encoding": "WKB"'


@pytest.mark.parametrize(
    "described",
    [
        "{",
        "[]",
        '{"primary_column": "x", "columns": {}}',
        f'{{"primary_column": "geometry", {COLUMNS}, "crs": "nonsense"}}}}}}',
        f'{{"primary_column": "geometry", {COLUMNS}, "crs": {{"a": 1}}}}}}}}',
        '{"primary_column": "gone", "columns": {"gone": {}}}',
    ],
)
def test_geoparquet_that_describes_itself_wrongly_is_refused(
    tmp_path: Path, described: str
) -> None:
    table = pa.table({"geometry": [Point(117.05, 36.05).wkb]})
    pq.write_table(table.replace_schema_metadata({"geo": described}), tmp_path / "a.parquet")
    with pytest.raises(JoinError, match=r"cannot be read|has 0 columns gone"):
        open_source(tmp_path / "a.parquet")


def test_what_breaks_off_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    broken = pa.table({"geometry": [b"\x01\x02no geometry"]})
    described = f'{{"primary_column": "geometry", {COLUMNS}}}}}}}'
    pq.write_table(broken.replace_schema_metadata({"geo": described}), path)
    with pytest.raises(JoinError, match="no WKB"):
        read(path)
    pq.write_table(pa.table({"lon": LON * 9000, "lat": range(27_000)}), path, use_dictionary=False)
    data = bytearray(path.read_bytes())
    data[2000:60_000] = bytes(58_000)
    path.write_bytes(bytes(data))
    with pytest.raises(JoinError, match="cannot be read to its end"):
        read(path, crs="wgs84")
