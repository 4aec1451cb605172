"""The fields of a project of one's own: drawn with what it holds, read once the form is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from layers.paint import plan_label
from registry.intake.quantity import read_capacity
from registry.registry import Registry
from store.kinds import KINDS
from terms.errors import Fault, QuantityError
from terms.kinds import LandMode, Layer, Precision, Relation, Status, Technology
from terms.own_records import OwnProject
from terms.records import Project
from views import selection
from views.saving import field_name, must, place
from views.words import lab, t, unique_labels

Keyed = Callable[[str], str]
_LISTS: Mapping[str, Iterable[str]] = {
    "layer": Layer,
    "technology": Technology,
    "land_mode": LandMode,
    "status": Status,
}
_MUST = frozenset({"name", "layer", "source"})
NEW: Mapping[str, Any] = {
    "district_codes": [],
    "city_code": "",
    "zone": "",
    "lon": None,
    "lat": None,
    "precision": Precision.CITY,
    "accuracy_m": None,
    "place_source": "",
    "relation": Relation.OPEN,
    "source_row": "",
}


def draw_fields(registry: Registry, own: OwnProject | None, keyed: Keyed) -> dict[str, Any]:
    """Draw all fields with what a project holds, or empty; what they say, and what stays as is."""
    held: dict[str, Any] = KINDS["project"].plain(own) if own else dict(NEW)
    said = dict(held)
    left, right = st.columns(2)
    said["name"] = _text(left, "name", held, keyed)
    said["layer"] = _choice(right, "layer", held, keyed)
    left, right = st.columns(2)
    said["technology"] = _choice(left, "technology", held, keyed)
    said["capacity"] = right.text_input(
        t("own.form_capacity"),
        value=_written(held),
        placeholder=t("own.form_capacity_hint"),
        key=keyed("capacity"),
        max_chars=200,
    )
    codes = list(registry.districts.codes)
    names = unique_labels(
        codes, lambda code: registry.districts.label(code, selection.current().language)
    )
    said["district_codes"] = st.multiselect(
        field_name("district_codes"),
        codes,
        default=[code for code in held["district_codes"] if code in names],
        format_func=names.__getitem__,
        key=keyed(selection.widget_key("districts")),
        placeholder=t("own.form_districts"),
        select_all=False,
    )
    left, right = st.columns(2)
    said["township"] = _text(left, "township", held, keyed)
    said["owner"] = _text(right, "owner", held, keyed)
    left, right = st.columns(2)
    said["status"] = _choice(left, "status", held, keyed)
    said["status_date"] = _text(right, "status_date", held, keyed, hint="2026-06-30")
    left, right = st.columns(2)
    said["land_mode"] = _choice(left, "land_mode", held, keyed)
    said["by_year"] = _text(right, "by_year", held, keyed, hint="2030")
    said["source"] = _text(st, "source", held, keyed)
    said["note"] = _text(st, "note", held, keyed)
    return said | _relation(registry, own, held, keyed)


def read_fields(registry: Registry, said: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The fields as the store takes them: MW from what was written, precision from the place."""
    read, faults = dict(said), []
    written = str(read.pop("capacity", "")).strip()
    if written != _written(said):
        try:
            found = read_capacity(written)
        except QuantityError as error:
            faults.append(place().fault("capacity_printed", written, str(error)))
        else:
            read["capacity_mw"] = None if found.mw is None else format(found.mw, "f")
            read["capacity_printed"] = found.printed
    year = str(read.get("by_year") or "").strip()
    read["by_year"] = int(year) if year.isascii() and year.isdigit() else year or None
    codes = read["district_codes"]
    if read["lon"] is None:
        read["precision"] = _precision(codes, read["township"]).value
    cities = {registry.districts.city_code(code) for code in codes}
    if codes:
        read["city_code"] = cities.pop() if len(cities) == 1 else ""
    return read, faults


