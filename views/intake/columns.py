"""Which column holds what: guessed, shown with samples, changed by a person; and what holds for
the whole file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from registry.intake.fields import PROJECT_FIELDS, power_unit
from registry.intake.mapping import CONSTANTS, FileMapping, IntakeKind
from registry.intake.sheet import Sheet
from terms.kinds import Technology
from views import cache, selection
from views.intake.draft import Draft
from views.words import esc, lab, t, unique_labels

_FIRST = ("name", "city", "district", "technology", "capacity", "status", "by_year", "lon", "lat")
_SAMPLES = 2
_ROW = 3  # fields beside one another
_SAMPLE_SIGNS = 24
_UNITS = ("MW", "万千瓦", "kW", "GW")
_ZONES = (114, 117, 120, 123)
_SYSTEMS = ("wgs84", "cgcs2000", "gcj02", "bd09", *(f"cgcs2000-3deg:{zone}" for zone in _ZONES))
_PLACES = frozenset({"lon", "lat", "point"})


def draw_columns(found: Sheet, kind: IntakeKind, start: FileMapping, draft: Draft) -> FileMapping:
    """The mapping as the widgets say it, beginning with `start`."""
    match kind:
        case IntakeKind.PROJECTS:
            columns = _projects(found, start, draft)
        case IntakeKind.TABLE:
            columns = _table(found, start, draft)
        case IntakeKind.AREA:
            columns = _chosen(found, start, draft, ("name",))
    mapped = {name for name, _ in columns}
    mapping = replace(start, columns=tuple(columns), crs=start.crs)
    with st.container(key="intake-constants"):
        st.html(f"<h3>{esc(t('intake_page.constants'))}</h3>")
        constants = _constants(found, kind, mapping, mapped, draft)
        crs = _system(found, start, draft) if found.has_geometry or mapped & _PLACES else ""
    others = {name: value for name, value in start.constants if name in CONSTANTS[kind]}
    said = {name: value for name, value in {**others, **constants}.items() if value}
    return replace(mapping, constants=tuple(said.items()), crs=crs)


def _projects(found: Sheet, start: FileMapping, draft: Draft) -> list[tuple[str, str]]:
    shown = [name for name in PROJECT_FIELDS if name in _FIRST or start.header(name)]
    if found.has_geometry:
        shown = [name for name in shown if name not in _PLACES]
    columns = _chosen(found, start, draft, shown)
    with st.expander(t("intake_page.other_fields")):
        rest = [name for name in PROJECT_FIELDS if name not in shown]
        columns += _chosen(found, start, draft, rest)
    return columns


def _chosen(
    found: Sheet, start: FileMapping, draft: Draft, fields: tuple[str, ...] | list[str]
) -> list[tuple[str, str]]:
    """For each of our fields the column that holds it, with two of its values."""
    options = {"": t("intake_page.no_column"), **{name: name for name in found.headers}}
    columns = []
    for first in range(0, len(fields), _ROW):  # rows, so that one column on a phone keeps the order
        for field, place in zip(fields[first : first + _ROW], st.columns(_ROW), strict=False):
            with place:
                header = _column(found, field, options, start.header(field), draft)
            if header:
                columns.append((field, header))
    return columns


def _column(found: Sheet, field: str, options: dict[str, str], start: str, draft: Draft) -> str:
    header = draft.select(t(f"intake_field.{field}"), options, f"column-{field}", start=start)
    if words := _samples(found, header):
        st.html(f'<p class="fg-caption fg-sample">{esc(words)}</p>')
    return header


def _table(found: Sheet, start: FileMapping, draft: Draft) -> list[tuple[str, str]]:
    columns = _chosen(found, start, draft, ("district", "city"))
    taken = {header for _, header in columns}
    options = {name: name for name in found.headers if name not in taken}
    values = [header for header in start.headers("value") if header in options]
    chosen = draft.several(t("intake_field.value"), options, "values", start=values)
    for header in chosen[:3]:
        words = f"{header}{t('word.colon')}{_samples(found, header)}"
        st.html(f'<p class="fg-caption fg-sample">{esc(words)}</p>')
    return [*columns, *(("value", header) for header in chosen)]


def _constants(
    found: Sheet, kind: IntakeKind, mapping: FileMapping, mapped: set[str], draft: Draft
) -> dict[str, str]:
    """What is said once for all rows."""
    said: dict[str, str] = {}
    left, right = st.columns(2)
    if kind is not IntakeKind.PROJECTS:
        fields = (
            ("title", "source") if kind is IntakeKind.AREA else ("title", "unit", "date", "source")
        )
        for number, field in enumerate(fields):
            with (left, right)[number % 2]:
                start = mapping.constant(field) or (found.file if field == "source" else "")
                hint = {"date": "2025-12-31", "unit": "MW"}.get(field, "")
                said[field] = draft.typed(t(f"intake_field.{field}"), field, start=start, hint=hint)
        return said
    with left:
        start = mapping.constant("source") or found.file
        said["source"] = draft.typed(t("intake_field.source"), "source", start=start)
        if "capacity" in mapped and not _has_unit(mapping, mapped):
            units = {"": t("intake_page.no_unit"), **{unit: unit for unit in _UNITS}}
            start = mapping.constant("capacity_unit")
            label = t("intake_field.capacity_unit")
            said["capacity_unit"] = draft.select(label, units, "capacity_unit", start=start)
    with right:
        if "technology" not in mapped:
            names = unique_labels(Technology, lambda each: lab("technology", each))
            options = {"": t("intake_page.choose"), **names}
            start = mapping.constant("technology")
            label = t("intake_page.technology")
            said["technology"] = draft.select(label, options, "technology", start=start)
        if "city" not in mapped:
            start = mapping.constant("city")
            label = t("intake_page.city")
            said["city"] = draft.select(label, _cities(), "city", start=start)
    return said


def _cities() -> dict[str, str]:
    districts, language = cache.registry().districts, selection.current().language
    codes = dict.fromkeys(map(districts.city_code, districts.codes))
    return {"": t("intake_page.no_city")} | {
        code: districts.city_name(code, language) for code in codes
    }


def _has_unit(mapping: FileMapping, mapped: set[str]) -> bool:
    return "capacity_unit" in mapped or bool(power_unit(mapping.header("capacity")))


def _system(found: Sheet, start: FileMapping, draft: Draft) -> str:
    """The reference system, which is never assumed."""
    said = t("intake_page.crs_file") if found.crs else t("intake_page.crs_none")
    options = {"": said}
    for system in _SYSTEMS:
        zone = system.partition(":")[2]
        name = "intake_page.crs_zone" if zone else f"intake_page.crs_{system}"
        options[system] = t(name, meridian=zone) if zone else t(name)
    return draft.select(t("intake_page.crs"), options, "crs", start=start.crs)


def _samples(found: Sheet, header: str) -> str:
    """The first two different values of a column."""
    if header not in found.headers:
        return ""
    at = found.headers.index(header)
    cells = dict.fromkeys(cell for row in found.rows[:200] if (cell := row.cells[at].strip()))
    short = [
        cell if len(cell) <= _SAMPLE_SIGNS else f"{cell[:_SAMPLE_SIGNS]}…"
        for cell in list(cells)[:_SAMPLES]
    ]
    return t("intake_page.samples", values=t("word.list").join(short)) if short else ""
