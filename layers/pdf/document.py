"""A printed document: A4 pages with running head and foot, text set in lines, visible gaps.

All lengths are millimetres, sizes of type points. Nothing is read as markup. A sign that the
typeface lacks is set as 〓 and named at the end, never left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from fpdf import FPDF
from fpdf.svg import SVGObject

from layers.pdf.lines import broken
from layers.pdf.typeface import typeface
from layers.pdf.words import Words
from layers.table import without_controls

Align = Literal["left", "right", "centre"]

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 16.0, 194.0, 14.0, 283.0
HEIGHT_OF_PAGE = BOTTOM - TOP - 8.0  # from the second page on
INK, SOFT, RULE, PALE = "#1b1f1e", "#59625f", "#b9c2be", "#eef1ef"
_MM_PER_PT = 25.4 / 72
_LEADING = 1.42
_MISSING = "〓"
# A Chinese typeface sets them as wide as a character; beside Latin letters they stand straight.
_WIDE_QUOTES = re.compile(r"(?<=[!-~])[“”‘’]|[“”‘’](?=[!-~])")
_FAMILY = "fengtu"
_INVISIBLE = {"Cf", "Co", "Cn"}
_SHOWN_GAPS = 12


class Document:
    """One document under way; `y` is where the next thing begins, `bottom` where a page ends.

    A document set again takes its typefaces from the one before (`again`): to read them is half of
    the time.
    """

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        day: date,
        marks: Sequence[str],
        again: Document | None = None,
    ) -> None:
        self.words, self.title, self.day, self.marks = words, title, day, tuple(marks)
        self.gaps: dict[str, None] = {}
        self._clean: dict[str, str] = {}
        self.drawings: dict[tuple[str, float], SVGObject] = {}
        self.bottom, self.y = BOTTOM, TOP
        self._floor = BOTTOM
        self.pdf = FPDF(format="A4", unit="mm")
        self._faces: dict[str, Any] = dict(again.pdf.fonts) if again else self._read_faces()
        if again:
            self.pdf.fonts.update(self._faces)
            self.pdf.pdf_version = again.pdf.pdf_version  # what the typefaces need, or more
        self._styles = ("", "B" if _FAMILY + "B" in self._faces else "")
        self._prepare()
        self.new_page()

    def _read_faces(self) -> dict[str, Any]:
        pdf, faces = self.pdf, typeface()
        pdf.add_font(_FAMILY, "", faces.regular.path, collection_font_number=faces.regular.number)
        if faces.has_bold:
            pdf.add_font(_FAMILY, "B", faces.bold.path, collection_font_number=faces.bold.number)
        for face in pdf.fonts.values():
            face.ttfont.recalcBBoxes = False  # measuring every glyph anew is half of the time
        return dict(pdf.fonts)

    def _prepare(self) -> None:
        pdf = self.pdf
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.alias_nb_pages("")  # a name may hold the usual sign for it
        pdf.set_title(self.clean(self.title))
        pdf.set_lang(self.words.either("zh-CN", "en"))
        pdf.set_creator(self.words.t("app.name"))
        pdf.set_subject(self.clean(self.words.join(self.marks)))
        # The same content on the same day makes the same file.
        pdf.set_creation_date(datetime.combine(self.day, time(), tzinfo=UTC))

    # -- pages

    @property
    def page(self) -> int:
        """The number of the page under way."""
        return int(self.pdf.page)

    def new_page(self) -> None:
        """Begin a page; from the second on it bears a running head."""
        self.pdf.add_page()
        self.bottom = self._floor = BOTTOM
        self.y = TOP
        if self.page > 1:
            self.line(LEFT, self.title, size=8, colour=SOFT)
            self.marks_at(RIGHT, self.y - 0.4, size=7)
            self.y += 5
            self.rule(self.y, colour=RULE)
            self.y += 3

    def need(self, height: float) -> bool:
        """Begin a new page unless so much room is left; tells whether it did."""
        if self.y + height <= self.bottom:
            return False
        self.new_page()
        return True

    def keep_free(self, height: float) -> None:
        """Keep the foot of this page free for what is set there later."""
        self.bottom = self._floor - height

    def output(self) -> bytes:
        """The finished file; feet and numbers are set now that the pages are counted."""
        for page in range(1, len(self.pdf.pages) + 1):
            self._foot(page, len(self.pdf.pages))
        return bytes(self.pdf.output())

    def _foot(self, page: int, pages: int) -> None:
        pdf = self.pdf
        pdf.page = page
        pdf.set_fill_color(255)
        for size in (1.0, 7.0):  # a change of size makes the page name its font anew
            pdf.set_font(_FAMILY, "", size)
        for colour, width in ((INK, 0.5), (RULE, 0.2)):  # likewise, or the page keeps its last
            self.rule(BOTTOM + 2.5, end=LEFT, width=width, colour=colour)
        self.rule(BOTTOM + 2.5, colour=RULE)
        at = BOTTOM + 4
        self.line(LEFT, self.words.t("brief.foot", day=self.words.day(self.day)), y=at, size=7,
                  colour=SOFT)  # fmt: skip
        number = self.words.t("brief.page", page=page, pages=pages)
        self.line(RIGHT, number, y=at, size=7, colour=SOFT, align="right")

    # -- text

    def clean(self, text: str) -> str:
        """Text as it can be set: no controls, no invisible signs, what the face lacks visible."""
        known = self._clean.get(text)
        if known is None:
            visible = without_controls(text)
            if self.words.language == "en":
                visible = _WIDE_QUOTES.sub(_straight, visible)
            known = self._clean[text] = "".join(map(self._sign, visible))
        return known

    def _sign(self, sign: str) -> str:
        if all(ord(sign) in face.cmap for face in self._faces.values()):
            return "" if unicodedata.category(sign) in _INVISIBLE else sign
        if unicodedata.category(sign) == "Cf":
            return ""
        if sign.isspace():
            return " "
        plain = unicodedata.decomposition(sign)
        if plain.startswith("<super>"):  # 10⁴ must not become 104
            return "^" + chr(int(plain.split()[1], 16))
        self.gaps[sign] = None
        return _MISSING

    def gap_note(self) -> str:
        """Which signs could not be set, if any."""
        if not self.gaps:
            return ""
        signs = [f"U+{ord(sign):04X}" for sign in self.gaps][:_SHOWN_GAPS]
        more = self.words.t("county.open_mark") if len(self.gaps) > _SHOWN_GAPS else ""
        return self.words.t("brief.gaps", signs=self.words.join(signs) + more)

    def set_type(self, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """Choose the type for what follows."""
        self.pdf.set_font(_FAMILY, self._styles[bold], size)
        self.pdf.set_text_color(colour)

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line is."""
        widths = self._faces[_FAMILY + self._styles[bold]].cw
        per_mille: float = sum(widths[ord(sign)] for sign in self.clean(text))
        return per_mille * size * _MM_PER_PT / 1000

    def lines(self, text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
        """A text in lines of a width."""
        widths, per = self._faces[_FAMILY + self._styles[bold]].cw, size * _MM_PER_PT / 1000
        cleaned = "\n".join(map(self.clean, text.split("\n")))
        return broken(cleaned, width, lambda part: per * sum(widths[ord(sign)] for sign in part))

    def line(
        self,
        x: float,
        text: str,
        *,
        y: float | None = None,
        size: float = 8.5,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        """Set one line with its top at `y`; `x` is its left end, right end or centre."""
        shown = self.clean(text)
        if not shown:
            return
        self.set_type(size, bold=bold, colour=colour)
        if align != "left":
            wide = self.width_of(shown, size, bold=bold)
            x -= wide if align == "right" else wide / 2
        top = self.y if y is None else y
        self.pdf.text(x, top + height_of_line(size) / 2 + 0.36 * size * _MM_PER_PT, shown)

    def block(
        self,
        text: str,
        *,
        x: float = LEFT,
        width: float = RIGHT - LEFT,
        size: float = 8.5,
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        """Set a paragraph at `y` and move `y` below it, over pages if it must."""
        for line in self.lines(text, width, size=size, bold=bold):
            self.need(height_of_line(size))
            self.line(x, line, size=size, bold=bold, colour=colour)
            self.y += height_of_line(size)

    def height_of(self, text: str, width: float, *, size: float, bold: bool = False) -> float:
        """How high a paragraph will be."""
        return len(self.lines(text, width, size=size, bold=bold)) * height_of_line(size)

    def heading(self, text: str, *, x: float = LEFT, keep: float = 18) -> None:
        """Set the heading of a part, kept with what follows."""
        self.need(keep)
        self.rect(x, self.y + 0.9, 1.1, 3.6, fill=INK)
        self.line(x + 2.6, text, size=10, bold=True)
        self.y += 6.2

    # -- shapes

    def symbol(self, svg: str, x: float, y: float, size: float) -> None:
        """Draw a symbol around its centre; each is parsed once a document.

        Not once for all: an SVGObject changes while it is drawn, and documents run in threads.
        """
        drawing = self.drawings.get((svg, size))
        if drawing is None:
            sized = svg.replace("<svg ", f'<svg width="{size}mm" height="{size}mm" ', 1)
            drawing = self.drawings[svg, size] = SVGObject(sized)
        drawing.draw_to_page(self.pdf, x - size / 2, y - size / 2)

    def rule(
        self,
        y: float,
        *,
        x: float = LEFT,
        end: float = RIGHT,
        width: float = 0.2,
        colour: str = INK,
    ) -> None:
        """Draw a horizontal rule."""
        self.pdf.set_draw_color(colour)
        self.pdf.set_line_width(width)
        self.pdf.line(x, y, end, y)

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str) -> None:
        """Fill a rectangle."""
        self.pdf.set_fill_color(fill)
        self.pdf.rect(x, y, width, height, style="F")
        self.pdf.set_fill_color(255)

    def frame(self, x: float, y: float, width: float, height: float, *, colour: str = INK) -> None:
        """Draw a thin frame."""
        self.pdf.set_draw_color(colour)
        self.pdf.set_line_width(0.25)
        self.pdf.rect(x, y, width, height, style="D")

    def marks_at(self, right: float, y: float, *, size: float = 8) -> float:
        """Set the marks (working sketch, draft) in frames, right-aligned; returns their left."""
        high = height_of_line(size) + 0.6
        for mark in reversed(self.marks):
            wide = self.width_of(mark, size, bold=True) + 3
            right -= wide
            self.frame(right, y, wide, high)
            self.line(right + 1.5, mark, y=y + 0.3, size=size, bold=True)
            right -= 1.5
        return right


def _straight(found: re.Match[str]) -> str:
    return '"' if found.group() in "“”" else "'"


def height_of_line(size: float) -> float:
    """The distance from line to line."""
    return size * _MM_PER_PT * _LEADING
