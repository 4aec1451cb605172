"""Errors as sentences: one table from cause to words; a broken plan file lists every fault."""

from __future__ import annotations

import streamlit as st

from terms.errors import (
    BoundaryError,
    CrsError,
    DistrictError,
    FengtuError,
    PlanError,
    SetupError,
)
from terms.language import Language
from terms.messages import text
from views.words import esc

_SENTENCES: dict[type[FengtuError], str] = {
    PlanError: "error.plan",
    BoundaryError: "error.boundary",
    DistrictError: "error.district",
    SetupError: "error.setup",
    CrsError: "error.crs",
}


def draw_error(error: FengtuError, language: Language) -> None:
    """Say what is wrong and where, in place of the page."""
    key = _SENTENCES.get(type(error), "error.other")
    faults = error.faults if isinstance(error, PlanError) else ()
    sentence = text(key, language, count=len(faults))
    body = _fault_table(error, language) if isinstance(error, PlanError) else _message(error)
    st.html(
        f'<div class="fg-error" role="alert"><h1>{esc(text("error.title", language))}</h1>'
        f"<p>{esc(sentence)}</p>{body}</div>"
    )


def _message(error: FengtuError) -> str:
    return f"<pre>{esc(error)}</pre>"


def _fault_table(error: PlanError, language: Language) -> str:
    columns = ("file", "row", "field", "found", "expected")
    head = "".join(f"<th>{esc(text(f'error.{name}', language))}</th>" for name in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{esc(getattr(fault, name))}</td>" for name in columns) + "</tr>"
        for fault in error.faults
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
