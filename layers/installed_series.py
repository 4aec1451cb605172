"""Installed figures over time: one plan, place and metric a series, beside what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.registry import Registry
from store.drafts import Entry
from terms.records import InstalledFigure, Target
from terms.units import base_units

SeriesKey = tuple[str, str, str, str]  # plan, district, zone, metric


@dataclass(frozen=True)
class Point:
    """A figure of a series in the series' unit."""

    date: str
    value: Decimal


def key_of(figure: InstalledFigure) -> SeriesKey:
    """The series that a figure belongs to."""
    return figure.plan, figure.district_code, figure.zone, figure.metric


def series_of(figures: Sequence[InstalledFigure]) -> tuple[SeriesKey, ...]:
    """The series that have figures, in the order of their first."""
    return tuple(dict.fromkeys(key_of(figure) for figure in figures))


def of_series(entries: Sequence[Entry], key: SeriesKey) -> tuple[Entry, ...]:
    """The records of a series, the latest day first."""
    mine = [each for each in entries if key_of(each.record) == key]
    return tuple(sorted(mine, key=lambda each: each.record.date, reverse=True))


def points(figures: Sequence[InstalledFigure], unit: str) -> tuple[Point, ...]:
    """The figures of a series in one unit, the earliest first."""
    found = [
        Point(each.date, each.value * base_units(each.unit) / base_units(unit)) for each in figures
    ]
    return tuple(sorted(found, key=lambda each: each.date))


def promised(registry: Registry, key: SeriesKey) -> tuple[Target, ...]:
    """The mapped targets that the figures of a whole area are held against, by year."""
    plan, code, zone, metric = key
    if code or zone:  # a part of the area has no target of its own
        return ()
    found = [t for t in registry.targets if (t.plan, t.metric, t.mapped) == (plan, metric, True)]
    return tuple(sorted(found, key=lambda each: each.year))
