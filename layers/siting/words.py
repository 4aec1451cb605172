"""What a run says of itself: its terms in words, and the notes that every file carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo.siting.recipe import Criterion, Density, DistanceExclusion, Exclusion, RasterExclusion
from geo.siting.screen import NO_DATA
from layers.siting.run import Run
from terms.language import Language
from terms.messages import label, text
from terms.units import format_number

KM = 1000.0


def said(term: Any, field: str, language: Language) -> str:
    """A text of a term or recipe in a language; the Chinese one where there is no English."""
    english = str(getattr(term, f"{field}_en", ""))
    return english if language == "en" and english else str(getattr(term, field))


def step_title(run: Run, name: str, language: Language) -> str:
    """The title of a step of the waterfall."""
    if name == NO_DATA:
        return text("siting.no_data", language)
    return said(next(term for term in run.recipe.exclusions if term.id == name), "title", language)


def limits(term: Exclusion, language: Language) -> str:
    """What an exclusion leaves out, in one phrase."""
    if term.kind == "district":
        return text(f"siting.drop_{term.drop}", language)
    if term.kind == "polygons":
        return text(f"siting.drop_{term.drop}", language)
    if isinstance(term, DistanceExclusion):
        ends = (("within", term.within_m), ("beyond", term.beyond_m))
        parts = [
            text(f"siting.drop_{name}", language, value=amount(value, "m"))
            for name, value in ends
            if value is not None
        ]
    else:
        parts = _range(term, language)
    return text("word.list", language).join(parts)


def _range(term: RasterExclusion, language: Language) -> list[str]:
    unit = said(term, "unit", language)
    ends = (("below", term.min), ("above", term.max))
    return [
        text(f"siting.drop_{name}", language, value=amount(value, unit))
        for name, value in ends
        if value is not None
    ]


def amount(value: float, unit: str) -> str:
    """A value with its unit; metres above a kilometre become kilometres."""
    if unit == "m" and abs(value) >= KM:
        return f"{format_number(round(value / KM, 1))} km"
    digits = 3 if abs(value) < 1 else 1 if abs(value) < 100 else 0
    return f"{format_number(round(float(value), digits))} {unit}".strip()


def curve_words(term: Criterion, language: Language) -> str:
    """A curve as its points: 0 km → 1, 60 km → 0."""
    unit = said(term, "unit", language)
    points = (f"{amount(x, unit)} → {format_number(score)}" for x, score in term.curve)
    return text("word.comma", language).join(points)


def density_words(each: Density, language: Language) -> str:
    """A density with its share, its mark and where it is from."""
    mark = text("siting.approximate", language) if each.approximate else ""
    return text(
        "siting.density_said",
        language,
        name=label("technology", each.technology, language),
        density=format_number(each.mw_per_km2),
        share=format_number(round(each.land_share * 100, 2)),
        mark=mark,
        source=said(each, "source", language),
    )


def notes(run: Run, language: Language) -> tuple[tuple[str, str], ...]:
    """Mark, meaning, recipe, terms, densities, data and drafts as pairs of item and content."""
    return tuple(
        (text(f"siting.item_{item}", language), content) for item, content in _items(run, language)
    )


def _items(run: Run, language: Language) -> Iterator[tuple[str, str]]:
    recipe, districts = run.recipe, run.registry.districts
    yield "mark", text("map.stamp", language)
    yield "meaning", text("siting.sketch_note", language)
    for plan in run.drafts:
        name = label("plan", plan.id, language)
        yield "draft", f"{name}{text('word.colon', language)}{text('detail.draft', language)}"
    yield "recipe", f"{said(recipe, 'title', language)} ({recipe.digest})"
    yield "note", said(recipe, "note", language) or "-"
    yield "run", run.digest
    yield "area", text("word.comma", language).join(run.result.ground.codes)
    yield "cell", text("siting.cell_said", language, cell=amount(recipe.cell_m, "m"))
    for term in recipe.active_exclusions:
        words = f"{said(term, 'title', language)}{text('word.colon', language)}"
        yield "exclusion", f"{words}{limits(term, language)} · {term.source}"
    weights = run.result.weights
    for criterion, weight in zip(recipe.active_criteria, weights, strict=True):
        words = f"{said(criterion, 'title', language)} {weight:.0%} · {criterion.source}"
        yield "criterion", f"{words} · {curve_words(criterion, language)}"
    for density in recipe.densities:
        yield "density", density_words(density, language)
    for record in run.rasters:
        yield (
            "raster",
            f"{record.title_in(language)} · {record.source} · {record.caveat_in(language)}",
        )
    yield "licence", text("export.licence", language)
    edition = districts.edition if language == "zh" else districts.edition_en
    yield "boundaries", f"{edition} ({districts.digest})"
    yield "registry", run.registry.digest
