"""Words on the page: the message catalogue in this run's language, and safe text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from terms import messages
from terms.errors import LabelError
from views import selection

_DIRECTIVE = re.compile(r":(?=[a-z]+[/\[])", re.IGNORECASE)  # :material/…:, :red[…]
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&\"'=^])")


def t(key: str, /, **values: object) -> str:
    """The message for a key in the language of this run."""
    return messages.text(key, selection.current().language, **values)


def lab(kind: str, value: str | None) -> str:
    """The label of a member of a closed list in the language of this run."""
    return messages.label(kind, value, selection.current().language)


def plain(value: str) -> str:
    """Text from a file or a person, made inert for calls that render markdown (PITFALLS 2)."""
    inert = _DIRECTIVE.sub(":\u2060", " ".join(value.split()))
    return _MARKDOWN.sub(r"\\\1", inert)


def esc(value: object) -> str:
    """Text made inert for our own HTML; braces and backticks stay, nothing evaluates them."""
    return html.escape(str(value), quote=True)


def unique_labels(keys: Iterable[str], label: Callable[[str], str]) -> dict[str, str]:
    """Labels for options by key; two options with one label would be one option, so it raises."""
    labels: dict[str, str] = {}
    owners: dict[str, str] = {}
    for key in keys:
        name = label(key)
        if name in owners:
            raise LabelError(
                f"options {owners[name]} and {key} share the label {name!r}, expected unique "
                "labels; put the city or the id into the label"
            )
        owners[name] = key
        labels[key] = name
    return labels
