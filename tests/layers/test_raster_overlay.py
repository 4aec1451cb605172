"""The message of a raster for the map: a file named by its content, its box, legend and credit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.rasters.library import find, rasters
from geo.rasters.overlay import ColourClass
from layers.raster_overlay import class_words, legend_text, with_raster, write_picture
from terms.errors import SetupError

HERE = (114.5, 34.2, 123.0, 38.6)
HEIGHT = find(rasters(), "height")


def test_the_picture_is_written_once_under_its_digest(tmp_path: Path) -> None:
    first = write_picture(HEIGHT, HERE, tmp_path)
    path = tmp_path / first.file
    before = path.stat().st_mtime_ns
    assert path.read_bytes().startswith(b"\x89PNG") and first.file.startswith("raster-")
    assert write_picture(HEIGHT, HERE, tmp_path) == first and path.stat().st_mtime_ns == before
    assert [each.name for each in tmp_path.iterdir()] == [first.file]


def test_only_the_newest_pictures_are_kept(tmp_path: Path) -> None:
    for number in range(16):
        (tmp_path / f"raster-{number:08x}.png").write_bytes(b"old")
    (tmp_path / "districts-0a.geojson").write_bytes(b"{}")
    made = write_picture(HEIGHT, HERE, tmp_path)
    left = {each.name for each in tmp_path.iterdir()}
    assert len(left) == 14 and {made.file, "districts-0a.geojson"} <= left


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(SetupError, match="FENGTU_HOME"):
        write_picture(HEIGHT, HERE, blocked / "served")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_message_has_legend_credit_and_its_token(tmp_path: Path, language: str) -> None:
    made = write_picture(HEIGHT, HERE, tmp_path)
    plain = {"words": {"edition": "E"}, "token": "t"}
    state = with_raster(plain, HEIGHT, made, address="../x.png", language=language)  # type: ignore[arg-type]
    told = state["raster"]
    assert (told["url"], told["unit"]) == ("../x.png", "m") and state["token"] != "t"
    assert told["bounds"] == pytest.approx([114.5, 34.2, 123, 38.6])
    assert HEIGHT.title_in(language) in state["words"]["edition"]  # type: ignore[arg-type]
    assert [colour for colour, _ in told["classes"]] == [each.colour for each in made.classes]
    assert HEIGHT.source in told["note"] and plain["words"] == {"edition": "E"}
    other = with_raster(plain, HEIGHT, replace(made, file="y"), address="../y.png", language="zh")
    assert other["token"] != state["token"]


def test_words_of_classes() -> None:
    classes = (
        ColourClass("#000000", None, 20.0),
        ColourClass("#000000", 20.0, 1500.0),
        ColourClass("#000000", 1500.0, None),
    )
    assert legend_text(classes, "zh") == "低于 20、20–1,500、1,500 及以上"
    assert class_words(ColourClass("#000000", 0.0, None), "en") == "0 and more"
    assert class_words(ColourClass("#000000", 50.0, 50.0), "zh") == "类别 50"
    assert class_words(ColourClass("#000000", None, None), "en") == "all"
