"""A bureau's own boundary file: formats, columns, reference systems, faults."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import box

from geo import own_boundaries
from geo.coverage import boundary_digest
from geo.crs import Crs, distance_m, from_wgs84
from geo.own_boundaries import active_districts, read_boundaries
from terms.errors import BoundaryError, CrsError


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No file is active unless a test says so, and none is remembered."""
    monkeypatch.delenv(own_boundaries.PATH_VARIABLE, raising=False)
    monkeypatch.delenv(own_boundaries.CRS_VARIABLE, raising=False)
    own_boundaries._own.cache_clear()


def square_frame(**columns) -> gpd.GeoDataFrame:
    """Two squares side by side under codes of 济宁."""
    values = {"code": ["370811", "370812"], "name": ["任城区", "兖州区"]} | columns
    shapes = [box(116.5, 35.3, 116.7, 35.5), box(116.7, 35.3, 116.9, 35.5)]
    return gpd.GeoDataFrame(values, geometry=shapes, crs="EPSG:4326")


def shifted(frame: gpd.GeoDataFrame, crs: Crs) -> gpd.GeoDataFrame:
    """The same outlines in a system that no file format can declare."""
    outlines = shapely.transform(
        frame.geometry.to_numpy(),
        lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], crs=crs)),
    )
    return frame.set_geometry(gpd.GeoSeries(outlines, crs="EPSG:4326", index=frame.index))


def assert_same_place(found, expected_frame):
    """Same outlines to 2 cm, wherever a format lets its rings begin."""
    for code, outline in expected_frame.geometry.items():
        there = shapely.get_coordinates(found.frame.geometry[code])
        here = shapely.get_coordinates(outline)
        order_there, order_here = np.lexsort(there.round(5).T), np.lexsort(here.round(5).T)
        assert distance_m(*there[order_there].T, *here[order_here].T).max() < 0.02


@pytest.mark.parametrize(
    "name", ["own.parquet", "own.geojson", "own.gpkg", "own.shp", "own.shp.zip"]
)
def test_every_format_gives_the_same_districts(tmp_path, shipped, jining_file_frame, name):
    file = tmp_path / name
    if name.endswith("parquet"):
        jining_file_frame.to_parquet(file)
    else:
        jining_file_frame.to_file(file)
    own = read_boundaries(file, required=shipped.codes_in("370800"))
    assert own.codes == shipped.codes_in("370800")
    assert own.label("370811") == shipped.label("370811")
    assert own.label("370811", "en") == "Rencheng District, Jining"
    assert name in own.edition
    assert name in own.edition_en
    assert own.remarks == ()
    assert own.locate(*shipped.inner_point("370826")) == "370826"
    # Shapefiles wind their rings the other way, so compare shapes there and bytes elsewhere.
    if "shp" in name:
        assert all(own.frame.geometry[c].equals(shipped.frame.geometry[c]) for c in own.codes)
    else:
        outlines = [frame.loc[list(own.codes)].geometry for frame in (own.frame, shipped.frame)]
        one, other = (boundary_digest(own.codes, list(shapes)) for shapes in outlines)
        assert one == other


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
def test_shapefile_without_a_code_page(tmp_path, encoding):
    square_frame().to_file(tmp_path / "own.shp", encoding=encoding)
    (tmp_path / "own.cpg").unlink(missing_ok=True)
    dbf = tmp_path / "own.dbf"
    raw = bytearray(dbf.read_bytes())
    raw[29] = 0
    dbf.write_bytes(raw)
    assert read_boundaries(tmp_path / "own.shp").name("370811") == "任城区"


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_shifted_files_come_back_to_their_place(tmp_path, crs):
    file = tmp_path / "own.geojson"
    shifted(square_frame(), crs).to_file(file)
    own = read_boundaries(file, crs=str(crs))
    assert_same_place(own, square_frame().set_index("code"))
    assert shapely.coverage_is_valid(own.frame.geometry.to_numpy())


@pytest.mark.parametrize("epsg", [4490, 4548, 4527, 32650, 3857])
def test_declared_systems_are_followed(tmp_path, epsg):
    file = tmp_path / "own.gpkg"
    square_frame().to_crs(epsg).to_file(file)
    assert_same_place(read_boundaries(file), square_frame().set_index("code"))


def test_declared_and_given_may_say_the_same(tmp_path):
    file = tmp_path / "own.shp"
    square_frame().to_crs(4548).to_file(file)
    assert_same_place(read_boundaries(file, crs="EPSG:4548"), square_frame().set_index("code"))
    geojson = tmp_path / "own.geojson"
    square_frame().to_file(geojson)
    assert read_boundaries(geojson, crs="cgcs2000").has("370811")


def test_missing_crs_names_the_remedy(tmp_path):
    file = tmp_path / "own.shp"
    square_frame().to_file(file)
    file.with_suffix(".prj").unlink()
    with pytest.raises(CrsError, match=r"own\.shp declares no reference system.*WGS-84.*gcj02"):
        read_boundaries(file)
    assert read_boundaries(file, crs="wgs84").has("370811")


def test_contradicting_crs_names_both_sides(tmp_path):
    file = tmp_path / "own.gpkg"
    square_frame().to_crs(4548).to_file(file)
    with pytest.raises(CrsError, match=r"CGCS2000.*WGS 84"):
        read_boundaries(file, crs="wgs84")
    with pytest.raises(CrsError, match=r"CGCS2000.*gcj02"):
        read_boundaries(file, crs="gcj02")
    with pytest.raises(CrsError, match="xian80"):
        read_boundaries(file, crs="xian80")
    with pytest.raises(CrsError, match="EPSG:99999"):
        read_boundaries(file, crs="99999")


