"""Lists whose choice outlives a change of language.

Options are words, so a list is another widget in another language. It stands outside of any form:
what is chosen within one is known to the browser alone until the form is sent. `keyed` gives the
key of a field, another one for each record and each round of its form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from views import selection

Keyed = Callable[[str], str]  # the key of a field's widget


def choose(
    label: str,
    options: Mapping[str, str],
    field: str,
    *,
    keyed: Keyed,
    start: str | None = None,
    where: Any = st,
    hint: str | None = None,
) -> str | None:
    """One of the options (key → label); None where nothing is chosen and `start` is none of them.

    What was chosen and is no option any more falls back to `start`.
    """
    keys = list(options)
    value = next((each for each in (*_chosen(keyed(field)), start) if each in options), None)
    found: str | None = where.selectbox(
        label,
        keys,
        index=None if value is None else keys.index(value),
        format_func=options.__getitem__,
        placeholder=hint or label,
        key=keyed(selection.widget_key(field)),
    )
    selection.keep(_held(keyed(field)), None if found is None else (found,))
    return found


def choose_several(
    label: str,
    options: Mapping[str, str],
    field: str,
    *,
    keyed: Keyed,
    start: Sequence[str],
    hint: str,
) -> list[str]:
    """Several of the options."""
    held = selection.kept(_held(keyed(field)))
    value = [each for each in (start if held is None else held) if each in options]
    found = st.multiselect(
        label,
        list(options),
        default=value,
        format_func=options.__getitem__,
        placeholder=hint,
        key=keyed(selection.widget_key(field)),
        select_all=False,
    )
    selection.keep(_held(keyed(field)), tuple(found))
    return found


def _chosen(name: str) -> tuple[str, ...]:
    chosen: tuple[str, ...] | None = selection.kept(_held(name))
    return chosen or ()


def _held(name: str) -> str:
    return f"chosen-{name}"
