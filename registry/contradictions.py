"""Records that contradict one another: nobody could say which holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from geo.zones import zone as find_zone
from store.book import Book, Place
from terms.errors import DistrictError, Fault
from terms.kinds import Status
from terms.records import InstalledFigure, Progress
from terms.units import COUNT_UNITS, base_units

_NOT_BEGUN = frozenset({Status.LISTED, Status.PROPOSED, Status.APPROVED})
_Key = tuple[str, str, str, str, str]  # plan, district, zone, metric, date
_Dated = tuple[str, int, Progress]  # date, index in the book, record


def contradictions(book: Book) -> tuple[Fault, ...]:
    """Every pair of records that cannot both be true, at the place of the later one."""
    faults = [*_repeated_faults(book), *_part_faults(book)]
    for records in _by_project(book).values():
        faults += _same_day_faults(book, records)
        faults += _falling_faults(book, records)
        faults += _not_begun_faults(book, records)
    return tuple(faults)


def _repeated_faults(book: Book) -> Iterator[Fault]:
    """Two figures for one place, metric and day."""
    seen: dict[_Key, tuple[Place, InstalledFigure]] = {}
    for index, figure in enumerate(book.installed):
        key, place = _key(figure), book.installed_place(index)
        if key in seen:
            where, first = seen[key]
            held = f"{_said(where)}: {first.value} {first.unit}"
            expected = (
                f"另一个日期：同一地点、指标在这一天已有一条（{held}），要改就改它，或先撤回它 · "
                f"another date: there is one for this place, metric and day ({held}); change that "
                "one, or withdraw it first"
            )
            yield place.fault("date", figure.date, expected)
        seen.setdefault(key, (place, figure))


def _part_faults(book: Book) -> Iterator[Fault]:
    """A part (county, zone) above what holds it (county, whole area), on one day."""
    first = {_key(each): index for index, each in reversed([*enumerate(book.installed)])}
    for index, part in enumerate(book.installed):
        for key in _holders(part):
            whole = first.get(key)
            if whole is None or not _is_above(part, book.installed[whole]):
                continue
            figure = book.installed[whole]
            if index > whole:
                found, other, zh, en = part, whole, "不大于其所在县区或全域", "at most the whole"
            else:
                found, other, zh, en = figure, index, "不小于其中一部分", "at least its part"
            amounts = {index: f"{part.value} {part.unit}", whole: f"{figure.value} {figure.unit}"}
            where = _said(book.installed_place(other))
            expected = f"{zh}（{where}：{amounts[other]}） · {en} ({where}: {amounts[other]})"
            place = book.installed_place(max(index, whole))
            yield place.fault("value", f"{found.value} {found.unit}", expected)
            break


def _holders(figure: InstalledFigure) -> Iterator[_Key]:
    """What holds the place of a figure: a zone's county if it is sure, then the whole area."""
    plan, code, zone, metric, day = _key(figure)
    if zone and (host := code or _sure_host(figure)):
        yield plan, host, "", metric, day
    if code or zone:
        yield plan, "", "", metric, day


def _is_above(part: InstalledFigure, whole: InstalledFigure) -> bool:
    if (part.unit in COUNT_UNITS) != (whole.unit in COUNT_UNITS):
        return False  # a fault of its own
    return part.value * base_units(part.unit) > whole.value * base_units(whole.unit)


def _key(figure: InstalledFigure) -> _Key:
    return figure.plan, figure.district_code, _zone_name(figure), figure.metric, figure.date


def _zone_name(figure: InstalledFigure) -> str:
    """The zone under its one name, whichever of its names was written."""
    try:
        return find_zone(figure.zone, figure.plan).name if figure.zone else ""
    except DistrictError:
        return figure.zone


def _sure_host(figure: InstalledFigure) -> str:
    """The one county of a zone; empty where it has several, or where it is not certain."""
    try:
        found = find_zone(figure.zone, figure.plan)
    except DistrictError:
        return ""
    return found.hosts[0] if found.certain and len(found.hosts) == 1 else ""


def _by_project(book: Book) -> Mapping[str, list[_Dated]]:
    """The records of each project, oldest first."""
    found: dict[str, list[_Dated]] = defaultdict(list)
    for index, each in enumerate(book.progress):
        found[each.project].append((each.date, index, each))
    return {project: sorted(each, key=lambda one: one[:2]) for project, each in found.items()}


def _same_day_faults(book: Book, records: list[_Dated]) -> Iterator[Fault]:
    """Two records of one day: which of them holds would depend on their order."""
    for (day, first, _), (again, index, each) in pairwise(records):
        if day == again:
            where = _said(book.progress_place(first))
            expected = (
                f"一个项目一天一条：与 {where} 不同的日期，或并作一条，或先撤回它 · one record a "
                f"project and day: another date than {where}, or one record of both, or "
                f"withdraw that first"
            )
            yield book.progress_place(index).fault("date", f"{each.project} {day}", expected)


def _falling_faults(book: Book, records: list[_Dated]) -> Iterator[Fault]:
    """What is in operation by a day cannot be less than by an earlier one."""
    entries = [
        (day, index, each.commissioned_mw)
        for day, index, each in records
        if each.commissioned_mw is not None
    ]
    for (day, _, before), (later, index, after) in pairwise(entries):
        if day < later and after < before:
            expected = (
                f"累计值，不少于 {day} 的 {before} · a cumulative figure, at least the "
                f"{before} of {day}"
            )
            yield book.progress_place(index).fault("commissioned_mw", str(after), expected)


def _not_begun_faults(book: Book, records: list[_Dated]) -> Iterator[Fault]:
    """What runs has been begun, and is no more than approved on no later day."""
    runs: tuple[int, Decimal] | None = None
    for _, index, each in records:
        if each.commissioned_mw:
            runs = index, each.commissioned_mw
        if runs is None or each.status not in _NOT_BEGUN:
            continue
        other, mw = runs
        where = "" if other == index else f" ({_said(book.progress_place(other))})"
        expected = (
            f"开工以后的进度或留空，因已投产 {mw} MW{where} · construction or later, or nothing, "
            f"since {mw} MW run{where}"
        )
        place = book.progress_place(max(index, other))
        yield place.fault("status", str(each.status), expected)


def _said(place: Place) -> str:
    return f"{place.file} {place.row}"
