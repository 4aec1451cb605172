"""The typeface: the simplified face of a collection, what the user names, one sentence if none."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from layers.pdf import typeface as module
from layers.pdf.typeface import Face, typeface
from terms.errors import SetupError
from terms.language import half

_SIGNS = "县市碳达峰项目简报未载，。；：（）《》、·"


def _font(path: Path, name: str, *, signs: str = _SIGNS, weight: int = 400) -> Path:
    """A font whose glyphs are all one box."""
    pen = TTGlyphPen(None)
    for move, point in (("moveTo", (0, 0)), ("lineTo", (0, 900)), ("lineTo", (900, 900))):
        getattr(pen, move)(point)
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", "space", *(f"uni{ord(sign):04X}" for sign in signs)]
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder(names)
    build.setupCharacterMap({32: "space"} | {ord(sign): f"uni{ord(sign):04X}" for sign in signs})
    build.setupGlyf(dict.fromkeys(names, box))
    build.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    build.setupHorizontalHeader(ascent=900, descent=-100)
    build.setupNameTable({"familyName": name, "styleName": "Regular", "fullName": name})
    build.setupOS2(usWeightClass=weight)
    build.setupPost()
    build.save(path)
    return path


def _only_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGTU_FONT", raising=False)
    monkeypatch.setattr(module, "_folders", lambda: (str(folder),))


def test_the_system_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGTU_FONT", raising=False)
    found = typeface()
    font = TTFont(found.regular.path, fontNumber=found.regular.number, lazy=True)
    assert ord("县") in font.getBestCmap()
    if "NotoSansCJK" in found.regular.path:
        assert "SC" in font["name"].getBestFullName() and found.has_bold


def test_windows_fonts_come_with_their_bold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only_in(tmp_path, monkeypatch)
    regular = _font(tmp_path / "Deng.ttf", "DengXian")
    bold = _font(tmp_path / "Dengb.ttf", "DengXian Bold", weight=700)
    _font(tmp_path / "simhei.ttf", "SimHei")
    found = typeface()
    assert (found.regular, found.bold) == (Face(str(regular)), Face(str(bold)))


def test_a_font_without_chinese_or_broken_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only_in(tmp_path, monkeypatch)
    _font(tmp_path / "Deng.ttf", "DengXian", signs="abc")
    (tmp_path / "msyh.ttf").write_bytes(b"no font")
    other = _font(tmp_path / "Some Other.ttf", "Other")
    found = typeface()
    assert found.regular == Face(str(other)) and not found.has_bold


def test_without_any_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only_in(tmp_path, monkeypatch)
    with pytest.raises(SetupError, match=r"fonts-noto-cjk.*FENGTU_FONT") as error:
        typeface()
    assert half(str(error.value), "zh").startswith("没有找到")
    assert half(str(error.value), "en").startswith("no Chinese font")
    assert "\n" not in str(error.value)


def test_the_user_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = _font(tmp_path / "bureau.ttf", "Bureau")
    monkeypatch.setenv("FENGTU_FONT", str(own))
    assert typeface().regular == Face(str(own))


@pytest.mark.parametrize("content", [None, b"no font", "abc"])
def test_a_file_that_cannot_serve_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | str | None
) -> None:
    path = tmp_path / "bad.ttf"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        _font(path, "Latin", signs=content)
    monkeypatch.setenv("FENGTU_FONT", str(path))
    with pytest.raises(SetupError, match=r"bad\.ttf.*TTC"):
        typeface()