def as_chosen(faults: Sequence[Fault]) -> list[Fault]:
    """The faults of a record; of a field that is chosen from a list, without the list's codes."""
    return [
        replace(each, expected=t("own.form_choose_one")) if each.field in _LISTS else each
        for each in faults
    ]


def _precision(codes: list[str], township: str) -> Precision:
    if not codes:
        return Precision.CITY
    if len(codes) > 1:
        return Precision.MULTI
    return Precision.TOWNSHIP if township.strip() else Precision.DISTRICT


def _written(held: Mapping[str, Any]) -> str:
    """The capacity as somebody wrote it; one that came without words, in MW."""
    if held.get("capacity_printed") or held.get("capacity_mw") in (None, ""):
        return str(held.get("capacity_printed") or "")
    return f"{held['capacity_mw']} MW"


def _text(where: Any, name: str, held: Mapping[str, Any], keyed: Keyed, *, hint: str = "") -> str:
    value = held.get(name)
    return str(
        where.text_input(
            must(field_name(name)) if name in _MUST else field_name(name),
            value="" if value is None else str(value),
            placeholder=hint or None,
            key=keyed(name),
            max_chars=500,
        )
    )


def _choice(where: Any, name: str, held: Mapping[str, Any], keyed: Keyed) -> str:
    """One of a closed list; the empty choice is "not stated"."""
    options = {"": t("own.not_stated")} if name not in _MUST else {}
    options |= {str(each): lab(name, str(each)) for each in _LISTS[name]}
    labels = unique_labels(options, options.__getitem__)
    value = str(held.get(name) or "")
    chosen = where.selectbox(
        must(field_name(name)) if name in _MUST else field_name(name),
        list(labels),
        index=list(labels).index(value) if value in labels else None,
        format_func=labels.__getitem__,
        placeholder=t("own.form_choose"),
        key=keyed(selection.widget_key(name)),
    )
    return str(chosen or "")


def _relation(
    registry: Registry, own: OwnProject | None, held: Mapping[str, Any], keyed: Keyed
) -> dict[str, str]:
    """How it stands to the plans; what the relation does not use is left empty."""
    relations = {str(each): t(f"own.settle_{each}") for each in Relation}
    relation = st.selectbox(
        field_name("relation"),
        list(relations),
        index=list(relations).index(str(held["relation"])),
        format_func=relations.__getitem__,
        key=keyed(selection.widget_key("relation")),
    )
    left, right = st.columns(2)
    parents = _parents(registry, own)
    parent = left.selectbox(
        t("own.settle_parent"),
        list(parents),
        index=list(parents).index(held["part_of"]) if held.get("part_of") in parents else None,
        format_func=parents.__getitem__,
        placeholder=t("own.settle_parent_hint"),
        key=keyed(selection.widget_key("part_of")),
    )
    plans = {
        plan.id: plan_label(registry, plan.id, selection.current().language)
        for plan in registry.plans
    }
    plan = right.selectbox(
        t("own.settle_plan"),
        list(plans),
        index=list(plans).index(held["counts_in"]) if held.get("counts_in") in plans else None,
        format_func=plans.__getitem__,
        placeholder=t("own.settle_plan_hint"),
        key=keyed(selection.widget_key("counts_in")),
    )
    st.caption(t("own.settle_note"))
    return {
        "relation": relation,
        "part_of": (parent or "") if relation == Relation.PART_OF else "",
        "counts_in": (plan or "") if relation == Relation.NEW else "",
    }


def _parents(registry: Registry, own: OwnProject | None) -> dict[str, str]:
    """The rows that may hold it, by name and id: first those of its technology or layer."""
    is_chinese = selection.current().language == "zh"

    def is_far(row: Project) -> bool:
        return own is None or (row.technology != own.technology and row.layer != own.layer)

    rows = [row for row in registry.projects if own is None or row.id != own.id]
    return {
        row.id: f"{row.name if is_chinese else row.name_en} · {row.id}"
        for row in sorted(rows, key=is_far)
    }
