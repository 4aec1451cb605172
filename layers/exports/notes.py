"""What every file says of itself, as pairs of item and content for a person to read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from layers.exports.extract import Extract
from layers.exports.tables import Table
from layers.filter_words import filter_words
from registry.select import unstated
from terms.kinds import PlanStatus
from terms.language import Language
from terms.messages import label, text
from terms.records import PlanRecord


def notes(extract: Extract, tables: tuple[Table, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Mark, source, licence, date, drafts, filter, counts, meaning of points and coordinates."""
    language = extract.language
    return tuple(
        (text(f"extract.item_{item}", language), content)
        for item, content in _items(extract, tables)
        if content
    )


def _items(extract: Extract, tables: tuple[Table, ...]) -> Iterator[tuple[str, str]]:
    language, head, registry = extract.language, extract.head, extract.registry
    yield "mark", text("map.stamp", language)
    plans = [registry.plan_by_id[plan] for plan in extract.plans]
    for plan in plans:
        yield "source", _source(plan, language)
    for plan in plans:
        if plan.status is PlanStatus.DRAFT:
            name = label("plan", plan.id, language)
            yield "draft", f"{name}{text('word.colon', language)}{text('detail.draft', language)}"
    yield "licence", text("export.licence", language)
    yield "date", head["extract_date"]
    yield "filter", filter_words(registry, extract.selection)
    if left_out := unstated(registry, extract.selection):
        yield "filter", text("filter.mw_unstated", language, count=left_out)
    yield (
        "filter_codes",
        json.dumps(head["filter"], ensure_ascii=False, default=str) if head["filter"] else "",
    )
    yield "counts", text("extract.counts", language, **head["counts"])
    for table in tables:
        yield "table", text("extract.table", language, table=table.title, rows=len(table.rows))
    yield "geometry", text("export.geometry", language)
    yield "crs", extract.reference.words(language)
    edition = registry.districts.edition if language == "zh" else registry.districts.edition_en
    yield "boundaries", f"{edition} ({registry.districts.digest})"
    yield "sums", _rule(extract)
    yield "sums", _partial(extract)
    yield "registry", registry.digest


def _source(plan: PlanRecord, language: Language) -> str:
    parts = (plan.title, plan.issuer, plan.document_number, plan.date)
    status = label("plan_status", plan.status, language)
    return text("word.list", language).join(part for part in (*parts, status) if part)


def _partial(extract: Extract) -> str:
    """That sums hold the chosen rows only, where a filter leaves out rows of the plans."""
    registry = extract.registry
    every = sum(
        row.plan in extract.plans or registry.plan_of(row) in extract.plans
        for row in registry.projects
    )
    here = len(extract.rows)
    if here == every:
        return ""
    return text("extract.partial", extract.language, rows=here, all=every)


def _rule(extract: Extract) -> str:
    language, counting = extract.language, extract.counting
    rule = label("allocation", counting.rule, language)
    inferred = text(f"extract.inferred_{'yes' if counting.inferred else 'no'}", language)
    return text("extract.sums", language, rule=rule, inferred=inferred, day=extract.rules.as_of)
