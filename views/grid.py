"""A table of our own: sorted on the server, ticked and opened by keyboard, a few kB a change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import streamlit as st

from views.acts import done_of, script, taker
from views.words import t

COMPARED_AT_MOST = 4
Tick = Literal["pick", "compare"]


@dataclass(frozen=True)
class Column:
    """One column; `unit` stands small under its title.

    `sort` is how it is sorted now, `sorts` whether a click sorts by it.
    """

    key: str
    title: str
    number: bool = False
    unit: str = ""
    sorts: bool = False
    sort: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Line:
    """One row: its cells as text (empty: not stated), its ticks, a draft mark, a small note.

    A `closed` line opens nothing.
    """

    id: str
    cells: Sequence[str]
    ticks: Mapping[Tick, bool] = field(default_factory=dict)
    draft: bool = False
    note: str = ""
    closed: bool = False


def draw_grid(
    columns: Sequence[Column],
    lines: Sequence[Line],
    *,
    key: str,
    caption: str = "",
    opens: Callable[[str], None] | None = None,
    sorts: Callable[[str], None] | None = None,
    ticks: Mapping[Tick, Callable[[str, bool], None]] | None = None,
    leads: str = "",
    manner: Literal["wide", "slim"] = "wide",
    words: Mapping[str, str] | None = None,
) -> None:
    """Draw the table; `opens`, `sorts` and `ticks` are told what a person did, with row or column.
    `leads` names the container above in which a row opens: it comes into sight.
    `words` take the place of the list's, such as what a tick is for.

    Texts may come from plans and persons: the script writes them as text only.
    """
    told = {
        "head": [asdict(column) for column in columns],
        "rows": [_told(line) for line in lines],
        "words": _words(caption) | dict(words or {}),
        "ticks": list(ticks or ()),
        "opens": opens is not None,
        "limit": COMPARED_AT_MOST,
        "manner": manner,
        "done": done_of(key),
    } | ({"leads": leads} if leads else {})

    ids, keys = {line.id for line in lines}, {column.key for column in columns if column.sorts}

    def take(act: Mapping[str, Any]) -> None:
        do, what = act.get("do"), act.get("what")
        if do == "sort" and sorts and what in keys:
            sorts(what)
        elif do == "open" and opens and what in ids:
            opens(what)
        elif ticks and do in ticks and what in ids:
            ticks[do](what, act.get("on") is True)

    grid = st.components.v2.component("fengtu-grid", js=script("grid.js"), isolate_styles=False)
    # As bytes: the library would write Chinese in JSON as six signs each.
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    grid(key=key, data=text.encode("utf-8"), on_act_change=taker(key, take))


def _told(line: Line) -> dict[str, object]:
    told: dict[str, object] = {"id": line.id, "cells": list(line.cells), **line.ticks}
    for name in ("draft", "note", "closed"):
        if value := getattr(line, name):
            told[name] = value
    return told


def _words(caption: str) -> dict[str, str]:
    names = ("pick", "pick_head", "compare", "compare_head", "sort", "limit", "draft", "missing")
    words = {name: t(f"projects.grid_{name}") for name in names}
    return words | {"caption": caption, "region": t("projects.grid_region")}
