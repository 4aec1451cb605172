"""The change log as a table to be taken along."""

from __future__ import annotations

from collections.abc import Iterable

from layers.change_words import Teller
from layers.table import to_csv
from store.drafts import Change

COLUMNS = (
    "batch",
    "at",
    "who",
    "role",
    "way",
    "action",
    "kind",
    "record_id",
    "subject",
    "changed",
    "why",
)


def changes_csv(changes: Iterable[Change], teller: Teller) -> bytes:
    """One line a change, newest first, as CSV with a BOM; `at` is UTC."""
    rows = [
        {name: getattr(change, name) for name in COLUMNS if hasattr(change, name)}
        | {"subject": teller.subject(change), "changed": _changed(change, teller)}
        for change in changes
    ]
    return to_csv(rows, COLUMNS, bom=True).encode("utf-8")


def _changed(change: Change, teller: Teller) -> str:
    return "; ".join(f"{name}: {old} → {new}" for name, old, new in teller.changed(change))
