"""The printed list: every row, its filter, what is known and not stated, marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from printed import bare, outside, pages_of, text_of

from capacity.ledger import ledger
from capacity.picked import nests, subtotals
from layers.filter_words import filter_words
from layers.pdf.facts import facts_of
from layers.pdf.shortlist import MOST_DETAILED, list_name, shortlist_pdf
from layers.pdf.words import Words
from layers.shortlist_file import nest_words
from registry.registry import Registry
from registry.select import select, unstated
from terms.language import Language
from terms.messages import text
from terms.selection import Selection
from terms.units import PowerUnit

DAY = date(2026, 11, 21)
CHOSEN = Selection(layers=("pv", "subsidence_pv"), districts=("370983", "370982"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_row_stands_with_its_facts(registry: Registry, language: Language) -> None:
    rows = select(registry, CHOSEN)
    data = shortlist_pdf(
        registry, rows, selection=CHOSEN, extract_date=DAY, language=language, unit=PowerUnit.MW
    )
    text, words = text_of(data), Words(registry, language, PowerUnit.MW)
    entries = ledger(registry)
    assert len(rows) > 3
    for row in rows:
        assert text.count(bare(words.name(row))) >= 2  # in the table and over its block
        for key, value in facts_of(words, row, entries[row.id]):
            assert bare(value or words.t("word.not_stated")) in text, key
    assert not outside(data)


def test_the_filter_and_the_date_stand_at_the_head(registry: Registry) -> None:
    rows = select(registry, CHOSEN)
    first = bare(pages_of(shortlist_pdf(registry, rows, selection=CHOSEN, extract_date=DAY))[0])
    for said in (
        "集中式光伏",
        "泰安市·肥城市",
        "2026年11月21日",
        f"{len(rows)}项",
        "内部工作示意图",
    ):
        assert said in first


def test_what_is_not_stated_is_said(registry: Registry) -> None:
    row = next(r for r in registry.projects if r.technology and r.capacity_mw is None)
    text = text_of(shortlist_pdf(registry, [row], selection=Selection(), extract_date=DAY))
    assert "方案未载" in text and "未载规模，无可计入" in text


def test_a_draft_row_marks_the_list(registry: Registry) -> None:
    rows = [row for row in registry.projects if row.plan == "lixia"]
    selection = Selection(plans=("lixia",))
    for page in pages_of(shortlist_pdf(registry, rows, selection=selection, extract_date=DAY)):
        assert "征求意见稿" in page


def test_rows_keep_the_order_that_is_given(registry: Registry) -> None:
    rows = select(registry, CHOSEN)[::-1]
    text = text_of(shortlist_pdf(registry, rows, selection=CHOSEN, extract_date=DAY, details=False))
    places = [text.index(f"{n}{bare(row.name)}") for n, row in enumerate(rows, start=1)]
    assert places == sorted(places)


def test_a_long_list_is_a_plain_table(registry: Registry) -> None:
    base = registry.by_id["taian-pv-base-02"]
    extra = [replace(base, name=f"第{n}项", part_of="") for n in range(MOST_DETAILED + 1)]
    data = shortlist_pdf(registry, extra, selection=Selection(), extract_date=DAY)
    text = text_of(data)
    assert "不附逐项说明" in text and "逐项说明1." not in text
    assert all(f"第{n}项" in text for n in range(MOST_DETAILED + 1))


def test_an_empty_list_is_a_page(registry: Registry) -> None:
    (page,) = pages_of(shortlist_pdf(registry, [], selection=CHOSEN, extract_date=DAY))
    assert "没有符合条件的项目" in page


def test_a_hostile_search_stays_text(registry: Registry) -> None:
    selection = Selection(words="<b>![i](http://x)</b> \u202e" + "长" * 3000)
    row = registry.projects[0]
    data = shortlist_pdf(registry, [row], selection=selection, extract_date=DAY)
    assert "<b>![i](http://x)</b>" in text_of(data) and not outside(data)


def test_a_file_name_says_what_and_when() -> None:
    assert list_name("shortlist", day=DAY) == "fengtu-shortlist-2026-11-21.pdf"


def test_a_picked_list_names_no_filter_and_counts_nests_once(registry: Registry) -> None:
    parent = registry.by_id["taian-pv-base-01"]
    rows = [parent, *registry.members[parent.id]]
    selection = Selection(layers=("wind",), shortlist=tuple(row.id for row in rows))
    link = "http://localhost:8501/projects?shortlist=" + ",".join(selection.shortlist)
    text = text_of(shortlist_pdf(registry, rows, selection=selection, extract_date=DAY, link=link))
    assert "不受筛选影响" in text and "风电" not in text and link in text
    (nest,) = nests(registry, rows)
    assert bare(nest_words(registry, nest, "zh")) in text


@pytest.mark.parametrize("inferred", [True, False])
def test_the_sums_are_those_of_the_page(registry: Registry, inferred: bool) -> None:
    selection = Selection(plans=("binzhou",), inferred=inferred, unit=PowerUnit.MW)
    rows = select(registry, selection)
    data = shortlist_pdf(registry, rows, selection=selection, extract_date=DAY, details=False)
    text, words = text_of(data), Words(registry, "zh", PowerUnit.MW)
    sums = [each for each in subtotals(registry, rows, inferred=inferred) if each.counted_w]
    assert sums
    for each in sums:
        label = words.lab("technology", each.technology)
        assert f"滨州市{label}{words.number(each.counted_w)}" in text


def test_quotes_stand_straight_beside_latin_letters(registry: Registry) -> None:
    row = replace(registry.by_id["taian-pv-base-02"], name_en="Shi's “new” plant", owner="“甲”公司")
    data = shortlist_pdf(
        registry, [row], selection=Selection(), extract_date=DAY, language="en", details=False
    )
    (page,) = pages_of(data)
    assert 'Shi\'s "new" plant' in page and "“甲”公司" in page


def test_a_list_says_its_filter_and_how_it_may_be_used(registry: Registry) -> None:
    chosen = Selection(area="370983", precisions=("township",), technologies=("pv",), min_mw=100)
    rows = select(registry, chosen)
    printed = text_of(
        shortlist_pdf(registry, rows, selection=chosen, extract_date=DAY, kind="selection")
    )
    for words in (filter_words(registry, chosen), text("export.licence", "zh")):
        assert bare(words) in printed
    left_out = unstated(registry, chosen)
    assert left_out and bare(text("filter.mw_unstated", "zh", count=left_out)) in printed


def test_an_empty_selection_was_not_picked(registry: Registry) -> None:
    chosen = Selection(words="没有这样的项目")
    printed = text_of(
        shortlist_pdf(registry, (), selection=chosen, extract_date=DAY, kind="selection")
    )
    assert "没有这样的项目" in printed and "逐项挑选" not in printed
