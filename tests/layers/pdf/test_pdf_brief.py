"""The briefs: the page's own figures, honest gaps, text to copy, nothing off the page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from printed import bare, outside, pages_of, text_of

import cli
from capacity.check import Rules, check
from layers.check_words import rule_text
from layers.county_lines import Counting
from layers.county_sheet import county_sheet
from layers.county_table import plan_tables
from layers.pdf.brief import brief_name, brief_pdf
from layers.pdf.words import Words
from registry.registry import Registry
from terms.errors import DistrictError
from terms.language import Language
from terms.records import Project
from terms.units import PowerUnit

DAY = date(2026, 11, 21)
RULES = Rules(DAY)


@cache
def _brief(registry: Registry, place: str, language: Language = "zh") -> bytes:
    return brief_pdf(registry, place, rules=RULES, language=language, unit=PowerUnit.MW)


@pytest.mark.parametrize("code", ["370983", "370811", "371603", "370102"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_county_has_the_figures_of_its_sheet(
    registry: Registry, code: str, language: Language
) -> None:
    sheet = county_sheet(registry, Counting(), code)
    words = Words(registry, language, PowerUnit.MW)
    data = _brief(registry, code, language)
    text = text_of(data)
    assert sheet.line
    for technology, cell in sheet.line.cells.items():
        if cell.located_w:
            label = words.lab("technology", technology)
            assert bare(f"{label}{words.number(cell.located_w)}") in text
    for each in sheet.rows:
        assert bare(words.name(each.row)) in text
        if each.counted_w:
            assert words.number(each.counted_w) in text
        assert bare(each.row.capacity_printed) in text
    assert not outside(data)


def test_the_figures_are_those_of_the_command_line(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["districts", "--district", "370983", "--format", "json"])
    lines = json.loads(capsys.readouterr().out, parse_float=Decimal)
    text = text_of(_brief(registry, "370983"))
    words = Words(registry, "zh", PowerUnit.MW)
    located = [line for line in lines if line["located_mw"]]
    assert located
    for line in located:
        assert f"{words.lab('technology', line['technology'])}{line['located_mw']:,}" in text


@pytest.mark.parametrize("plan", ["jining", "zaozhuang", "taian", "binzhou"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_city_has_its_table_and_its_check(
    registry: Registry, plan: str, language: Language
) -> None:
    words = Words(registry, language, PowerUnit.MW)
    data = _brief(registry, plan, language)
    text = text_of(data)
    (table,) = plan_tables(registry, Counting(), plans=[plan])
    for technology in table.technologies:
        total = table.total.cell(technology)
        if total.watts:
            label = bare(words.lab("technology", technology))
            assert f"{label}{words.number(total.watts)}" in text
    for line in table.counties:
        assert bare(words.district(line.code)) in text
    for result in check(registry, RULES):
        if result.target.plan == plan:
            assert bare(rule_text(result, language, words.amount(result))) in text
            assert bare(words.lab("verdict", result.verdict)) in text
    for row in registry.projects:
        if row.plan == plan:
            assert bare(words.name(row)) in text
    assert not outside(data)


def test_city_codes_and_plans_are_the_same_place(registry: Registry) -> None:
    assert _brief(registry, "370900") == _brief(registry, "taian")
    assert _brief(registry, "370102") == _brief(registry, "lixia")
    assert brief_name(registry, "taian", day=DAY) == "fengtu-brief-370900-2026-11-21.pdf"


def test_a_draft_says_so_on_each_page(registry: Registry) -> None:
    for page in pages_of(_brief(registry, "370102")):
        assert "征求意见稿" in page and "内部工作示意图" in page
    english = text_of(_brief(registry, "370102", "en"))
    assert "consultationdraft" in english and "Internalworkingsketch" in english
    assert "章丘余热长输管网" in text_of(_brief(registry, "370102"))  # its row outside is named


def test_what_is_shared_is_said_and_not_split(registry: Registry) -> None:
    text = text_of(_brief(registry, "371603"))
    assert "13,180" in text and "跨县共列，未分" in text and "跨县规模不分摊" in text
    split = brief_pdf(registry, "371603", rules=RULES, counting=Counting("equal"))
    assert "示意" in text_of(split) and "均分" in text_of(split)


def test_memberships_follow_the_rules(registry: Registry) -> None:
    other = text_of(brief_pdf(registry, "371603", rules=replace(RULES, inferred=False)))
    assert "推定的从属关系按不成立计" in other


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_county_without_rows_or_plan_is_honest(registry: Registry, language: Language) -> None:
    code = "370902"
    others = tuple(row for row in registry.projects if code not in row.district_codes)
    pages = pages_of(_brief(replace(registry, projects=others), code, language))
    assert len(pages) == 1
    assert ("没有列出" if language == "zh" else "names this county") in pages[0]
    beyond = pages_of(_brief(registry, "370202", language))
    assert ("不在所收方案" if language == "zh" else "Outside the plans") in beyond[0]


@pytest.mark.parametrize("code", ["370112", "370614", "371082", "371725"])
def test_any_county_can_be_printed(registry: Registry, code: str) -> None:
    """All codes go the same way (136 of 136 by hand): inland and coastal, large and small."""
    data = _brief(registry, code)
    assert bare(registry.districts.name(code)) in text_of(data) and not outside(data)


def test_a_county_stands_on_one_page_where_it_can(registry: Registry) -> None:
    """The largest sheets of the plans' counties: 17, 11 and 15 rows."""
    assert len(pages_of(_brief(registry, "370983"))) == 1
    assert len(pages_of(_brief(registry, "371603"))) == 1
    assert len(pages_of(_brief(registry, "371623"))) == 2


def test_an_unknown_place_is_one_sentence(registry: Registry) -> None:
    with pytest.raises(DistrictError, match="370299") as error:
        _brief(registry, "370299")
    assert "taian (370900)" in str(error.value) and "\n" not in str(error.value)


def test_a_file_is_tens_of_kilobytes(registry: Registry) -> None:
    """A subset of the font, whatever the pages: all of it would be megabytes."""
    for place, most in (("370983", 150_000), ("taian", 300_000)):
        data = _brief(registry, place)
        assert len(data) < most
        assert b"/FontFile" in data


def test_the_same_day_makes_the_same_file(registry: Registry) -> None:
    again = brief_pdf(registry, "370811", rules=RULES, unit=PowerUnit.MW)
    assert _brief(registry, "370811") == again


_HOSTILE = (
    "**粗** [x](http://a) <b>& ${1} {nb}",
    "控\x00制\x1b符\u202e反",
    "很长的名称" * 400,
    "مشروع الطاقة الشمسية",
    "😀 𠮷 〇",
    "W" * 900,
)


def _with(registry: Registry, row: Project) -> Registry:
    rows = tuple(row if each.id == row.id else each for each in registry.projects)
    return replace(registry, projects=rows)


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_names_stay_text_on_the_page(registry: Registry, name: str) -> None:
    first = county_sheet(registry, Counting(), "370811").rows[0].row
    hostile = _with(registry, replace(first, name=name, owner=name, source_item=name))
    data = _brief(hostile, "370811")
    assert not outside(data)
    text = text_of(data)
    assert "\x00" not in text and "\u202e" not in text
    if name.startswith("**"):
        assert bare("**粗**[x](http://a)<b>&${1}{nb}") in text
    if "مشروع" in name or "😀" in name:
        assert "〓" in text and "U+" in text
