"""A document cut into the clauses that the registry's locators name.

A locator is `三（一）2` for body text, `专栏1 1.（1）` for an item of a sidebar, `preamble` for
what stands before the first heading, `colophon` for the distribution list at the end. Headings must
follow in order, so that a line which merely begins with a number opens no clause, be
it `2030 年` or `5.4万千瓦`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"

_NUMERALS = "一二三四五六七八九十"
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_MARKDOWN = re.compile(r"^[\s#*-]+")
_PART = re.compile(rf"^([{_NUMERALS}])、")
_SECTION = re.compile(rf"^\(([{_NUMERALS}]|\d)\)")
_ITEM = re.compile(r"^(\d{1,2})\.(?!\d)")
_SIDEBAR = re.compile(r"^专栏(\d):?")
_TITLED_ITEM = re.compile(r"^(\w{2,4}项目)。")
_SUBITEM = re.compile(r"\((\d)\)")


@dataclass(frozen=True)
class Clause:
    """One clause: its locator, and its text without spaces in half-width signs."""

    locator: str
    text: str


def plain(text: str) -> str:
    """Text without white space, full-width signs and digits as half-width ones (NFKC)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def covers(locator: str, clause: str) -> bool:
    """Whether a locator names a clause: the clause itself or, in a sidebar, what it contains.

    A body locator names its own clause only: `三（三）` is not `三（三）1`.
    """
    if locator == clause:
        return True
    inside = clause.startswith((f"{locator} ", f"{locator}.（"))
    return locator.startswith("专栏") and inside


def read_clauses(document: str) -> tuple[Clause, ...]:
    """The clauses of a document in order, joined over line ends; empty ones are left out."""
    cutter = _Cutter()
    for line in _BOOKMARK.sub("", document).splitlines():
        cutter.read(_MARKDOWN.sub("", plain(line)).replace("**", ""))
    clauses = (Clause(locator, "".join(lines)) for locator, lines in cutter.found)
    return tuple(part for clause in clauses for part in _subitems(clause) if part.text)


@dataclass
class _Cutter:
    """Where the reading stands: the last part, section, item, sidebar and group within it."""

    part: int = 0
    section: int = 0
    item: int = 0
    sidebar: int = 0
    sidebar_open: bool = False
    group: str = ""
    found: list[tuple[str, list[str]]] = field(default_factory=lambda: [("preamble", [])])

    def read(self, line: str) -> None:
        """Add one line to the clause it opens or continues."""
        rest = self._heading(line)
        if rest is None:
            self.found[-1][1].append(line)
        else:
            self.found.append((self._locator(line), [rest]))

    def _heading(self, line: str) -> str | None:
        """The rest of a line that opens a clause, else None; moves the position."""
        if line.startswith("抄送:"):
            self.part = -1
            return line
        if match := _SIDEBAR.match(line):
            self.sidebar, self.sidebar_open = int(match[1]), True
            self.item, self.group = 0, ""
            return line[match.end() :]
        if (match := _PART.match(line)) and _number(match[1]) == self.part + 1:
            self.part, self.section, self.item, self.sidebar_open = self.part + 1, 0, 0, False
            return line[match.end() :]
        if match := _SECTION.match(line):
            return self._section_heading(match, line)
        if self.sidebar_open and (match := _PART.match(line)):
            self.group, self.item = match[1], 0
            return line[match.end() :]
        if self.sidebar_open and (match := _TITLED_ITEM.match(line)):
            self.group, self.item = match[1], 0
            return line[match.end() :]
        if (match := _ITEM.match(line)) and int(match[1]) == self.item + 1:
            self.item += 1
            return line[match.end() :]
        return None

    def _section_heading(self, match: re.Match[str], line: str) -> str | None:
        """A section in order; `（2）` stands for 二 in one document, but never in a sidebar."""
        is_digit = match[1].isdigit()
        if _number(match[1]) != self.section + 1 or (is_digit and self.sidebar_open):
            return None
        self.section, self.item, self.sidebar_open = self.section + 1, 0, False
        return line[match.end() :]

    def _locator(self, line: str) -> str:
        if self.part < 0:
            return "colophon"
        item = str(self.item or "")
        if self.sidebar_open:
            return f"专栏{self.sidebar} {self.group}{item}".strip()
        section = f"（{_NUMERALS[self.section - 1]}）" if self.section else ""
        return f"{_NUMERALS[self.part - 1]}{section}{item}"


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else _NUMERALS.index(numeral) + 1


def _subitems(clause: Clause) -> Iterator[Clause]:
    """A sidebar's item cut at its `（1）`, `（2）`; any other clause as it is."""
    if not clause.locator.startswith("专栏"):
        yield clause
        return
    head, *rest = _SUBITEM.split(clause.text)
    yield Clause(clause.locator, head)
    for number, text in zip(rest[::2], rest[1::2], strict=True):
        yield Clause(f"{clause.locator}.（{number}）", text)
