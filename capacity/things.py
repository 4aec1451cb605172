"""Counts of what has no MW: stations by voltage, lines, wetlands; the same rule, leaves first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from capacity.ledger import Reason, is_named, left_out_whole
from capacity.once import inside_amounts, parents_among
from registry.registry import Registry
from terms.kinds import Action, Asset, Layer, Status
from terms.records import Project
from terms.units import COUNT_UNITS


@dataclass(frozen=True)
class ThingEntry:
    """One row in pieces: gross = counted + excluded; `gross` is None where no number is printed."""

    id: str
    gross: int | None
    counted: int
    excluded: int
    reason: Reason


@dataclass(frozen=True, order=True)
class ThingKind:
    """What is counted together: the same sort of thing, done in the same way."""

    layer: Layer
    asset: Asset
    action: Action
    voltage_kv: int


@dataclass(frozen=True)
class ThingSum:
    """How many things of one kind: counted pieces, and rows that print no number."""

    kind: ThingKind
    counted: int
    unnumbered: int
    rows: tuple[str, ...]


@lru_cache(maxsize=8)
def thing_ledger(registry: Registry, *, inferred: bool = True) -> Mapping[str, ThingEntry]:
    """One entry per row without a technology, by id."""
    rows = [row for row in registry.projects if row.technology is None]
    standing = {row.id for row in rows if not _left_out(row)}
    amounts = {row: pieces_of(registry.by_id[row]) for row in standing}
    parents = {
        row: parent
        for row, parent in parents_among(registry, standing, inferred=inferred).items()
        if _counts_members(registry.by_id[parent], registry.by_id[row])
    }
    inside = inside_amounts(registry, amounts, parents)
    return {row.id: _entry(row, inside.get(row.id, 0)) for row in rows}


def things(
    registry: Registry, rows: Iterable[Project], *, inferred: bool = True
) -> tuple[ThingSum, ...]:
    """The things among the given rows, one sum per kind, in the order of the layers."""
    entries = thing_ledger(registry, inferred=inferred)
    found: dict[ThingKind, list[ThingEntry]] = {}
    for row in rows:
        entry = entries.get(row.id)
        if entry and not _left_out(row):
            found.setdefault(kind_of(row), []).append(entry)
    order = {layer: place for place, layer in enumerate(Layer)}
    return tuple(
        ThingSum(
            kind=kind,
            counted=sum(entry.counted for entry in entries),
            unnumbered=sum(entry.gross is None for entry in entries),
            rows=tuple(entry.id for entry in entries),
        )
        for kind, entries in sorted(found.items(), key=lambda pair: (order[pair[0].layer], pair[0]))
    )


def kind_of(row: Project) -> ThingKind:
    """What a row is counted together with; 0 kV where no voltage is stated."""
    return ThingKind(row.layer, row.asset, row.action, row.voltage_kv or 0)


def pieces_of(row: Project) -> int | None:
    """How many things a row is: one project is one, a programme what it prints in 座 or 个."""
    if is_named(row):
        return 1
    if row.quantity_unit in COUNT_UNITS and row.quantity_value is not None:
        return int(row.quantity_value)
    return None


def _counts_members(parent: Project, member: Project) -> bool:
    """A number of stations contains its stations, not the line that leads to them."""
    return not is_named(parent) and (parent.layer, parent.asset) == (member.layer, member.asset)


def _left_out(row: Project) -> Reason:
    """Retirements and retrofits are counted as such, under their own action."""
    if row.action in (Action.RETIRE, Action.RETROFIT):
        is_off = row.status in (Status.SHELVED, Status.CANCELLED)
        return left_out_whole(row) if is_off else Reason.NONE
    return left_out_whole(row)


def _entry(row: Project, inside: int) -> ThingEntry:
    gross, reason = pieces_of(row), _left_out(row)
    if gross is None:
        return ThingEntry(row.id, None, 0, 0, reason or Reason.NOT_STATED)
    excluded = gross if reason else min(gross, inside)
    why = reason or (Reason.DETAILED_BY_MEMBERS if excluded else Reason.NONE)
    return ThingEntry(row.id, gross, gross - excluded, excluded, why)
