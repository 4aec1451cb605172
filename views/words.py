"""Words on the page: the message catalogue in this run's language, and safe text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable

from terms import messages
from terms.errors import LabelError
from views import selection

# What the page's markdown finds in plain text even where its signs are escaped: :smile:, :red[…],
# addresses and e-mails that become links, arrows and dashes.
_FOUND = re.compile(
    r":(?=[\w+/-])|www(?=\.)|@(?=\w)|<(?=-|=)|-(?=-|>)|[>~](?==)", re.IGNORECASE | re.ASCII
)
_BREAK = "\u2060"  # the word joiner: it is not seen and holds both sides together
# Signs that turn the reading direction, each with the one that ends it.
_TURNS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&\"'=^])")


def t(key: str, /, **values: object) -> str:
    """The message for a key in the language of this run."""
    return messages.text(key, selection.current().language, **values)


def lab(kind: str, value: str | None) -> str:
    """The label of a member of a closed list in the language of this run."""
    return messages.label(kind, value, selection.current().language)


def joined(*sentences: str) -> str:
    """Whole sentences in a row: Chinese sets no space between them, English does."""
    return ("" if selection.current().language == "zh" else " ").join(filter(None, sentences))


def plain(value: str) -> str:
    """Text from a file or a person, made inert for calls that render markdown (PITFALLS 2)."""
    words = " ".join(ends_its_turns(value).split())
    inert = _FOUND.sub(lambda found: found[0] + _BREAK, words)
    is_led = bool(words) and unicodedata.category(words[0]) == "So"  # else taken as a label's icon
    return (_BREAK if is_led else "") + _MARKDOWN.sub(r"\\\1", inert)


def esc(value: object) -> str:
    """Text made inert for our own HTML; braces and backticks stay, nothing evaluates them."""
    return html.escape(ends_its_turns(str(value)), quote=True)


def ends_its_turns(value: str) -> str:
    """Text that turns the reading direction back at its end, else it turns what follows it."""
    if value.isascii():
        return value
    ends: list[str] = []
    for sign in value:
        if sign in _TURNS:
            ends.append(_TURNS[sign])
        elif ends and ends[-1] == sign:
            ends.pop()
    return value + "".join(reversed(ends))


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
