"""`cli.py join` as its users meet it: a file in, one line per county out, faults in one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import pytest
from distributed import LocalCluster
from shapely import points

import cli
from geo.crs import from_wgs84
from geo.districts import Districts
from terms.columns import JOIN_COLUMNS


@pytest.fixture
def run(capfdbinary):
    """Run a command within this process; the exit code must be the one expected."""

    def command(*arguments: object, code: int = 0) -> tuple[str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        assert stopped.value.code == code, err.decode()
        return out.decode("utf-8"), err.decode("utf-8")

    return command


@pytest.fixture
def stations(districts: Districts, tmp_path: Path) -> Path:
    """Two stations in 肥城, one in 兖州, one at sea, one without coordinates; GCJ-02, GB 18030."""
    spots = [districts.inner_point(code) for code in ("370983", "370983", "370812")]
    lon, lat = from_wgs84(*zip(*spots, (123.5, 37.0), strict=True), crs="gcj02")
    cells = [f"站,{x},{y}" for x, y in zip(lon, lat, strict=True)]
    mw = ["100.5", "", "20", "7"]
    rows = [f"{cell},{value}" for cell, value in zip(cells, mw, strict=True)]
    path = tmp_path / "场站.csv"
    path.write_text("\n".join(["名称,经度,纬度,装机", *rows, "站,,,3", ""]), encoding="gb18030")
    return path


def test_a_line_for_each_county_and_two_for_the_rest(run, stations: Path) -> None:
    out, _ = run("join", stations, "--crs", "gcj02", "--sum", "装机")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert list(rows[0]) == [*JOIN_COLUMNS, "sum_装机", "missing_装机"]
    assert len(rows) == 136 + 2 and sum(int(row["points"]) for row in rows) == 5
    found = {row["code"]: row for row in rows if row["part"] == "inside" and row["points"] != "0"}
    assert found.keys() == {"370983", "370812"}
    feicheng = found["370983"]
    assert (feicheng["name"], feicheng["city"], feicheng["points"]) == ("肥城市", "泰安市", "2")
    assert (feicheng["sum_装机"], feicheng["missing_装机"]) == ("100.5", "1")
    assert [(row["part"], row["code"], row["points"], row["sum_装机"]) for row in rows[-2:]] == [
        ("outside", "", "1", "7"),
        ("invalid", "", "1", "3"),
    ]
    empty = next(row for row in rows if row["code"] == "370102")
    assert (empty["points"], empty["sum_装机"]) == ("0", "")


def test_by_city_in_english_as_json(run, stations: Path, tmp_path: Path) -> None:
    out = tmp_path / "city.json"
    options = ("--by", "city", "--language", "en", "--format", "json", "--out", out)
    run("join", stations, "--crs", "gcj02", *options)
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert len(rows) == 16 + 2 and rows[-1]["name"] == "no usable coordinates"
    assert {row["name"]: row["points"] for row in rows if row["points"]} == {
        "Tai'an": 2,
        "Jining": 1,
        "in no county": 1,
        "no usable coordinates": 1,
    }


def test_geoparquet_says_its_system_itself(run, districts: Districts, tmp_path: Path) -> None:
    path = tmp_path / "stations.parquet"
    spots = points([districts.inner_point(code) for code in districts.codes])
    gpd.GeoDataFrame({"n": 1}, index=range(136), geometry=spots, crs=4490).to_parquet(path)
    rows = json.loads(run("join", path, "--sum", "n", "--format", "json")[0])
    assert [(row["points"], row["sum_n"]) for row in rows[:-2]] == [(1, 1)] * 136


def test_a_dask_cluster_gives_the_same_bytes(run, stations: Path) -> None:
    with LocalCluster(
        n_workers=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as cluster:
        options = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
        out, err = run("join", stations, "--crs", "gcj02", "--sum", "装机", *options)
    assert out == run("join", stations, "--crs", "gcj02", "--sum", "装机")[0] and err == ""


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 2, "say one with --crs wgs84, cgcs2000, gcj02 or bd09"),
        (("--crs", "gcj-2"), 2, "gcj-2"),
        (("--crs", "gcj02", "--sum", "mw"), 2, "has 0 columns mw"),
        (("--crs", "gcj02", "--lon", "x"), 2, "has 0 columns x"),
        (("--crs", "gcj02", "--scheduler", "tcp://127.0.0.1:9"), 2, "--engine dask"),
        (("--crs", "gcj02", "--by", "plan"), 2, "plan"),
        (("--crs", "gcj02", "--sum", "名称"), 1, "row 1, column 名称: '站' is no number"),
    ],
)
def test_faults_are_one_line(run, stations: Path, options, code: int, words: str) -> None:
    out, err = run("join", stations, *options, code=code)
    assert out == "" and words in err and len(err.splitlines()) == 1


def test_a_file_that_is_not_there(run, tmp_path: Path) -> None:
    _, err = run("join", tmp_path / "no.csv", "--crs", "wgs84", code=2)
    assert "there is no file" in err and len(err.splitlines()) == 1
