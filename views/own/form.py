"""The fields of a project of one's own: drawn with what it holds, read once the form is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from views.choices import Keyed, choose, choose_several
from views.saving import field_name, must, place
from views.words import lab, t, unique_labels

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


def draw_choices(registry: Registry, own: OwnProject | None, keyed: Keyed) -> dict[str, Any]:
    """Draw the lists, outside of the form so that a change of language keeps what is chosen."""
    held = _held(own)
    said: dict[str, Any] = {}
    left, right = st.columns(2)
    said["layer"] = _choice(left, "layer", held, keyed)
    said["technology"] = _choice(right, "technology", held, keyed)
    language = selection.current().language
    names = unique_labels(
        registry.districts.codes, lambda code: registry.districts.label(code, language)
    )
    said["district_codes"] = choose_several(
        field_name("district_codes"),
        names,
        "districts",
        keyed=keyed,
        start=held["district_codes"],
        hint=t("own.form_districts"),
    )
    left, right = st.columns(2)
    said["status"] = _choice(left, "status", held, keyed)
    said["land_mode"] = _choice(right, "land_mode", held, keyed)
    return said | _relation(registry, own, held, keyed)


def draw_fields(own: OwnProject | None, keyed: Keyed) -> dict[str, Any]:
    """Draw what is typed; what the fields say, and what stays as it is."""
    held = _held(own)
    said = dict(held)
    left, right = st.columns(2)
    said["name"] = _text(left, "name", held, keyed)
    said["capacity"] = right.text_input(
        t("own.form_capacity"),
        value=_written(held),
        placeholder=t("own.form_capacity_hint"),
        key=keyed("capacity"),
        max_chars=200,
    )
    left, right = st.columns(2)
    said["township"] = _text(left, "township", held, keyed)
    said["owner"] = _text(right, "owner", held, keyed)
    left, right = st.columns(2)
    said["status_date"] = _text(left, "status_date", held, keyed, hint="2026-06-30")
    said["by_year"] = _text(right, "by_year", held, keyed, hint="2030")
    said["source"] = _text(st, "source", held, keyed)
    said["note"] = _text(st, "note", held, keyed)
    return said


def _held(own: OwnProject | None) -> dict[str, Any]:
    return KINDS["project"].plain(own) if own else dict(NEW)


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
    label = must(field_name(name)) if name in _MUST else field_name(name)
    start = str(held.get(name) or "")
    hint = t("own.form_choose")
    return choose(label, labels, name, keyed=keyed, start=start, where=where, hint=hint) or ""


def _relation(
    registry: Registry, own: OwnProject | None, held: Mapping[str, Any], keyed: Keyed
) -> dict[str, str]:
    """How it stands to the plans; what the relation does not use is left empty."""
    relations = {str(each): t(f"own.settle_{each}") for each in Relation}
    start = str(held["relation"])
    relation = choose(field_name("relation"), relations, "relation", keyed=keyed, start=start)
    left, right = st.columns(2)
    parent = choose(
        t("own.settle_parent"),
        _parents(registry, own),
        "part_of",
        keyed=keyed,
        start=held.get("part_of"),
        where=left,
        hint=t("own.settle_parent_hint"),
    )
    language = selection.current().language
    plan = choose(
        t("own.settle_plan"),
        {plan.id: plan_label(registry, plan.id, language) for plan in registry.plans},
        "counts_in",
        keyed=keyed,
        start=held.get("counts_in"),
        where=right,
        hint=t("own.settle_plan_hint"),
    )
    st.caption(t("own.settle_note"))
    return {
        "relation": relation or start,
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
