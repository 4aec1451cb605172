"""What a person has said of an upload so far, kept for the session: a widget that is not on the
page (another part of a list, the other language) forgets its value, the draft does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from views import selection
from views.words import esc

ROUND = "intake"
MadeT = TypeVar("MadeT")
MOST_SIGNS = 300  # of a text that is typed


class Draft:
    """The values of one form by field; `name` changes with the file, the part, the kind."""

    def __init__(self, name: str) -> None:
        self._given = name
        self._name = f"intake-{name}-{selection.round_of(ROUND)}"
        values = selection.kept(self._name)
        self.values: dict[str, Any] = {} if values is None else values
        selection.keep(self._name, self.values)

    def inner(self, name: str) -> Draft:
        """Another form within this one."""
        return Draft(f"{self._given}-{name}")

    def once(self, field: str, make: Callable[[], MadeT]) -> MadeT:
        """What was made of this when the form was first drawn."""
        if field not in self.values:
            self.values[field] = make()
        made: MadeT = self.values[field]
        return made

    def key(self, field: str) -> str:
        """The key of a field's widget in this language."""
        return selection.widget_key(f"{self._name}-{field}")

    def select(
        self,
        label: str,
        options: Mapping[str, str],
        field: str,
        *,
        start: str = "",
        shows_label: bool = True,
    ) -> str:
        """A choice among options (key → label)."""
        value = self.values.get(field, start)
        index = list(options).index(value) if value in options else 0
        found = st.selectbox(
            label,
            list(options),
            index=index,
            format_func=lambda key: options.get(key, key),
            key=self.key(field),
            placeholder=label,
            label_visibility="visible" if shows_label else "collapsed",
        )
        self.values[field] = found
        return str(found)

    def several(
        self, label: str, options: Mapping[str, str], field: str, *, start: Sequence[str]
    ) -> tuple[str, ...]:
        """Several of the options."""
        value = [each for each in self.values.get(field, start) if each in options]
        found = st.multiselect(
            label,
            list(options),
            default=value,
            format_func=lambda key: options.get(key, key),
            key=self.key(field),
            placeholder=label,
            select_all=False,
        )
        self.values[field] = tuple(found)
        return tuple(found)

    def choose(
        self,
        label: str,
        options: Mapping[str, str],
        field: str,
        *,
        start: str,
        shows_label: bool = True,
    ) -> str:
        """One of a few options, all in sight."""
        value = self.values.get(field, start)
        found = st.radio(
            label,
            list(options),
            index=list(options).index(value) if value in options else 0,
            format_func=lambda key: options.get(key, key),
            key=self.key(field),
            horizontal=True,
            label_visibility="visible" if shows_label else "collapsed",
        )
        self.values[field] = found
        return str(found)

    def typed(self, label: str, field: str, *, start: str = "", hint: str = "") -> str:
        """A line of text."""
        found = st.text_input(
            label,
            value=self.values.get(field, start),
            key=self.key(field),
            placeholder=hint,
            max_chars=MOST_SIGNS,
        )
        self.values[field] = found
        return found.strip()

    def ticked(self, label: str, field: str, *, start: bool) -> bool:
        """Yes or no."""
        found = st.checkbox(label, value=self.values.get(field, start), key=self.key(field))
        self.values[field] = found
        return found


def say(words: str) -> None:
    """Say in a sentence what cannot be done."""
    st.html(f'<div class="fg-notice" role="alert">{esc(words)}</div>')


def caption(words: str) -> None:
    """A quiet line."""
    st.html(f'<p class="fg-caption">{esc(words)}</p>')
