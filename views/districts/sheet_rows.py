"""The rows of a county's sheet: what each prints and counts, its clause, a way to its details."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from capacity.allocate import Place
from capacity.ledger import Reason
from layers.capacity_tables import district_name
from layers.county_sheet import Sheet, SheetRow, clause_of
from registry.registry import Registry
from terms.kinds import Basis
from terms.records import Project
from views import selection
from views.districts.cells import sketch_power
from views.headline import power
from views.link import to_query
from views.words import esc, lab, plain, t


def draw_rows(registry: Registry, sheet: Sheet) -> None:
    """Draw every row that names the county; its name leads to its details on the map."""
    if not sheet.rows:
        return
    with st.container(key=f"rows-{sheet.code}", gap=None):
        title = t("county.part_rows", count=len(sheet.rows))
        st.html(f'<div class="fg-detail"><h3>{esc(title)}</h3></div>')
        for each in sheet.rows:
            query = to_query(replace(selection.current(), focus=each.row.id, layers=(), words=""))
            st.page_link("views/pages/map.py", label=plain(_name(each.row)), query_params=query)
            st.html(f'<p class="fg-row">{_facts(registry, each)}</p>')


def _name(row: Project) -> str:
    return row.name if selection.current().language == "zh" else row.name_en


def _facts(registry: Registry, each: SheetRow) -> str:
    """Two lines: where and how much, then the clause and the rows above and below."""
    row = each.row
    first = [_place(registry, each), *_amount(each)]
    second = [t("county.row_clause", clause=clause_of(row)), *_relations(registry, row)]
    return f"{esc(' · '.join(first))}<br><small>{esc(' · '.join(second))}</small>"


def _place(registry: Registry, each: SheetRow) -> str:
    if each.place is not Place.SHARED:
        return t(f"county.place_{each.place}")
    language = selection.current().language
    names = t("word.comma").join(district_name(registry, code, language) for code in each.others)
    said = t("county.place_shared", others=names) if names else t("county.place_located")
    return said + (t("county.place_open") if each.row.list_open else "")


def _amount(each: SheetRow) -> list[str]:
    row = each.row
    if row.technology is None:
        printed = [row.quantity_printed] if row.quantity_printed else []
        return [lab("layer", row.layer), *printed]
    said = [lab("technology", row.technology)]
    if row.capacity_printed:
        said.append(t("county.row_printed", value=row.capacity_printed))
    if each.counted_w is None or each.entry is None:
        return [*said, t("county.row_not_stated")]
    if each.entry.reason is not Reason.NONE and not each.counted_w:
        reason = t(f"capacity.reason_{each.entry.reason}")
        return [*said, t("county.row_nothing", reason=reason)]
    said.append(t("county.row_counts", value=power(each.counted_w)))
    if each.place in (Place.SHARED, Place.UNALLOCATED):
        said.append(_here(each))
    return said


def _here(each: SheetRow) -> str:
    """What a rule gave; by technology it is the county's part of all such rows together."""
    if each.here_w is None:
        return t("county.row_unsplit")
    key = "county.row_here_by_technology" if each.by_technology else "county.row_here"
    return t(key, value=sketch_power(each.here_w))


def _relations(registry: Registry, row: Project) -> list[str]:
    found = []
    if parent := registry.by_id.get(row.part_of):
        is_inferred = row.part_of_basis is Basis.INFERRED
        key = "county.row_parent_inferred" if is_inferred else "county.row_parent"
        found.append(t(key, name=_name(parent)))
    if members := registry.members.get(row.id):
        names = t("word.list").join(map(_name, members))
        found.append(t("county.row_members", names=names))
    return found
