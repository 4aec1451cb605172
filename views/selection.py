"""The one module that reads and writes the URL and the session; it gives one frozen Selection.

Order of a run: `begin` (from app.py, before the page) takes what widgets and callbacks say if they
changed something, else what the URL says if it changed (a pasted link, the back button), and writes
the URL; a URL that is late by one click can thus not undo it. Widgets
are keyed per language and seeded from codes, so that a change of language keeps the selection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import local
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from terms.language import Language
from terms.selection import NARROWING, Selection
from views.link import Unread, from_query, still_known, to_query
from views.parameters import Vocabulary
from views.place.picking import Picking
from views.session import Session
from views.widget_values import as_said, differs, seeds_of

SESSION_KEY = "fengtu"
MAP_KEY, COUNTY_MAP_KEY = "map", "county-map"
_of_thread = local()


def _session() -> Session:
    """This visitor's session, read in the one way that cannot end the run (see views.session)."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or getattr(_of_thread, "run", None) is not run:
        _of_thread.run, _of_thread.session = run, st.session_state.to_dict().get(SESSION_KEY)
    if _of_thread.session is None:
        _of_thread.session = Session()
        st.session_state[SESSION_KEY] = _of_thread.session
    session: Session = _of_thread.session
    return session


def begin(vocabulary: Vocabulary, *, page: str = "") -> Selection:
    """Settle this run's selection, seed the widgets with it and write it into the URL.

    A widget that two pages share is another widget on each: on a change of page none is asked
    (it would report its default) and all are seeded anew.
    """
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    mine = _session()
    with mine.lock:
        is_other, mine.vocabulary = mine.vocabulary != vocabulary, vocabulary
        _give_seeds(mine)
        known, acted = mine.selection, mine.has_acted
        if known is None:
            _from_link(query, vocabulary)
        else:
            chosen = _from_widgets(known) if mine.page == page else known
            if chosen != known:
                _keep(chosen)
            elif not acted and query != mine.query and not _is_late_link(query, page):
                _from_link(query, vocabulary)
            if is_other and (left := still_known(current(), vocabulary)):
                mine.selection, mine.unread = left
        selection = current()
        _seed(selection, overwrite=mine.page != page)
        _give_seeds(mine)
        wanted = to_query(selection)
        written = {key: [value] for key, value in wanted.items()}
        if written != query:
            st.query_params.from_dict(wanted)
        if written != mine.query:
            mine.query_before = mine.query
        mine.page, mine.query, mine.has_acted = page, written, False
        mine.unseen.settle()
    return selection


def _give_seeds(mine: Session) -> None:
    """Give the widgets the values that wait for them; a run that ends here leaves them waiting."""
    for key, value in mine.seeds.items():
        st.session_state[key] = value
    mine.seeds = {}


def end() -> None:
    """The run has drawn every widget: soon the browser knows the values it was given."""
    _session().unseen.end(monotonic())


def _is_late_link(query: dict[str, list[str]], page: str) -> bool:
    """Was a link to another page clicked that was drawn before the last change reached it?"""
    return _session().page != page and query == _session().query_before


def current() -> Selection:
    """The selection of this run."""
    selection = _session().selection
    if selection is None:
        raise LookupError("no selection before begin()")
    return selection


def language_before_begin() -> Language:
    """The language for a page that comes before any selection (a broken plan file)."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def unread_of_link() -> tuple[Unread, ...]:
    """What the last link said that was not taken."""
    return _session().unread


def widget_key(name: str) -> str:
    """The key of a filter's widget in the language of this run."""
    return f"{name}-{current().language}"


# ---- what callbacks do ------------------------------------------------------------------------


def focus_on(identity: str) -> None:
    """Open the details of a project, a target or a district; the empty string closes them."""
    mine = _session()
    with mine.lock:
        mine.selection, mine.has_acted = replace(current(), focus=identity), True


def take_click(key: str = MAP_KEY) -> None:
    """Take what was clicked on a map: an area to go into, a view to keep, a thing to open."""
    answer = _sent(key) or {}
    drawing = answer.get("last_active_drawing") or {}
    clicked = drawing.get("properties") or {}
    identity = clicked.get("id")
    if not isinstance(identity, str) or clicked.get("kind") == "ready":
        return
    if clicked.get("kind") == "pick":
        _session().picking.take(identity)
        return
    if clicked.get("kind") not in ("area", "at"):
        focus_on(identity)
        return
    chosen, unread = from_query({clicked["kind"]: [identity]}, _session().vocabulary)
    if clicked["kind"] == "at" and not unread:
        change(at=chosen.at)
    elif not unread or not identity:
        change(area=chosen.area, at="", focus=_area_focus(chosen.area))