def test_swapped_degrees_are_noticed(tmp_path):
    file = tmp_path / "own.geojson"
    frame = square_frame()
    swapped = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    frame.set_geometry(gpd.GeoSeries(swapped, crs="EPSG:4326")).to_file(file)
    with pytest.raises(CrsError, match="swapped"):
        read_boundaries(file)


def test_columns_may_be_given(tmp_path):
    file = tmp_path / "own.parquet"
    frame = square_frame().rename(columns={"code": "编号", "name": "叫法"})
    frame.to_parquet(file)
    with pytest.raises(BoundaryError, match=r"编号.*give code_column"):
        read_boundaries(file)
    assert read_boundaries(file, code_column="编号", name_column="叫法").has("370812")


def test_numeric_and_statistical_codes(tmp_path):
    file = tmp_path / "own.parquet"
    square_frame(code=[370811000000, 370812000000]).to_parquet(file)
    assert read_boundaries(file).codes == ("370811", "370812")


def test_all_faults_come_in_one_error(tmp_path):
    file = tmp_path / "own.parquet"
    bow = shapely.Polygon([(117, 35), (117.2, 35.2), (117.2, 35), (117, 35.2)])
    frame = gpd.GeoDataFrame(
        {"code": ["370811", "370811", "x", "370832"], "name": ["甲", "乙", "丙", None]},
        geometry=[box(116.5, 35.3, 116.7, 35.5), bow, shapely.Point(116, 35), None],
        crs="EPSG:4326",
    )
    frame.to_parquet(file)
    with pytest.raises(BoundaryError) as caught:
        read_boundaries(file, required=["370811", "370826"])
    text = str(caught.value)
    for part in (
        "370811 again",
        "'x'",
        "row 3: no name",
        "not valid (Self-intersection",
        "row 2: a Point",
        "370832: no outline",
        "370826: needed by the plans",
        "7 fault(s)",
    ):
        assert part in text


def test_overlap_stops_and_sliver_is_remarked(tmp_path):
    file = tmp_path / "own.parquet"
    left, right = square_frame().geometry
    wide = square_frame().set_geometry([left, box(116.69, 35.3, 116.9, 35.5)], crs="EPSG:4326")
    wide.to_parquet(file)
    with pytest.raises(BoundaryError, match=r"370811 and 370812 overlap by 20\.\d+ km²"):
        read_boundaries(file)
    sliver = square_frame().set_geometry(
        [left, box(116.6999999, 35.3, 116.9, 35.5)], crs="EPSG:4326"
    )
    sliver.to_parquet(file)
    (remark,) = read_boundaries(file).remarks
    assert "sliver" in remark
    assert right.is_valid


def test_a_gap_is_remarked(tmp_path):
    file = tmp_path / "own.parquet"
    left, right = square_frame().geometry
    holed = left.difference(box(116.55, 35.35, 116.6, 35.4))
    square_frame().set_geometry([holed, right], crs="EPSG:4326").to_parquet(file)
    (remark,) = read_boundaries(file).remarks
    assert "gap" in remark


def test_unreadable_files_say_so(tmp_path):
    with pytest.raises(BoundaryError, match=r"no boundary file.*FENGTU_BOUNDARIES"):
        read_boundaries(tmp_path / "none.gpkg")
    (tmp_path / "own.dwg").write_bytes(b"x")
    with pytest.raises(BoundaryError, match=r"\.dwg"):
        read_boundaries(tmp_path / "own.dwg")
    (tmp_path / "own.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(BoundaryError, match="cannot be read"):
        read_boundaries(tmp_path / "own.geojson")
    (tmp_path / "own.parquet").write_bytes(b"x")
    with pytest.raises(BoundaryError, match="cannot be read"):
        read_boundaries(tmp_path / "own.parquet")


def test_control_characters_stay_at_the_door(tmp_path):
    file = tmp_path / "own.parquet"
    square_frame(name=["任城\x07区 ", "兖州区"]).to_parquet(file)
    assert read_boundaries(file).name("370811") == "任城区"


def test_active_districts_are_the_shipped_ones_by_default(shipped):
    assert active_districts().digest == shipped.digest
    assert active_districts() is active_districts()


def test_active_districts_follow_the_environment(tmp_path, monkeypatch):
    file = tmp_path / "own.geojson"
    shifted(square_frame(), Crs.GCJ02).to_file(file)
    monkeypatch.setenv(own_boundaries.PATH_VARIABLE, str(file))
    monkeypatch.setenv(own_boundaries.CRS_VARIABLE, "gcj02")
    own = active_districts()
    assert_same_place(own, square_frame().set_index("code"))
    assert active_districts() is own


def test_a_mended_name_is_another_edition(tmp_path, jining_file_frame):
    """The app keys its caches by the digest; it must notice a name that was put right."""
    mended = jining_file_frame.assign(XZQMC=jining_file_frame["XZQMC"] + "（改）")
    digests = set()
    for number, frame in enumerate((jining_file_frame, mended)):
        file = tmp_path / f"own{number}.geojson"
        frame.to_file(file, driver="GeoJSON")
        digests.add(read_boundaries(file).digest)
    assert len(digests) == 2
