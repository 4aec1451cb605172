"""The one module that reads and writes the URL and the session; it gives one frozen Selection.

Order of a run: `begin` (from app.py, before the page) takes what widgets and callbacks say if they
changed something, else what the URL says if it changed (a pasted link, the back button), and writes
the URL; a URL that is late by one click can thus not undo it. Widgets
are keyed per language and seeded from codes, so that a change of language keeps the selection.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import monotonic
from typing import Any

import streamlit as st

from terms.language import Language
from terms.selection import NARROWING, Selection
from terms.units import PowerUnit
from views.link import Unread, from_query, to_query
from views.parameters import PARAMETERS, Vocabulary, as_written, chosen_day
from views.unseen import Unseen

_SELECTION, _QUERY, _UNREAD = "selection", "query-written", "unread"
_PAGE, _QUERY_BEFORE, _VOCABULARY = "page", "query-before", "vocabulary"
_ALONE = "map-alone"
_ACTED = "acted"  # a callback changed the selection before this run
_OWN_KEYS = ("unit", "lang", "q", "asof")  # their widgets are not one value by one key
_PLAIN = tuple(each for each in PARAMETERS if each.has_widget and each.key not in _OWN_KEYS)
_SPLIT = "split-file"
_UNSEEN = "unseen"
MAP_KEY, COUNTY_MAP_KEY = "map", "county-map"
LANGUAGE_KEY, UNIT_KEY = "lang", "unit"


def begin(vocabulary: Vocabulary, *, page: str = "") -> Selection:
    """Settle this run's selection, seed the widgets with it and write it into the URL.

    A widget that two pages share is another widget on each: on a change of page none is asked
    (it would report its default) and all are seeded anew.
    """
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    st.session_state[_VOCABULARY] = vocabulary
    known = st.session_state.get(_SELECTION)
    acted = st.session_state.pop(_ACTED, False)
    if known is None:
        _from_link(query, vocabulary)
    else:
        is_same_page = st.session_state.get(_PAGE) == page
        chosen = _from_widgets(known) if is_same_page else known
        if chosen != known:
            _keep(chosen)
        elif not acted and query != st.session_state[_QUERY] and not _is_late_link(query, page):
            _from_link(query, vocabulary)
    selection = current()
    _seed(selection, overwrite=st.session_state.get(_PAGE) != page)
    st.session_state[_PAGE] = page
    wanted = to_query(selection)
    if {key: [value] for key, value in wanted.items()} != query:
        st.query_params.from_dict(wanted)
    written = {key: [value] for key, value in wanted.items()}
    if written != st.session_state.get(_QUERY):
        st.session_state[_QUERY_BEFORE] = st.session_state.get(_QUERY)
    st.session_state[_QUERY] = written
    _unseen().settle()
    return selection


def end() -> None:
    """The run has drawn every widget: soon the browser knows the values it was given."""
    _unseen().end(monotonic())


def _is_late_link(query: dict[str, list[str]], page: str) -> bool:
    """Was a link to another page clicked that was drawn before the last change reached it?"""
    has_moved = st.session_state.get(_PAGE) != page
    return has_moved and query == st.session_state.get(_QUERY_BEFORE)


def current() -> Selection:
    """The selection of this run."""
    selection: Selection = st.session_state[_SELECTION]
    return selection


def language_before_begin() -> Language:
    """The language for a page that comes before any selection (a broken plan file)."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def unread_of_link() -> tuple[Unread, ...]:
    """What the last link said that was not taken."""
    unread: tuple[Unread, ...] = st.session_state.get(_UNREAD, ())
    return unread


def widget_key(name: str) -> str:
    """The key of a filter's widget in the language of this run."""
    return f"{name}-{current().language}"


def day_of(selection: Selection) -> date:
    """The day that decides which years have passed: the chosen one, else today."""
    return date.fromisoformat(selection.as_of) if selection.as_of else date.today()


# ---- what callbacks do ------------------------------------------------------------------------


def focus_on(identity: str) -> None:
    """Open the details of a project, a target or a district; the empty string closes them."""
    st.session_state[_SELECTION] = replace(current(), focus=identity)
    st.session_state[_ACTED] = True


def take_click(key: str = MAP_KEY) -> None:
    """Take what was clicked on a map: an area to go into, a view to keep, a thing to open."""
    answer = st.session_state.get(key) or {}
    drawing = answer.get("last_active_drawing") or {}
    clicked = drawing.get("properties") or {}
    identity = clicked.get("id")
    if not isinstance(identity, str) or clicked.get("kind") == "ready":
        return
    if clicked.get("kind") not in ("area", "at"):
        focus_on(identity)
        return
    chosen, unread = from_query({clicked["kind"]: [identity]}, st.session_state[_VOCABULARY])
    if clicked["kind"] == "at" and not unread:
        change(at=chosen.at)
    elif not unread or not identity:
        change(area=chosen.area, at="", focus=_area_focus(chosen.area))


def round_of(name: str) -> int:
    """How often a form was sent: in its widgets' keys, so that it comes back empty."""
    sent: int = st.session_state.get(f"round-{name}", 0)
    return sent


def end_round(name: str) -> None:
    """Empty a form at the next run, since what it held is saved."""
    st.session_state[f"round-{name}"] = round_of(name) + 1


