"""The written reasons why a printed number is neither a project's figure nor a target."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from tests.seeds.number_account.clauses import plain

FILE = Path(__file__).parent.parent / "number_reasons.yaml"

Category = Literal[
    "threshold",
    "class",
    "restated elsewhere",
    "date",
    "document number",
    "grade or standard",
    "model of doing",
    "list number",
    "listed one by one",
    "no year printed",
    "name",
    "part of a definition",
    "figure for several",
]


@dataclass(frozen=True)
class Reason:
    """Why one print of one clause has no figure of its own, and how often it stands there.

    `rows` counts what a clause lists one by one: each entry is a filter on the clause's projects,
    and as many must pass it as the print says. `figure for several` is the other way round:
    `times` registry figures more than prints.
    """

    plan: str
    clause: str
    printed: str
    category: Category
    note: str
    times: int = 1
    rows: tuple[dict[str, Any], ...] = ()

    @property
    def key(self) -> str:
        """The reason's place in the file, for messages."""
        return f"{self.plan} {self.clause} {self.printed}"


def load_reasons(file: Path = FILE) -> tuple[Reason, ...]:
    """Read the reasons: plan → clause → print → why, note, times, rows.

    Raises ValueError for a category that is not in the list or a reason without a note.
    """
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        _reason(plan, clause, str(printed), entry)
        for plan, clauses in raw.items()
        for clause, entries in clauses.items()
        for printed, entry in entries.items()
    )


def _reason(plan: str, clause: str, printed: str, entry: dict[str, Any]) -> Reason:
    category, note = entry["why"], entry.get("note", "")
    if category not in get_args(Category):
        raise ValueError(f"{plan} {clause} {printed}: {category!r} is not one of {Category}")
    if not note:
        raise ValueError(f"{plan} {clause} {printed}: a note, which says why in this place")
    rows = tuple(entry.get("rows", ()))
    times = int(entry.get("times", len(rows) or 1))
    return Reason(plan, clause, plain(printed), category, note, times, rows)
