"""The message catalogue has no gaps: both languages whole, every key used, every used key there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from seeds.reading import UniqueKeyLoader
from terms.messages import CATALOGUE, catalogue

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("terms", "seeds", "geo", "store", "registry", "capacity", "layers", "commands", "views")
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
LETTERS = re.compile("[A-Za-z]{2,}")
# Chinese messages may hold no Chinese sign only where nothing but this is left of them.
CODES = {"MW", "WGS-84", "CGCS2000", "GeoJSON", "GeoPackage", "KML", "CSV", "XLSX", "PDF", "HTML"}
CODES |= {
    "MWh",
    "kV",
    "km",
    "kW",
    "GW",
    "MW/km",
    "OpenStreetMap",
    "Shapefile",
    "GeoParquet",
    "QGIS",
}
# English messages in which Chinese signs are meant: what a Chinese reader or file calls a thing.
CHINESE_IN_ENGLISH = {"app.name"}
# English says "entered" and leaves out what; Chinese names it.
ONE_SIDED = {"change.named_enough", "change.named_alone_enough"}

HANDED = re.compile(r"[a-z_]+\.")  # a constant such as "browse."
CALLS = {"t": 0, "text": 0}  # function → where its key stands
LABELS = {"lab": 0, "label": 0}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    files = [ROOT / "app.py", ROOT / "cli.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).rglob("*.py"))
    for path in files:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _pattern(node: ast.JoinedStr) -> str | None:
    """An f-string that begins like a key, as a pattern; the changing parts are groups."""
    parts = [
        re.escape(part.value) if isinstance(part, ast.Constant) else "([a-z_0-9]*)"
        for part in node.values
    ]
    start = node.values[0]
    is_key = isinstance(start, ast.Constant) and re.match(r"[a-z_]+\.[a-z_0-9]*$", str(start.value))
    return "".join(parts) if is_key else None


class Used:
    """What the code says: whole keys, patterns of keys, label kinds, and every short string."""

    def __init__(self) -> None:
        self.called: dict[str, str] = {}
        self.patterns: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.parts: set[str] = set()  # of f-strings that make a part of a key, such as open_{kind}
        self.strings: set[str] = set()
        self.handed: set[str] = set()  # kinds handed to the map's scripts as a whole
        scripts = sorted((ROOT / "views" / "web").glob("*.js"))
        found = "".join(path.read_text(encoding="utf-8") for path in scripts)
        self.script_words = set(re.findall(r"[a-z_0-9]+", found))
        self.script_starts = tuple(re.findall(r"`([a-z_]+_)\$\{", found))
        for path, tree in _trees():
            for node in ast.walk(tree):
                self._take(node, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")

    def _take(self, node: ast.AST, where: str) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if HANDED.fullmatch(node.value):
                self.handed.add(node.value[:-1])
            self.strings.update({node.value, node.value.lower(), *node.value.split()})
        elif isinstance(node, ast.keyword) and node.arg:
            self.strings.add(node.arg)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self.strings.add(node.target.id)  # a field, such as a column of the data
        elif isinstance(node, ast.JoinedStr):
            if pattern := _pattern(node):
                self.patterns[pattern] = where
            elif part := _part(node):
                self.parts.add(part)
        elif isinstance(node, ast.Call):
            self._call(node, where)

    def _call(self, node: ast.Call, where: str) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0] if node.args else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            return
        if name in CALLS:
            self.called[first.value] = where
        elif name in LABELS and len(node.args) > 1:
            self.kinds[first.value] = where

    def uses(self, key: str) -> bool:
        """Is the key written out, built by an f-string from parts in the code, or a label?"""
        kind, name = key.split(".", maxsplit=1)
        if key in self.strings:
            return True
        is_label = kind in self.kinds or kind in self.strings
        if is_label and (name == "none" or name in self.strings):
            return True
        if kind in self.handed:
            start = next((each for each in self.script_starts if name.startswith(each)), "")
            if name.removeprefix(start) in self.script_words:
                return True
        return any(
            all(self._says(part) for part in found)
            for pattern in self.patterns
            for found in [_groups(pattern, key)]
            if found is not None
        )

    def _says(self, part: str) -> bool:
        """Does the code say this part of a key, whole or put together?"""
        if part == "" or part in self.strings:
            return True
        found = (_groups(pattern, part) for pattern in self.parts)
        return any(each is not None and set(each) <= self.strings for each in found)


def _part(node: ast.JoinedStr) -> str | None:
    """An f-string of small letters that can be a part of a key, as a pattern."""
    words = [each.value for each in node.values if isinstance(each, ast.Constant)]
    if not words or not all(re.fullmatch(r"[a-z_]+", str(word)) for word in words):
        return None
    return "".join(
        str(each.value) if isinstance(each, ast.Constant) else "([a-z_0-9]+)"
        for each in node.values
    )


def _groups(pattern: str, key: str) -> tuple[str, ...] | None:
    found = re.fullmatch(pattern, key)
    return found.groups() if found else None


@pytest.fixture(scope="module")
def used() -> Used:
    """The code, read once."""
    return Used()


def _slots(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def _words(message: str) -> str:
    """A message without its slots."""
    return "".join(text for text, *_ in Formatter().parse(message))


def test_both_languages_are_whole() -> None:
    for key, pair in catalogue().items():
        assert pair["zh"].strip() and pair["en"].strip(), key
        assert "None" not in pair["zh"], f"{key}: quote the message, YAML read it as nothing"


def test_no_message_is_overwritten_by_a_later_line() -> None:
    for path in sorted(CATALOGUE.glob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeyLoader)


def test_each_message_is_a_pair_of_texts() -> None:
    """An unquoted comma makes three of two, an unquoted colon a mapping."""
    wrong = []
    for path in sorted(CATALOGUE.glob("*.yaml")):
        for prefix, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for name, pair in entries.items():
                is_pair = isinstance(pair, list) and len(pair) == 2
                if not is_pair or not all(isinstance(each, str) for each in pair):
                    wrong.append(f"{path.name}: {prefix}.{name}")
    assert not wrong, f"quote these: {wrong}"


def test_both_languages_take_the_same_values() -> None:
    wrong = [key for key, pair in catalogue().items() if _slots(pair["zh"]) != _slots(pair["en"])]
    assert not set(wrong) - ONE_SIDED


def test_chinese_is_chinese() -> None:
    wrong = {}
    for key, pair in catalogue().items():
        words = _words(pair["zh"])
        left = set(re.findall(r"[A-Za-z][A-Za-z0-9./-]*", words)) - CODES
        if left and not CHINESE.search(words):
            wrong[key] = pair["zh"]
    assert not wrong, "without a Chinese sign"


def test_english_has_no_chinese() -> None:
    wrong = {key: pair["en"] for key, pair in catalogue().items() if CHINESE.search(pair["en"])}
    assert not {key: words for key, words in wrong.items() if key not in CHINESE_IN_ENGLISH}


def test_every_key_of_the_code_is_there(used: Used) -> None:
    keys = catalogue()
    missing = {key: where for key, where in used.called.items() if key not in keys}
    assert not missing
    empty = {
        pattern: where
        for pattern, where in used.patterns.items()
        if pattern.split(r"\.")[0] in {key.split(".")[0] for key in keys}
        and not any(re.fullmatch(pattern, key) for key in keys)
    }
    assert not empty
    kinds = {key.split(".")[0] for key in keys}
    assert not {kind: where for kind, where in used.kinds.items() if kind not in kinds}


def test_every_message_is_used(used: Used) -> None:
    unused = [key for key in catalogue() if not used.uses(key)]
    assert not unused, f"no code says these: {unused}"
