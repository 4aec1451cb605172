"""What users added to a project, a target or a county, as the panel and the sheet say it."""

from __future__ import annotations

from layers.own_words import own_word
from registry.own import USER, origin_words
from registry.own_excess import excess_of
from registry.registry import Registry
from terms.kinds import Relation
from terms.own_records import OwnProject, Position
from terms.records import Project
from views import cache, cache_store, selection
from views.detail.parts import Pair, facts
from views.place.words import entered_words, signed
from views.words import esc, lab, t


def own_mark() -> str:
    """The mark of a user's own row, beside its name."""
    return f'<em class="fg-draft">{esc(t("own.mark"))}</em>'


def row_mark(row: Project) -> str:
    """The mark of a user's row in a list; empty for a plan's."""
    return t("own.mark") if row.plan == USER else ""


def code_word(row: Project, column: str, code: str) -> str:
    """What a code means: no plan says what a user's row says."""
    return own_word(row.plan, column, code, selection.current().language) or lab(column, code)


def own_facts(registry: Registry, row: Project) -> str:
    """How a user's row stands to the plans, where it comes from, who placed it; and the remarks."""
    pairs: list[Pair] = []
    if own := registry.own.by_id.get(row.id):
        pairs.append(("relation", _relation(registry, own)))
        if too_large := excess_words(registry, own):
            pairs.append(("check", too_large))
        pairs.append(("origin", own.source))
        where = origin_words(own.source_row, selection.current().language)
        pairs += [("origin_row", where)] if where else []
    if placed := _position(registry, row):
        pairs.append(("placed", _placed(placed)))
    pairs += notes_on(registry, row.id)
    return facts("part", pairs, words="own") if pairs else ""


def excess_words(registry: Registry, own: OwnProject) -> str:
    """That a row is larger than the one that holds it; empty where it is not."""
    chosen, found = selection.current(), excess_of(own, registry.by_id)
    return found.words(chosen.language, chosen.unit) if found else ""


def own_notes(registry: Registry, subject: str) -> str:
    """The remarks on a target or a county."""
    pairs = notes_on(registry, subject)
    return facts("part", pairs, words="own") if pairs else ""


def notes_on(registry: Registry, subject: str) -> list[Pair]:
    """The remarks on one thing."""
    return [("note", text) for text in registry.own.notes_on.get(subject, ())]


def _position(registry: Registry, row: Project) -> Position | None:
    """The recorded position that is in force; in public mode nobody's point is shown."""
    return None if registry.is_public else registry.own.position_of.get(row.id)


def _relation(registry: Registry, own: OwnProject) -> str:
    if own.relation is Relation.NEW:
        return t("own.relation_new", plan=lab("plan", own.counts_in))
    if own.relation is Relation.OPEN:
        return t("own.relation_open")
    parent = registry.by_id[own.part_of]
    name = parent.name if selection.current().language == "zh" else parent.name_en
    return t("own.relation_part_of", name=name)


def _placed(placed: Position) -> str:
    parts = [t("own.placed_value", source=placed.source)] if placed.source else []
    if placed.accuracy_m is not None:
        parts.append(t("own.placed_accuracy", metres=placed.accuracy_m))
    if how := entered_words(placed):
        parts.append(how)
    if placed.outside_reason:
        parts.append(t("own.placed_outside", reason=placed.outside_reason))
    entry = cache_store.positions(cache.held().revision).get(placed.project)
    if entry and entry.record == placed:
        who, when = signed(entry)
        parts.insert(0, t("put.signed", who=who, when=when))
    return t("word.semicolon").join(parts)
