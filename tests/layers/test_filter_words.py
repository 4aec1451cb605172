"""The filter in words: every field that narrows is said, in both languages, in every file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from layers.exports.extract import extract_of
from layers.exports.formats import write
from layers.exports.notes import notes
from layers.filter_words import SAID, filter_words
from registry.registry import Registry
from terms.kinds import Layer
from terms.language import Language
from terms.selection import NARROWING, Selection

DAY = date(2026, 1, 2)
VALUES: dict[str, tuple[Any, str, str]] = {
    "plans": (("taian", "lixia"), "历下区（征求意见稿）", "consultation draft"),
    "layers": (("pumped_storage",), "抽水蓄能", "umped"),
    "technologies": (("compressed_air_storage",), "压缩空气储能", "ompressed"),
    "area": ("370983", "泰安市·肥城市", "Feicheng"),
    "districts": (("370983", "370923"), "东平县", "Dongping"),
    "land_modes": (("none", "fishery"), "方案未载", "not stated"),
    "statuses": (("construction",), "在建", "onstruction"),
    "precisions": (("township",), "乡镇", "ownship"),
    "owner": ("unnamed", "未载明", "Not named"),
    "min_mw": (100, "不小于 10 万千瓦", "10 ×10⁴ kW or more"),
    "words": ("华电", "华电", "华电"),
}


@pytest.mark.parametrize("field", NARROWING)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_that_narrows_is_said(
    registry: Registry, field: str, language: Language
) -> None:
    value, chinese, english = VALUES[field]
    selection = replace(Selection(language=language), **{field: value})
    assert selection.narrowed_by() == (field,)
    nothing = filter_words(registry, Selection(language=language))
    for said in (filter_words(registry, selection), filter_words(registry, selection, most=6)):
        assert said != nothing
        assert (chinese if language == "zh" else english) in said, said


def test_nothing_is_said_that_does_not_narrow() -> None:
    assert tuple(SAID) == NARROWING


def test_a_file_names_every_value_and_a_print_counts_many(registry: Registry) -> None:
    chosen = Selection(layers=tuple(layer.value for layer in Layer)[:12])
    whole = filter_words(registry, chosen)
    assert whole.count("、") == 11 and "加氢站" in whole and "煤电" not in whole
    assert filter_words(registry, chosen, most=6) == "图层：12 种"


@pytest.mark.parametrize("field", NARROWING)
def test_files_keep_the_filter_for_people_and_machines(registry: Registry, field: str) -> None:
    selection = replace(Selection(), **{field: VALUES[field][0]})
    extract = extract_of(registry, selection, day=DAY)
    words = VALUES[field][1]
    assert field in extract.head["filter"] and words in extract.head["filter_words"]
    said = notes(extract)
    assert any(words in content for _, content in said)
    assert any(f'"{field}"' in content for _, content in said)
    for key in ("geojson", "kml", "html"):
        assert words in write(extract, key).decode("utf-8"), key


def test_rows_left_out_for_want_of_a_figure_are_told(registry: Registry) -> None:
    extract = extract_of(registry, Selection(plans=("taian",), min_mw=100), day=DAY)
    assert any("方案未载规模，因规模筛选未列出" in content for _, content in notes(extract))