def round_of(name: str) -> int:
    """How often a form was sent: in its widgets' keys, so that it comes back empty."""
    return _session().rounds.get(name, 0)


def end_round(name: str) -> None:
    """Empty a form at the next run, since what it held is saved."""
    _session().rounds[name] = round_of(name) + 1


def county_key(code: str) -> str:
    """The key of the list of counties, which shows the county that is open."""
    key = widget_key("county")
    st.session_state[key] = code
    return key


def take_county(key: str) -> None:
    """Open the county that was chosen from the list."""
    focus_on(_sent(key) or "")


def take_split(key: str) -> None:
    """Keep the breakdown that was uploaded, for this session only; removing it forgets it."""
    file = _sent(key)
    _session().split = (file.name, file.getvalue()) if file else None


def split_file() -> tuple[str, bytes] | None:
    """Name and bytes of the breakdown that was uploaded in this session."""
    return _session().split


def keep(name: str, value: Any) -> None:
    """Keep something of a page for this session, such as a draft; None forgets it."""
    _session().kept[name] = value


def kept(name: str) -> Any:
    """What was kept by this name in this session; None for nothing."""
    return _session().kept.get(name)


def picking() -> Picking:
    """Who waits for a click on the map, and what was clicked, in this session."""
    return _session().picking


def value_of(key: str) -> Any:
    """What a widget holds, also before it is drawn in this run; None for nothing."""
    return _sent(key)


def is_first(name: str) -> bool:
    """Is this the first time in this session that somebody asks by this name?"""
    asked = _session().asked
    first = name not in asked
    asked.add(name)
    return first


def comes_first(page: str) -> bool:
    """Is this the run in which the map comes alone: the first of a session, in a browser?"""
    is_now = page == "map" and is_first("map") and bool(st.context.headers)
    _session().is_map_alone = is_now
    return is_now


def is_map_alone() -> bool:
    """Does this run draw the map only?"""
    return _session().is_map_alone


def take_acts(key: str, do: Callable[[Mapping[str, Any]], object]) -> None:
    """Do what one of our own components reports, each act once; for its callback."""
    _session().take_acts(key, getattr(_sent(key), "act", None) or [], do)


def _sent(key: str) -> Any:
    """What the browser sent for a widget, in a callback; None for nothing."""
    return st.session_state.to_dict().get(key)


def take_widgets() -> None:
    """Take what a widget says at once: a click on a link may end the run before it has begun."""
    mine = _session()
    with mine.lock:
        chosen = _from_widgets(current())
        if chosen != current():
            _keep(chosen)
            mine.has_acted = True


def change(**changes: Any) -> None:
    """Change the selection from a callback, for the widgets too."""
    mine = _session()
    with mine.lock:
        _keep(replace(current(), **changes))
        _seed(current(), overwrite=True)
        mine.has_acted = True


def _area_focus(area: str) -> str:
    """Going into a county opens its details; going out of it closes them."""
    focus = current().focus
    is_county = area and not area.endswith("00")
    return area if is_county else ("" if focus.isdigit() else focus)


def _keep(selection: Selection) -> None:
    """Take over a selection; other rows are shown from their first part."""
    mine = _session()
    known = mine.selection
    if known is not None and known.part == selection.part and _rows(known) != _rows(selection):
        selection = replace(selection, part=1)
    mine.selection, mine.unread = selection, ()


def _rows(selection: Selection) -> tuple[object, ...]:
    """What decides which rows stand in a table and in which order."""
    return tuple(getattr(selection, name) for name in (*NARROWING, "view", "order"))


def _from_link(query: dict[str, list[str]], vocabulary: Vocabulary) -> None:
    mine = _session()
    mine.selection, mine.unread = from_query(query, vocabulary)
    _seed(current(), overwrite=True)


def _from_widgets(known: Selection) -> Selection:
    """The selection as the widgets say it, without what the browser had not yet seen."""
    mine = _session()
    held = st.session_state.to_dict() | mine.seeds
    mine.unseen.judge(held, monotonic())
    said = {key: value for key, value in held.items() if not mine.unseen.hides(key, value)}
    return as_said(said, known)


def _seed(selection: Selection, *, overwrite: bool = False) -> None:
    """Say which value every widget gets before it is drawn."""
    mine = _session()
    held = st.session_state.to_dict() | mine.seeds
    for key, value in seeds_of(selection).items():
        before = held.get(key)
        is_other = before is not None and differs(before, value)
        if is_other:
            mine.unseen.note(key, before)
        if overwrite or before is None or is_other:
            mine.seeds[key] = value
