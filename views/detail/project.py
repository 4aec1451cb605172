"""One project in the panel: every column in readable form, its clause, its parent and members."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from capacity.check import Rules
from capacity.ledger import Entry, ledger
from layers.browser_files import look_of
from layers.paint import plan_label
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Basis, GeometryRole, PlaceBasis, PlanStatus
from terms.records import Project
from terms.selection import Selection
from terms.units import format_number, format_power
from views import cache, selection
from views.amounts import amounts_of
from views.detail.own import code_word, own_facts, own_mark
from views.detail.parts import Pair, draft_mark, facts, heading, link_to
from views.headline import power
from views.link import link_of
from views.rasters.values import project_rasters
from views.targets.card import target_name
from views.widget_values import day_of
from views.words import esc, lab, plain, t


def draw_project(registry: Registry, row: Project) -> None:
    """Draw one project; the clause stands where a hurried reader finds it."""
    language = selection.current().language
    title, other = (row.name, "") if language == "zh" else (row.name_en, row.name)
    under = [
        esc(lab("layer", row.layer)),
        esc(plan_label(registry, row.plan, language)),
        esc(other if other != title else ""),
    ]
    draft = ""
    if row.plan_status is PlanStatus.DRAFT:
        draft = f'<p class="fg-draft-line">{draft_mark()} {esc(t("detail.draft"))}</p>'
    elif row.plan == USER:
        draft = f'<p class="fg-draft-line">{own_mark()}</p>'
    plan = registry.plan_by_id[row.plan]
    when_open = "own.not_stated" if row.plan == USER else "word.not_stated"
    entry = ledger(registry, inferred=selection.current().inferred).get(row.id)
    look = look_of(registry, row)
    st.html(
        '<div class="fg-detail" tabindex="0">'
        + heading(title, layer=row.layer, under=" · ".join(filter(None, under)), look=look)
        + draft
        + facts(
            "part_source", _source(registry, row, plan.title if language == "zh" else plan.title_en)
        )
        + own_facts(registry, row)
        + facts("part_size", _size(registry, row, entry), when_open=when_open)
        + facts("part_place", _place(registry, row), when_open=when_open)
        + facts("part_progress", _progress(row), when_open=when_open)
        + project_rasters(registry, row)
        + _targets(registry, row)
        + "</div>"
    )
    _related(registry, row)


def _source(registry: Registry, row: Project, title: str) -> list[Pair]:
    """Where the row stands; a clause without items or further clauses simply has none.

    Of a user's row the remark alone: how it stands to the plans is told beside it, in words.
    """
    own = registry.own.by_id.get(row.id)
    pairs = [
        ("source_title", title),
        ("source_section", "" if row.plan == USER else row.source_section),
        ("source_item", row.source_item),
        ("source_also", t("word.comma").join(row.source_also)),
        ("own.remark", own.note) if own else ("note", row.note),
    ]
    return [pair for pair in pairs if pair[1]]


def _size(registry: Registry, row: Project, entry: Entry | None) -> list[Pair]:
    """Capacity of plants, other figures of other things; what does not apply is not "missing"."""
    quantity = [("quantity", _quantity(row))]
    voltage = [("voltage", _voltage(row))] if row.voltage_kv else []
    if row.technology is None:
        return [*quantity, *voltage]
    return [*_capacity(registry, row, entry), *(quantity if row.quantity_printed else []), *voltage]


def _voltage(row: Project) -> str:
    basis = lab("voltage_basis", row.voltage_basis) if row.voltage_basis else ""
    return f"{row.voltage_kv} kV · {basis}"


def _capacity(registry: Registry, row: Project, entry: Entry | None) -> list[Pair]:
    unit, language = selection.current().unit, selection.current().language
    pairs = [
        ("capacity", format_power(row.capacity_mw, unit, language=language, not_stated="")),
        ("own.capacity_printed" if row.plan == USER else "capacity_printed", row.capacity_printed),
        ("capacity_basis", code_word(row, "capacity_basis", row.capacity_basis)),
        ("technology", lab("technology", row.technology)),
    ]
    if entry and entry.gross_w is not None:
        is_beside = registry.plan_of(row) == USER  # counts in no plan
        pairs.append(("own.counted" if is_beside else "counted", _counted(entry)))
    if row.capacity_source:
        pairs.append(("capacity_source", row.capacity_source))
    if row.capacity_external_mw is not None:
        outside = format_power(row.capacity_external_mw, unit, language=language, not_stated="")
        pairs.append(("capacity_external", f"{outside} · {row.capacity_external_source}"))
    return pairs


def _counted(entry: Entry) -> str:
    if not entry.excluded_w:
        return power(entry.counted_w)
    return t(
        "detail.counted_value",
        counted=power(entry.counted_w),
        excluded=power(entry.excluded_w),
        reason=t(f"capacity.reason_{entry.reason}"),
    )


def _quantity(row: Project) -> str:
    if row.quantity_printed:
        return row.quantity_printed
    value: Decimal | None = row.quantity_value
    return f"{format_number(value)} {row.quantity_unit}" if value is not None else ""


def _place(registry: Registry, row: Project) -> list[Pair]:
    language = selection.current().language
    names = [
        registry.districts.label(code, language) if registry.districts.has(code) else name
        for code, name in zip(row.district_codes, row.districts, strict=True)
    ]
    places = t("word.list").join(names)
    pairs = [
        ("districts", places + (t("detail.list_open") if row.list_open else "")),
        ("precision", lab("precision", row.precision)),
    ]
    if row.place_basis is not PlaceBasis.NONE:
        pairs.append(("place_basis", lab("place_basis", row.place_basis)))
    if row.township:
        pairs.append(("township", row.township))
    if row.zone:
        pairs.append(("zone", row.zone))
    if row.geometry_role is GeometryRole.SITE:
        is_exact = row.id not in registry.approximate
        doubt = "" if is_exact else f" · {t('map.approximate')}"
        pairs.append(("coordinates", f"{row.lon}, {row.lat}{doubt}"))
    elif row.accuracy_m is not None:
        pairs.append(("accuracy", t("detail.accuracy_value", km=f"{row.accuracy_m / 1000:.0f}")))
    return pairs


def _progress(row: Project) -> list[Pair]:
    status = code_word(row, "status", row.status)
    if row.status_date:
        status = t(
            "detail.status_note", status=status, date=row.status_date, source=row.status_source
        )
    basis = code_word(row, "by_year_basis", row.by_year_basis)
    year = t("detail.by_year_value", year=row.by_year, basis=basis)
    of_plan = [("wording", row.wording), ("departments", t("word.comma").join(row.departments))]
    land = [("land_mode", lab("land_mode", row.land_mode) if row.land_mode else "")]
    return [
        ("status", status),
        ("kind", lab("kind", row.kind)),
        ("asset", f"{lab('action', row.action)} · {lab('asset', row.asset)}"),
        *(land if row.technology or row.land_mode else []),
        ("owner", row.owner),
        ("by_year", year),
        *(of_plan if row.plan != USER else []),
        ("id", row.id),
    ]


def _targets(registry: Registry, row: Project) -> str:
    """The targets that the row speaks to: how it stands to each, with a way to its ledger."""
    chosen, items = selection.current(), ""
    rules = Rules(day_of(chosen), chosen.inferred, chosen.external, chosen.pumped)
    plan = registry.plan_of(row)
    for result in cache.checks(Selection(plans=(plan,)), rules):
        lines = [line for line in result.pipeline.lines if line.row == row.id]
        for line in lines:
            amount = f" {amounts_of(result)(line.low)}" if line.low else ""
            words = f"{lab('standing', line.standing)}{amount}"
            focus = replace(chosen, focus=result.target.key, plans=(plan,))
            name = f"{target_name(result.target)} {result.target.year}"
            address = link_of(focus, page="targets")
            items += f'<li><a href="{esc(address)}" target="_self">{esc(name)}</a>'
            items += f"<small>{esc(words)}</small></li>"
    if not items:
        return ""
    title = esc(t("detail.part_targets"))
    return f'<section><h3>{title}</h3><ul class="fg-plans">{items}</ul></section>'


def _related(registry: Registry, row: Project) -> None:
    parent = registry.by_id.get(row.part_of)
    members = registry.members.get(row.id, ())
    target = registry.target_by_key.get(row.restates_target)
    if not (parent or members or target):
        return
    with st.container(key="related", gap=None):
        st.html(f'<div class="fg-detail"><h3>{esc(t("detail.part_related"))}</h3></div>')
        if parent:
            inferred = row.part_of_basis is Basis.INFERRED
            prefix = t("detail.parent_inferred" if inferred else "detail.parent")
            link_to(parent, prefix=prefix, key="parent")
        for member in members:
            link_to(member, prefix=t("detail.member"), key="member")
        if target:
            name = target.name if selection.current().language == "zh" else target.name_en
            st.button(
                plain(f"{t('detail.restates')}{name} {target.printed}"),
                key="go-target",
                type="tertiary",
                on_click=selection.focus_on,
                args=(target.key,),
            )
