"""What every file says of itself, as pairs of item and content for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

from layers.exports.extract import Extract
from layers.exports.tables import Table
from registry.registry import Registry
from terms.kinds import Layer, PlanStatus
from terms.language import Language
from terms.messages import label, text
from terms.records import PlanRecord

_LABELLED = {
    "plans": "plan",
    "layers": "layer",
    "land_modes": "land_mode",
    "statuses": "status",
    "owner": "owner",
}


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
    yield "filter", filter_words(extract)
    yield "counts", text("extract.counts", language, **head["counts"])
    for table in tables:
        yield "table", text("extract.table", language, table=table.title, rows=len(table.rows))
    yield "geometry", text("export.geometry", language)
    yield "crs", extract.reference.words(language)
    edition = registry.districts.edition if language == "zh" else registry.districts.edition_en
    yield "boundaries", f"{edition} ({registry.districts.digest})"
    yield "sums", _rule(extract)
    yield "registry", registry.digest


def _source(plan: PlanRecord, language: Language) -> str:
    parts = (plan.title, plan.issuer, plan.document_number, plan.date)
    status = label("plan_status", plan.status, language)
    return text("word.list", language).join(part for part in (*parts, status) if part)


def _rule(extract: Extract) -> str:
    language, counting = extract.language, extract.counting
    rule = label("allocation", counting.rule, language)
    inferred = text(f"extract.inferred_{'yes' if counting.inferred else 'no'}", language)
    return text("extract.sums", language, rule=rule, inferred=inferred, day=extract.rules.as_of)


def filter_words(extract: Extract) -> str:
    """The filter in words; "everything" where nothing narrows it."""
    language = extract.language
    used = extract.head["filter"]
    parts = []
    for name, value in used.items():
        values = value if isinstance(value, list) else [value]
        said = [_said(extract.registry, name, each, language) for each in values]
        content = text("word.comma", language).join(said)
        parts.append(
            f"{text(f'extract.filter_{name}', language)}{text('word.colon', language)}{content}"
        )
    return text("word.semicolon", language).join(parts) or text("extract.everything", language)


def _said(registry: Registry, name: str, value: str, language: Language) -> str:
    if name == "districts" and registry.districts.has(value):
        return registry.districts.label(value, language)
    if name == "layers" and value not in set(Layer):
        return text("filter.nothing", language)
    if name in _LABELLED:
        return label(_LABELLED[name], value, language)
    return value
