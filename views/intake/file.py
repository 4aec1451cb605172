"""One file on its way in: what it is, its columns, what was found, its twins, then the yes."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.projects import WITHDRAWN
from registry.intake.sheet import Sheet
from registry.registry import Registry
from views.intake import cache as intake_cache
from views.intake.cache import Offered, Taken, Way
from views.intake.columns import draw_columns
from views.intake.commit import Ready, draw_commit
from views.intake.draft import Draft, caption
from views.intake.found import draw_found
from views.intake.preview import draw_preview
from views.intake.settle import draw_settling
from views.intake.twins import draw_twins
from views.words import esc, t

_LAST_ROW = 60  # among which a person may say that the header stands


def draw_file(registry: Registry, file: Offered) -> None:
    """Draw every step; what a later step decides is shown above it, so its place is kept."""
    draft = Draft(_mark(file.digest, file.name))
    found, part, header_row = _sheet(file, draft)
    kinds = {kind.value: t(f"intake_page.kind_{kind}") for kind in IntakeKind}
    usual = intake_cache.usual_kind(found).value
    kind = IntakeKind(draft.choose(t("intake_page.kind"), kinds, "kind", start=usual))
    # By name and header: a file that was mended and comes again finds what was said of it before.
    columns = Draft(_mark(file.name, part, str(header_row), kind, *found.headers))
    if columns.once("digest", lambda: file.digest) != file.digest:
        caption(t("intake_page.again", file=file.name))
    mapping = _mapping(found, kind, columns)
    way = Way(part, header_row, kind, mapping, bool(draft.values.get("restores")))
    taken = intake_cache.taken(file, way)
    if _comes_again(taken):
        restores = draft.ticked(t("intake_page.restore"), "restores", start=False)
        way = replace(way, restores=restores)
        taken = intake_cache.taken(file, way)
    seen, shown = st.container(key="intake-found"), st.container(key="intake-preview")
    with st.container(key="intake-twins"):
        decisions = draw_twins(registry, taken.intake, Draft(_mark(file.digest, "twins", part)))
    intake = intake_cache.decided(file, way, decisions)
    faults = intake_cache.book_faults(file, way, intake, decisions)
    with seen:
        draw_found(intake, faults)
    with shown:
        draw_preview(file, way, intake, decisions, draft)
    draw_commit(Ready(file.digest, taken, intake, faults))


def _sheet(file: Offered, draft: Draft) -> tuple[Sheet, str, int | None]:
    """The table that is read: which sheet or layer, and which row is its header."""
    found = intake_cache.sheet(file)
    part = ""
    if len(found.parts) > 1:
        names = dict.fromkeys(found.parts, "")
        options = {name: name for name in names}
        part = draft.select(t("intake_page.part"), options, "part", start=found.part)
        found = intake_cache.sheet(file, part)
    st.html(f"<p>{esc(t('intake_page.read', file=file.name, rows=len(found.rows)))}</p>")
    if not found.header_row:
        return found, part, None
    usual = found.header_row
    rows = {"": t("intake_page.header_found", row=usual)}
    rows |= {str(row): t("intake_page.header_at", row=row) for row in range(1, _LAST_ROW)}
    chosen = draft.select(t("intake_page.header"), rows, f"header-{part}")
    header_row = int(chosen) if chosen else None
    return intake_cache.sheet(file, part, header_row), part, header_row


def _mapping(found: Sheet, kind: IntakeKind, draft: Draft) -> FileMapping:
    """The columns as remembered or guessed and then changed, and the words that are settled."""
    # As it was when the file came: another session's import must not take away what is said here.
    known = draft.once("known", lambda: intake_cache.known_mapping(found, kind))
    start = known or intake_cache.guessed_mapping(found, kind)
    if known is not None:
        if draft.ticked(t("intake_page.remembered"), "remembered", start=True):
            draft = draft.inner("remembered")
        else:
            start = intake_cache.guessed_mapping(found, kind)
    st.html(f"<h3>{esc(t('intake_page.columns'))}</h3>")
    caption(t("intake_page.columns_note"))
    mapping = draw_columns(found, kind, start, draft)
    return draw_settling(found, kind, mapping, start, draft)


def _comes_again(taken: Taken) -> bool:
    """Was a row of this file imported and withdrawn before?"""
    back = any(each.returns for each in taken.intake.proposals)
    return back or any(each.why == WITHDRAWN for each in taken.intake.skipped)


def _mark(*parts: str) -> str:
    """Eight hex digits for a draft's name: a file's own words never become keys."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
