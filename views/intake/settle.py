"""Words that nobody knows and names that counties share, settled by a person for the whole file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.sheet import Sheet
from registry.intake.unsettled import SharedName, UnknownWord, shared_names, unknown_words
from registry.intake.values import IGNORED
from terms.kinds import LandMode, Status, Technology
from views import cache, selection
from views.intake import cache as intake_cache
from views.intake.draft import Draft, caption
from views.words import esc, lab, plain, t, unique_labels

_MOST = 30  # words or names that are offered; a file with more has another fault
_SHOWN = 40  # signs of a word
_LISTS = {"status": Status, "technology": Technology, "land_mode": LandMode}


def draw_settling(
    found: Sheet, kind: IntakeKind, mapping: FileMapping, start: FileMapping, draft: Draft
) -> FileMapping:
    """The mapping with the words and names that a person settled."""
    words = unknown_words(found, mapping) if kind is IntakeKind.PROJECTS else ()
    names = () if kind is IntakeKind.AREA else _names(found, mapping)
    if not words and not names:
        return mapping
    st.html(f"<h3>{esc(t('intake_page.settle'))}</h3>")
    caption(t("intake_page.settle_note"))
    values = {(field, word): key for field, word, key in start.values}
    choices = dict(start.choices)
    places = st.columns(2)
    for number, each in enumerate(words[:_MOST]):
        with places[number % 2]:
            key = _settled_word(each, values.get((each.field, each.word), ""), draft, number)
            values[each.field, each.word] = key
    for number, name in enumerate(names[:_MOST]):
        with places[number % 2]:
            choices[name.name] = _settled_name(name, choices.get(name.name, ""), draft, number)
    if (more := max(len(words), len(names)) - _MOST) > 0:
        caption(t("intake_page.more_words", count=more))
    return replace(
        mapping,
        values=tuple((field, word, key) for (field, word), key in values.items() if key),
        choices=tuple((name, code) for name, code in choices.items() if code),
    )


def _names(found: Sheet, mapping: FileMapping) -> tuple[SharedName, ...]:
    return shared_names(found, mapping, intake_cache.gazetteer())


def _settled_word(each: UnknownWord, start: str, draft: Draft, number: int) -> str:
    members = _LISTS[each.field]
    known = unique_labels(members, lambda key: lab(each.field, key))
    options = {"": t("intake_page.choose"), **known, IGNORED: t("intake_page.ignore")}
    label = t(
        "intake_page.word",
        field=t(f"intake_field.{each.field}"),
        word=_short(each.word),
        rows=each.rows,
    )
    return draft.select(plain(label), options, f"word-{each.field}-{number}", start=start)


def _settled_name(each: SharedName, start: str, draft: Draft, number: int) -> str:
    districts, language = cache.registry().districts, selection.current().language
    codes = each.candidates or districts.codes
    options = {"": t("intake_page.choose")}
    options |= {code: districts.label(code, language) for code in codes}
    label = t("intake_page.name", name=_short(each.name), rows=each.rows)
    return draft.select(plain(label), options, f"name-{number}", start=start)


def _short(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
