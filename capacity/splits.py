"""The bureau's own breakdown (任务分解表): which county takes how much of a row or a technology.

A CSV with the columns `district_code,item,mw,share`: the item is a row's id, or a technology, and
then means what the plan of that county has of it without a single county. The county is a code, or
the name of a development zone that lies in it. One of `mw` and `share` (0 to 1) is given. Nothing
may exceed what it splits; what is not given stays where it was.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from capacity.apportion import apportion
from capacity.ledger import Entry
from capacity.split_places import by_id_hint, has_closed_list, is_code, is_free, place_of_zone
from registry.areas import plan_districts
from registry.registry import Registry
from terms.errors import DistrictError, SplitError
from terms.formula import undefuse
from terms.kinds import Technology
from terms.records import Project
from terms.units import WATTS_PER_MW

COLUMNS = ("district_code", "item", "mw", "share")
BINARY = "文件含空字节，不是文本，请存为 CSV（UTF-8） / binary, no text; save it as CSV UTF-8"
_SHARE_STEPS = 10**12


@dataclass(frozen=True)
class SplitLine:
    """One line of the breakdown; `line` is its number in the file, for messages."""

    line: int
    code: str
    item: str
    mw: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Splits:
    """A breakdown as read; it is held against the rows when it is applied."""

    lines: tuple[SplitLine, ...] = ()

    def by_row(
        self, registry: Registry, entries: Mapping[str, Entry]
    ) -> Mapping[str, Mapping[str, int]]:
        """Watts by row and county; raises SplitError with every line that does not fit."""
        return _Fitting(registry, entries).fit(self.lines)

    def names(self, row: str) -> bool:
        """Does a line name this row itself, and not only its technology?"""
        return any(line.item == row for line in self.lines)


NO_SPLITS = Splits()


def read_splits(text: str) -> Splits:
    """Read the CSV; raises SplitError with every line that cannot be read."""
    try:
        splits, faults = parse_splits(text)
    except csv.Error as error:  # a cell without an end, a control sign
        raise SplitError([f"不是 CSV 文件（{error}） / not a CSV file ({error})"]) from None
    if faults:
        raise SplitError(faults)
    return splits


def parse_splits(text: str) -> tuple[Splits, tuple[str, ...]]:
    """The lines of the CSV that can be read, and the faults of the others; may raise csv.Error.

    A file without any line that gives an amount is a fault too, not a breakdown of nothing.
    """
    if "\0" in text:
        return NO_SPLITS, (BINARY,)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    header = tuple(name.strip() for name in rows.fieldnames or ())
    if not {"district_code", "item"} <= set(header) or not {"mw", "share"} & set(header):
        fault = f"分解表第1行：{','.join(header) or '空'}；首行应为 / header: {','.join(COLUMNS)}"
        return NO_SPLITS, (fault,)
    faults: list[str] = []
    lines: list[SplitLine] = []
    for cells in rows:
        number = rows.line_num
        values = {(key or "").strip(): _cell(value) for key, value in cells.items()}
        if not any(values.values()):
            continue
        try:
            lines.append(_line(number, values))
        except ValueError as error:
            faults.append(f"分解表第{number}行 / line {number}: {error}")
    if not lines and not faults:
        faults.append("分解表没有一行填了 mw 或 share / no line gives mw or share")
    return Splits(tuple(lines)), tuple(faults)


def _cell(value: object) -> str:
    return undefuse(value).strip() if isinstance(value, str) else ""


def _line(number: int, values: Mapping[str, str]) -> SplitLine:
    mw, share = _decimal(values.get("mw", "")), _decimal(values.get("share", ""))
    if (mw is None) == (share is None):
        raise ValueError("mw 与 share 须且只须填一个 / give either mw or share")
    if share is not None and share > 1:
        raise ValueError(f"share={share}，应在0与1之间 / share={share}, expected 0 to 1")
    if mw is not None and mw * WATTS_PER_MW != (mw * WATTS_PER_MW).to_integral_value():
        raise ValueError(f"mw={mw}，最多六位小数 / mw={mw}, at most six decimals")
    if not values.get("district_code") or not values.get("item"):
        raise ValueError("district_code 与 item 不能空 / district_code and item are needed")
    return SplitLine(number, values["district_code"], values["item"], mw, share)


def _decimal(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r}，应为数字 / {text!r}, expected a number") from None
    if not value.is_finite() or value < 0:
        raise ValueError(f"{text}，应为不小于0的数 / {text}, expected a number not below 0")
    return value


class _Fitting:
    """Holds a breakdown against the rows that have no single county."""

    def __init__(self, registry: Registry, entries: Mapping[str, Entry]) -> None:
        self.registry = registry
        self.entries = entries
        self.plan_of = plan_districts(registry)
        self.faults: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    def fit(self, lines: Sequence[SplitLine]) -> Mapping[str, Mapping[str, int]]:
        rows: dict[str, list[SplitLine]] = defaultdict(list)
        technologies: dict[tuple[str, Technology], list[SplitLine]] = defaultdict(list)
        for given_line in lines:
            line = self._in_county(given_line)
            if line is None:
                continue
            if line.item in self.registry.by_id:
                self._take_row(line, rows)
            elif line.item in {each.value for each in Technology}:
                self._take_technology(line, technologies)
            else:
                self._fault(
                    line,
                    f"{line.item} 既非行号也非技术 / {line.item} is no row id and no technology",
                )
        given: dict[str, dict[str, int]] = defaultdict(dict)
        for row, parts in rows.items():
            given[row] = self._amounts(row, parts, self.entries[row].counted_w)
        for (plan, technology), wanted in sorted(technologies.items()):
            self._pour(plan, technology, wanted, given)
        if self.faults:
            raise SplitError(self.faults)
        return given

    def _in_county(self, line: SplitLine) -> SplitLine | None:
        """The line with its county's code, once a place and item; a zone beside it adds up."""
        place = code = line.code
        if not is_code(code):
            row = self.registry.by_id.get(line.item)
            plans = [row.plan] if row else [plan.id for plan in self.registry.plans]
            try:
                place, code = place_of_zone(self.registry, line.code, plans)
            except DistrictError as error:
                self._fault(line, str(error))
                return None
        if (place, line.item) in self.seen:
            self._fault(line, "同一县区同一对象写了两次 / the item stands twice for the county")
            return None
        self.seen.add((place, line.item))
        return replace(line, code=code)

    def _take_row(self, line: SplitLine, rows: dict[str, list[SplitLine]]) -> None:
        row = self.registry.by_id[line.item]
        entry = self.entries.get(row.id)
        if entry is None or not entry.counted_w:
            self._fault(line, f"{row.id} 没有可分解的规模 / {row.id} counts no MW to be split")
        elif not is_free(row):
            self._fault(
                line, f"{row.id} 已落到县 / {row.id} has one county or lies outside already"
            )
        elif not self._may_lie(row, line.code):
            self._fault(line, f"{row.id} 不在 {line.code} / {row.id} may not lie in {line.code}")
        else:
            rows[row.id].append(line)

    def _take_technology(
        self,
        line: SplitLine,
        technologies: dict[tuple[str, Technology], list[SplitLine]],
    ) -> None:
        plan = self.plan_of.get(line.code)
        if plan is None:
            self._fault(line, f"{line.code} 不属于所收方案 / no plan here governs {line.code}")
        else:
            technologies[plan, Technology(line.item)].append(line)

    def _amounts(
        self, what: str, lines: Sequence[SplitLine], whole: int, *, closed: Sequence[str] = ()
    ) -> dict[str, int]:
        """Watts by county; shares are apportioned together, so that shares of 1 leave nothing.

        `closed` are rows of the technology that it does not reach, named where it has too little.
        """
        fixed: dict[str, int] = defaultdict(int)
        shares: dict[str, Decimal] = defaultdict(Decimal)
        for line in lines:  # a county may stand beside a zone of it
            if line.mw is not None:
                fixed[line.code] += int(line.mw * WATTS_PER_MW)
            elif line.share is not None:
                shares[line.code] += line.share
        share = sum(shares.values(), Decimal(0))
        shared = int(whole * share)
        given = shared + sum(fixed.values())
        if given > whole:
            hint, hint_en = by_id_hint(closed)
            self.faults.append(
                f"{what}: 分解合计 {_mw(given)} MW，超过可分解的 {_mw(whole)} MW{hint} / "
                f"the breakdown gives {_mw(given)} MW of {_mw(whole)} MW; lower it{hint_en}"
            )
            return {}
        if share > 1:
            self.faults.append(
                f"{what}: 份额合计 {share}，超过 1 / the shares add up to {share}, more than 1"
            )
            return {}
        weights = {code: int(share * _SHARE_STEPS) for code, share in shares.items()}
        parts = apportion(shared, weights) if weights else {}
        return {code: fixed.get(code, 0) + parts.get(code, 0) for code in (*fixed, *parts)}

    def _pour(
        self,
        plan: str,
        technology: Technology,
        wanted: Sequence[SplitLine],
        given: dict[str, dict[str, int]],
    ) -> None:
        """Take each county's amount from all free rows in proportion to what they have left.

        The line means no single row. A part is never above what a row has left, since the amount
        is not above what they all have: the largest remainder rounds up a fraction only.
        """
        free = [row for row in self._pools.get((plan, technology), ()) if row not in given]
        left = {row: self.entries[row].counted_w for row in sorted(free)}
        what, closed = f"{plan} {technology.value}", self._closed.get((plan, technology), ())
        demand = self._amounts(what, wanted, sum(left.values()), closed=closed)
        for code, watts in sorted(demand.items()):
            for row, part in apportion(watts, left).items():
                if part:
                    given[row][code] = part
                    left[row] -= part

    @cached_property
    def _pools(self) -> Mapping[tuple[str, Technology], Sequence[str]]:
        """By plan and technology what may lie in any county: named by the city, or open lists."""
        return self._free_rows(may_lie_anywhere=True)

    @cached_property
    def _closed(self) -> Mapping[tuple[str, Technology], Sequence[str]]:
        """By plan and technology the rows with a complete list of counties: split by their id."""
        return self._free_rows(may_lie_anywhere=False)

    def _free_rows(
        self, *, may_lie_anywhere: bool
    ) -> Mapping[tuple[str, Technology], Sequence[str]]:
        found: dict[tuple[str, Technology], list[str]] = defaultdict(list)
        for row in self.registry.projects:
            entry = self.entries.get(row.id)
            is_open = row.list_open or not row.district_codes
            if entry and entry.counted_w and is_free(row) and is_open is may_lie_anywhere:
                found[row.plan, entry.technology].append(row.id)
        return found

    def _may_lie(self, row: Project, code: str) -> bool:
        if has_closed_list(row):
            return code in row.district_codes
        return self.plan_of.get(code) == row.plan or code in row.district_codes

    def _fault(self, line: SplitLine, message: str) -> None:
        self.faults.append(f"分解表第{line.line}行 / line {line.line}: {message}")


def _mw(watts: int) -> str:
    return f"{Decimal(watts) / WATTS_PER_MW:f}"
