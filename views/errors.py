"""Errors as sentences: one table from cause to words; a broken plan file lists every fault."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from terms.errors import (
    AccessError,
    BoundaryError,
    ConflictError,
    CrsError,
    DamagedError,
    DistrictError,
    Fault,
    FaultsError,
    FengtuError,
    PlanError,
    RecipeError,
    RecordsError,
    SetupError,
    SitingError,
    StoreError,
)
from terms.language import Language, half
from terms.messages import text
from views.words import esc

_SENTENCES: dict[type[FengtuError], str] = {
    PlanError: "error.plan",
    RecordsError: "error.records",
    StoreError: "error.store",
    DamagedError: "error.store",
    AccessError: "error.access",
    ConflictError: "error.conflict",
    BoundaryError: "error.boundary",
    DistrictError: "error.district",
    SetupError: "error.setup",
    CrsError: "error.crs",
    RecipeError: "error.recipe",
    SitingError: "error.siting",
}


def draw_error(error: FengtuError, language: Language) -> None:
    """Say what is wrong and where, in place of the page."""
    key = _SENTENCES.get(type(error), "error.other")
    faults = error.faults if isinstance(error, FaultsError) else ()
    sentence = text(key, language, count=len(faults))
    body = (
        fault_table(error.faults, language)
        if isinstance(error, FaultsError)
        else _message(error, language)
    )
    st.html(
        f'<div class="fg-error" role="alert"><h1>{esc(text("error.title", language))}</h1>'
        f"<p>{esc(sentence)}</p>{body}</div>"
    )


def _message(error: FengtuError, language: Language) -> str:
    return f"<pre>{esc(half(str(error), language))}</pre>"


def fault_table(
    faults: Sequence[Fault], language: Language, form: str = "", *, names_file: bool = True
) -> str:
    """Every fault with its place, as a table in one language; a `form` has no file and no rows."""
    columns = ("file", "row", "field", "found", "expected")[0 if names_file else 1 :]
    if form and all((each.file, each.row) == (form, "-") for each in faults):
        columns = ("field", "found", "expected")
    head = "".join(f"<th>{esc(text(f'error.{name}', language))}</th>" for name in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{esc(getattr(fault, name))}</td>" for name in columns) + "</tr>"
        for fault in (each.told(language) for each in faults)
    )
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="fg-fault-list">{body}</table>'
