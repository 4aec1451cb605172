"""`cli.py siting` as its users meet it: CSV, files by their ending, a recipe run from its file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rasterio
import shapely

import cli

FEW = ("--area", "370983", "--area", "370982", "--cell", "2000")


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, code: int = 0) -> str:
    """What the command writes: its output, or its sentence where it stops."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["siting", *arguments])
    done = capsysbinary.readouterr()
    assert stopped.value.code == code, done.err.decode()
    return (done.err if code else done.out).decode("utf-8")


def test_counties_come_in_order_as_csv(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out = run(capsysbinary, "subsidence_pv", *FEW, "--language", "en")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert [line["rank"] for line in lines] == ["1", "2"]
    assert {line["district"] for line in lines} == {"Feicheng City", "Xintai City"}
    assert all(float(line["indicative_mw_pv"]) > 0 for line in lines)


def test_a_recipe_runs_again_from_its_file(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    first = run(capsysbinary, "subsidence_pv", *FEW)
    file = tmp_path / "again.yaml"
    run(capsysbinary, "subsidence_pv", *FEW, "--out", str(file))
    assert run(capsysbinary, str(file)) == first


def test_files_are_made_by_their_ending(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    for name in ("a.tif", "a.gpkg", "a.csv"):
        run(capsysbinary, "subsidence_pv", *FEW, "--out", str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 300
    with rasterio.open(tmp_path / "a.tif") as file:
        assert file.tags()["RUN_DIGEST"]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_own_shapes_come_by_name(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "r.yaml"
    run(capsysbinary, "subsidence_pv", *FEW, "--out", str(file))
    red = "- {id: red, kind: polygons, source: 'own:red', drop: inside, title: 红线, title_en: Red}"
    text = file.read_text(encoding="utf-8").replace("exclusions:", f"exclusions:\n{red}", 1)
    file.write_text(text, encoding="utf-8")
    assert "own:red" in run(capsysbinary, str(file), code=1)
    shape = tmp_path / "red.geojson"
    shape.write_text(shapely.to_geojson(shapely.box(116, 35, 118, 37)), encoding="utf-8")
    lines = csv.DictReader(io.StringIO(run(capsysbinary, str(file), "--own", f"red={shape}")))
    assert {float(line["eligible_km2"]) for line in lines} == {0.0}


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("gold",), 2, "neither a file nor one of subsidence_pv"),
        (("pumped_storage", "--out", "x.docx"), 2, ".tif, .gpkg, .csv or .yaml"),
        (("pumped_storage", "--own", "red"), 2, "NAME=FILE"),
        (("pumped_storage", "--area", "123456"), 2, "123456"),
        (("pumped_storage", "--area", "370983", "--cell", "3"), 2, "cell_m"),
        (("pumped_storage", "--area", "370983", "--cell", "0"), 2, "cell_m"),
        (("pumped_storage", "--crs", "gcj02"), 2, "--crs goes with --own"),
        (("pumped_storage", "--own", f"red={__file__}"), 2, "no term of the recipe is on own:red"),
    ],
)
def test_bad_use_is_said(
    capsysbinary: pytest.CaptureFixture[bytes], arguments: tuple[str, ...], code: int, says: str
) -> None:
    assert says in run(capsysbinary, *arguments, code=code)
