"""`cli.py zonal` as its users meet it: the numbers of exactextract, and bad use in one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from exactextract import exact_extract

import cli
from geo.districts import Districts
from geo.rasters.library import SHIPPED
from registry.own_rasters import Told, add_raster
from store.home import rasters_path
from terms.kinds import RasterKind
from tests.commands.test_cli import _csv
from tests.geo.rasters.builders import bumpy, geotiff
from tests.keeping import person


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> bytes:
    """What the command writes: its output, or its sentence where it stops."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["zonal", *arguments])
    done = capsysbinary.readouterr()
    assert stopped.value.code == code, done.err.decode()
    return done.err if code else done.out


def test_the_numbers_are_those_of_exactextract(
    capsysbinary: pytest.CaptureFixture[bytes], districts: Districts
) -> None:
    rows = _csv(run(capsysbinary, "height"))
    frame = districts.frame.reset_index(drop=True)[["code", "geometry"]]
    by_hand = exact_extract(
        str(SHIPPED / "height.tif"), frame, ["mean", "count"], include_cols="code", output="pandas"
    )
    assert [row["district_code"] for row in rows] == list(by_hand["code"])
    assert [float(row["mean"]) for row in rows] == list(by_hand["mean"])
    assert [float(row["count"]) for row in rows] == list(by_hand["count"])


def test_a_plan_its_statistics_and_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    raw = run(
        capsysbinary,
        "irradiation",
        "--city",
        "taian",
        "--stats",
        "p10,p90",
        "--stats",
        "mean",
        "--format",
        "json",
    )
    rows = json.loads(raw)
    assert len(rows) == 6 and {row["city"] for row in rows} == {"泰安市"}
    names = ["district_code", "district", "city", "p10", "p90", "mean", "coverage"]
    assert all(list(row) == names and row["p10"] < row["mean"] < row["p90"] for row in rows)


def test_a_path_and_an_own_raster(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path = geotiff(tmp_path / "two.tif", np.stack([bumpy(), bumpy() + 1000]))
    one = ("--district", "370983")
    first, second = (
        _csv(run(capsysbinary, str(path), "--band", band, *one))[0] for band in ("1", "2")
    )
    assert float(second["mean"]) == pytest.approx(float(first["mean"]) + 1000, rel=1e-3)
    own = add_raster(
        person(),
        rasters_path(),
        Told("高程", RasterKind.HEIGHT, "m"),
        geotiff(path, bumpy()).read_bytes(),
    )
    assert _csv(run(capsysbinary, own.id, *one))[0]["mean"] == first["mean"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("nothing.tif",), 2, "neither a file nor a raster; rasters: height, irradiation"),
        (("height", "--stats", "middle"), 2, "there is no statistic middle"),
        (("height", "--band", "2"), 2, "height has its band already"),
        (("height", "--city", "jinan"), 2, "--city jinan: unknown"),
        (("{folder}/words.tif",), 1, "no sound GeoTIFF"),
        (("{folder}/bands.tif",), 1, "say which one to take"),
        (("{folder}/bands.tif", "--band", "9"), 1, "there is no band 9"),
    ],
)
def test_refused_in_one_line(
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    arguments: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    (tmp_path / "words.tif").write_text("no raster", encoding="utf-8")
    geotiff(tmp_path / "bands.tif", np.stack([bumpy()] * 2))
    told = run(capsysbinary, *(each.format(folder=tmp_path) for each in arguments), code=code)
    assert says in told.decode() and len(told.decode().strip().splitlines()) == 1


def test_public_mode_knows_no_raster_of_the_house(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = geotiff(tmp_path / "a.tif", bumpy()).read_bytes()
    own = add_raster(person(), rasters_path(), Told("高程", RasterKind.HEIGHT, "m"), data)
    monkeypatch.setenv("FENGTU_MODE", "public")
    told = run(capsysbinary, own.id, code=2).decode()
    assert "neither a file nor a raster; rasters: height, irradiation" in told
