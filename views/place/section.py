"""The part 位置 of a project's panel: put it where it is, by a click or typed coordinates.

It is drawn for who may edit only, and folded it sends its title.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from registry.putting import Lying, lying, unplaced
from registry.registry import Registry
from registry.typed_point import SYSTEMS, TypedPoint, metres_per_pixel
from store.drafts import Entry
from terms.errors import PointError
from terms.kinds import Precision
from terms.language import half
from terms.own_records import Position
from terms.records import Project
from views import cache, cache_store, editing, selection
from views.folds import fold
from views.place.form import Form, form_of
from views.place.save import hold_seen, last_done, save, say, undo, withdraw
from views.place.words import county_words, distance_words, system_name
from views.words import esc, lab, plain, t, unique_labels

_MOST_SIGNS = 300  # of what is typed; the store's own limits say the rest


@dataclass(frozen=True)
class _Filled:
    """What the fields hold; `fault` says what cannot be read."""

    point: TypedPoint | None
    lies: Lying | None
    accuracy_m: int | None
    precision: Precision
    source: str
    outside_reason: str
    fault: str


def draw_place(registry: Registry, row: Project) -> None:
    """Draw the part for who may edit; for others nothing."""
    if editing.refusal():
        return
    box = fold(t("put.title"), "place", "place")
    if not box.open:
        return
    entry = cache_store.positions(cache.held().revision).get(row.id)
    hold_seen(row.id, entry)
    form = form_of(row, entry.record if entry else None)
    with box:
        name = row.name if selection.current().language == "zh" else row.name_en
        st.html(f'<p class="fg-place-name">{esc(name)}</p>')
        is_done = _draw_done(registry, row)
        if is_done:  # where the hand is, to go on at once
            _draw_next(registry, row)
        _draw_pick(form)
        filled = _fields(registry, row, form)
        _buttons(registry, row, form, filled=filled, entry=entry)
        if not is_done:
            _draw_next(registry, row)


def _draw_done(registry: Registry, row: Project) -> bool:
    """What was done last, and the way back; was anything?"""
    done = last_done(row.id)
    if done is None:
        return False
    st.html(f'<p class="fg-place-done" role="status">{esc(t(done.words))}</p>')
    if done.batch and st.button(t("put.undo"), key="place-undo"):
        undo(registry, done)
    return True


def _draw_pick(form: Form) -> None:
    picking = selection.picking()
    waits = picking.target == form.target
    st.button(
        t("put.pick_stop" if waits else "put.pick"),
        key="place-pick",
        on_click=picking.stop if waits else picking.start,
        args=() if waits else (form.target,),
        width="stretch",
    )


def _fields(registry: Registry, row: Project, form: Form) -> _Filled:
    st.text_input(
        t("put.text"),
        value=form.first_text,
        max_chars=_MOST_SIGNS,
        placeholder=t("put.text_hint"),
        key=form.key("text"),
    )
    st.selectbox(
        t("put.system"),
        SYSTEMS,
        index=SYSTEMS.index(form.system),
        format_func=unique_labels(SYSTEMS, system_name).__getitem__,
        key=form.key("system"),
    )
    point, lies, fault = _point(registry, row, form)
    reason = ""
    if lies and lies.needs_reason:
        reason = st.text_input(
            t("put.outside_reason"),
            value=form.placed.outside_reason if form.placed else "",
            max_chars=_MOST_SIGNS,
            help=plain(_outside(registry, row, lies)),
            key=form.key("reason"),
        )
    left, right = st.columns(2)
    points = (Precision.SITE, Precision.TOWNSHIP)
    left.selectbox(
        t("put.precision"),
        points,
        index=points.index(form.precision()),
        format_func=unique_labels(points, lambda each: lab("precision", each)).__getitem__,
        key=form.key("precision"),
    )
    form.keep_chosen()
    right.text_input(
        t("put.accuracy_m"),
        value=form.first_accuracy,
        max_chars=20,
        placeholder=t("put.accuracy_hint"),
        key=form.key("accuracy"),
    )
    source = st.text_input(
        t("put.source"),
        value=form.placed.source if form.placed else "",
        placeholder=t("put.source_hint"),
        max_chars=_MOST_SIGNS,
        key=form.key("source"),
    )
    accuracy = None
    try:
        accuracy = form.accuracy_m()
    except PointError as error:
        fault = fault or half(str(error), selection.current().language)
    return _Filled(point, lies, accuracy, form.precision(), source or "", reason or "", fault)


def _point(
    registry: Registry, row: Project, form: Form
) -> tuple[TypedPoint | None, Lying | None, str]:
    """The point of the fields, said as WGS-84 with its county and its way from before."""
    try:
        point = form.point()
    except PointError as error:
        fault = half(str(error), selection.current().language)
        st.html(f'<p class="fg-place-said fg-wrong" role="status">{esc(fault)}</p>')
        return None, None, fault
    if point is None:
        return None, None, ""
    lies = lying(registry, row, point.lon, point.lat)
    lines = [
        t("put.read", lon=f"{point.lon:.6f}", lat=f"{point.lat:.6f}"),
        t("put.lies", county=county_words(registry, lies.code)),
    ]
    if lies.moved_m is not None and lies.moved_m >= 1:
        key = "put.moved" if lies.was_site else "put.from_label"
        lines.append(t(key, distance=distance_words(lies.moved_m)))
    if point.is_swapped:
        lines.append(t("put.swapped"))
    if form.picked and point.entered.startswith("map "):
        pixel = metres_per_pixel(form.picked.lat, form.picked.zoom)
        lines.append(t("put.click_accuracy", metres=f"{pixel:.0f}"))
    if lies.needs_reason:
        lines.append(_outside(registry, row, lies))
    items = "".join(f"<li>{esc(line)}</li>" for line in lines)
    st.html(f'<ul class="fg-place-said" role="status">{items}</ul>')
    return point, lies, ""


def _outside(registry: Registry, row: Project, lies: Lying) -> str:
    """That the point lies in none of the project's counties, by names."""
    language = selection.current().language
    names = [registry.districts.label(code, language) for code in lies.allowed[:4]]
    more = "…" if len(lies.allowed) > len(names) else ""
    where = (t("word.list").join(names) + more) or t("put.province")
    return t("put.outside", county=county_words(registry, lies.code), allowed=where)


