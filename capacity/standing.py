"""How a row stands to a target: the words, the line of a ledger, the circumstances of a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from capacity.ledger import Reason
from terms.records import Progress


class Standing(StrEnum):
    """How a row stands to a target; one word per line of its ledger."""

    NAMED = "named"
    PROGRAMME = "programme"
    HIGH_ONLY = "high_only"
    OPEN = "open"
    WITHIN = "within"
    DETAILED = "detailed"
    RUNNING = "running"
    PLEDGE = "pledge"
    LATER = "later"
    LEFT_OUT = "left_out"


# Standings that no reading of memberships changes.
FIXED = frozenset({Standing.PLEDGE, Standing.LATER, Standing.LEFT_OUT})


class Doubt(StrEnum):
    """Why a row belongs to the high end only."""

    APPROXIMATE = "approximate"
    HORIZON = "horizon"
    MIXED = "mixed"
    EXTERNAL = "external"
    WAS_DUE = "was_due"
    PARTLY = "partly_operating"
    INFERRED = "inferred"


# The doubts of a row by itself, in the order in which they are tested.
TESTED_DOUBTS = (
    Doubt.APPROXIMATE,
    Doubt.HORIZON,
    Doubt.MIXED,
    Doubt.EXTERNAL,
    Doubt.WAS_DUE,
    Doubt.PARTLY,
)


class Line(NamedTuple):
    """One row of a target's ledger, in watts or pieces; `gross` is None where nothing is stated.

    `why` gives the reason for what is left out as a whole (retired, shelved ...). A tuple, since
    a check of many plans makes some ten thousand of them.
    """

    row: str
    is_named: bool
    gross: int | None
    low: int
    high: int
    running: int
    standing: Standing
    doubts: tuple[Doubt, ...]
    why: Reason = Reason.NONE


@dataclass(frozen=True)
class Reading:
    """The circumstances under which a plan is read.

    `until` is the date of the installed figure ("" without one), `progress` the records of the
    time up to which what exists leaves the pipeline, `known` those up to the day of the check.
    """

    inferred: bool
    external: bool
    until: str
    progress: Mapping[str, Progress]
    known: Mapping[str, Progress]