def county_key(code: str) -> str:
    """The key of the list of counties, which shows the county that is open."""
    key = widget_key("county")
    st.session_state[key] = code
    return key


def take_county(key: str) -> None:
    """Open the county that was chosen from the list."""
    focus_on(st.session_state[key] or "")


def take_split(key: str) -> None:
    """Keep the breakdown that was uploaded, for this session only; removing it forgets it."""
    file = st.session_state.get(key)
    st.session_state[_SPLIT] = (file.name, file.getvalue()) if file else None


def split_file() -> tuple[str, bytes] | None:
    """Name and bytes of the breakdown that was uploaded in this session."""
    kept: tuple[str, bytes] | None = st.session_state.get(_SPLIT)
    return kept


def keep(name: str, value: Any) -> None:
    """Keep something of a page for this session, such as a draft; None forgets it."""
    st.session_state[f"kept-{name}"] = value


def kept(name: str) -> Any:
    """What was kept by this name in this session; None for nothing."""
    return st.session_state.get(f"kept-{name}")


def is_first(name: str) -> bool:
    """Is this the first time in this session that somebody asks by this name?"""
    key = f"first-{name}"
    first = key not in st.session_state
    st.session_state[key] = True
    return first


def comes_first(page: str) -> bool:
    """Is this the run in which the map comes alone: the first of a session, in a browser?"""
    is_now = page == "map" and is_first("map") and bool(st.context.headers)
    st.session_state[_ALONE] = is_now
    return is_now


def is_map_alone() -> bool:
    """Does this run draw the map only?"""
    return bool(st.session_state.get(_ALONE))


def said(key: str, name: str) -> Any:
    """What one of our own components reports, in its callback; None for nothing."""
    return getattr(st.session_state.get(key), name, None)


def take_widgets() -> None:
    """Take what a widget says at once: a click on a link may end the run before it has begun."""
    known = current()
    chosen = _from_widgets(known)
    if chosen != known:
        _keep(chosen)
        st.session_state[_ACTED] = True


def change(**changes: Any) -> None:
    """Change the selection from a callback, for the widgets too."""
    _keep(replace(current(), **changes))
    _seed(current(), overwrite=True)
    st.session_state[_ACTED] = True


def _area_focus(area: str) -> str:
    """Going into a county opens its details; going out of it closes them."""
    focus = current().focus
    is_county = area and not area.endswith("00")
    return area if is_county else ("" if focus.isdigit() else focus)


def _keep(selection: Selection) -> None:
    """Take over a selection; other rows are shown from their first part."""
    known = st.session_state.get(_SELECTION)
    if known is not None and known.part == selection.part and _rows(known) != _rows(selection):
        selection = replace(selection, part=1)
    st.session_state[_SELECTION] = selection
    st.session_state[_UNREAD] = ()


def _rows(selection: Selection) -> tuple[object, ...]:
    """What decides which rows stand in a table and in which order."""
    return tuple(getattr(selection, name) for name in (*NARROWING, "view", "order"))


def _from_link(query: dict[str, list[str]], vocabulary: Vocabulary) -> None:
    st.session_state[_SELECTION], st.session_state[_UNREAD] = from_query(query, vocabulary)
    _seed(current(), overwrite=True)


def _from_widgets(known: Selection) -> Selection:
    """What the widgets of the last shown language say; a missing widget says nothing new."""
    language = known.language
    _unseen().judge({key: st.session_state[key] for key in st.session_state}, monotonic())
    values: dict[str, Any] = {}
    for each in _PLAIN:
        old, held = getattr(known, each.field), _held(f"{each.key}-{language}")
        value = tuple(held) if each.kind == "list" and held is not None else held
        values[each.field] = old if value is None else as_written(value, old)
    day = _held(f"asof-{language}")
    values["as_of"] = known.as_of if day is None else chosen_day(day, known.as_of)
    words = _held(f"q-{language}")
    values["words"] = known.words if words is None else str(words).strip()
    values["language"] = _held(LANGUAGE_KEY) or known.language
    values["unit"] = PowerUnit(_held(UNIT_KEY) or known.unit)
    return replace(known, **values)


def _held(key: str) -> Any:
    """What a widget holds; None for a value that the browser sent before it saw the next one."""
    held = st.session_state.get(key)
    return None if _unseen().hides(key, held) else held


def _unseen() -> Unseen:
    unseen: Unseen = st.session_state.setdefault(_UNSEEN, Unseen())
    return unseen


def _seed(selection: Selection, *, overwrite: bool = False) -> None:
    """Give every widget its value before it is drawn."""
    language = selection.language
    seeds: dict[str, Any] = {LANGUAGE_KEY: language, UNIT_KEY: selection.unit.value}
    for each in _PLAIN:
        value = getattr(selection, each.field)
        seeds[f"{each.key}-{language}"] = list(value) if each.kind == "list" else value
    seeds[f"asof-{language}"] = day_of(selection)
    seeds[f"q-{language}"] = selection.words
    for key, value in seeds.items():
        if overwrite or st.session_state.get(key) is None or _differs(key, value):
            if st.session_state.get(key) is not None and _differs(key, value):
                _unseen().note(key, st.session_state[key])
            st.session_state[key] = value


def _differs(key: str, value: Any) -> bool:
    """Does a widget hold something else than the selection that was just settled?"""
    held = st.session_state[key]
    return set(held) != set(value) if isinstance(value, list) else held != value