def _buttons(
    registry: Registry, row: Project, form: Form, *, filled: _Filled, entry: Entry | None
) -> None:
    """Save and withdraw; the script's body writes."""
    why = ""
    if entry:
        why = st.text_input(
            t("put.why"),
            placeholder=t("put.why_hint"),
            max_chars=_MOST_SIGNS,
            key=form.key("why"),
        )
    notices = st.container(key="place-notices")  # above the buttons, where they are seen
    with st.container(horizontal=True, key="place-buttons"):
        is_saved = st.button(t("put.save"), type="primary", key="place-save")
        is_withdrawn = bool(entry) and st.button(t("put.withdraw"), key="place-withdraw")
    with notices:
        if is_withdrawn and entry:
            withdraw(registry, entry.record, why or "")
        if is_saved:
            _save(registry, row, filled, why=why or "")


def _save(registry: Registry, row: Project, filled: _Filled, *, why: str) -> None:
    point, lies = filled.point, filled.lies
    if filled.fault:
        say(filled.fault)
    elif point is None or lies is None:
        say(t("put.no_point"))
    elif not filled.source.strip():
        say(t("put.no_source"))
    elif lies.needs_reason and not filled.outside_reason.strip():
        say(f"{_outside(registry, row, lies)}{t('put.no_reason')}")
    else:
        position = Position(
            project=row.id,
            lon=point.lon,
            lat=point.lat,
            precision=filled.precision,
            accuracy_m=filled.accuracy_m,
            entered=point.entered,
            crs=point.crs,
            source=filled.source,
            outside_reason=filled.outside_reason,
        )
        save(registry, position, why)


def _draw_next(registry: Registry, row: Project) -> None:
    """On to the next project that waits for a point, so that many can be placed in a row."""
    waiting, is_near = unplaced(registry, row)
    if not waiting:
        st.html(f'<p class="fg-caption">{esc(t("put.all_placed"))}</p>')
        return
    name = waiting[0].name if selection.current().language == "zh" else waiting[0].name_en
    said = t("put.next_county" if is_near else "put.next_plan", count=len(waiting))
    st.html(f'<p class="fg-caption">{esc(said)}</p>')
    st.button(
        plain(t("put.next", name=name)),
        key="place-next",
        on_click=selection.focus_on,
        args=(waiting[0].id,),
        width="stretch",
    )
