"""The headline figures of a selection: rows, places, and capacity that is counted once.

Capacity stands per plan and technology; plans are never added to a "province" and technologies
never meet in one sum (DESIGN section 3).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from capacity.allocate import Place, is_located, place_of
from capacity.ledger import Entry, Reason, counted_w, ledger
from registry.own import USER
from registry.registry import Registry
from terms.kinds import Kind, Layer, Precision, Technology
from terms.records import Project


@dataclass
class Capacity:
    """Watts of one plan and technology: gross = counted + excluded; counted split by place."""

    gross_w: int = 0
    counted_w: int = 0
    excluded_w: int = 0
    located_w: int = 0
    shared_w: int = 0
    retired_w: int = 0
    rows: int = 0
    not_stated: int = 0
    reasons: set[Reason] = field(default_factory=set)

    @property
    def adds_nothing(self) -> bool:
        """Is no MW stated but of units that retire?"""
        return self.gross_w == self.retired_w


@dataclass(frozen=True)
class Bar:
    """Counted and located watts as shares (0 to 1) of the technology's largest counted sum."""

    counted: float
    located: float


@dataclass(frozen=True)
class StatedRows:
    """How many rows of a plan state MW, and how many of these lie in exactly one county.

    What retires is in neither.
    """

    stated: int
    located: int


@dataclass(frozen=True)
class Figures:
    """Counts of rows, and capacity by (plan, technology); `stated` is by plan."""

    rows: int
    located: int
    sites: int
    programmes: int
    tray: int
    districts: int
    not_stated: int
    with_technology: int
    by_layer: Mapping[Layer, int]
    by_plan: Mapping[str, int]
    stated: Mapping[str, StatedRows]
    capacity: Mapping[tuple[str, Technology], Capacity] = field(repr=False)

    @property
    def located_share(self) -> float:
        """Rows on the map as a share (0 to 1) of all rows."""
        return self.located / self.rows if self.rows else 0.0

    def bar(self, plan: str, technology: Technology) -> Bar:
        """The bar of one plan on its technology's own scale; technologies share none."""
        sums = self.capacity[plan, technology]
        top = max(each.counted_w for (_, t), each in self.capacity.items() if t is technology)
        return Bar(sums.counted_w / top, sums.located_w / top) if top else Bar(0.0, 0.0)


@dataclass(frozen=True)
class DistrictFigures:
    """The rows of a selection that touch one district; MW only of rows that lie in it alone.

    `beside` are users' rows that count in no plan: their MW are in none of these sums.
    """

    rows: tuple[Project, ...]
    by_layer: Mapping[Layer, int]
    located_w: Mapping[Technology, int]
    shared: int
    beside: int = 0


def figures(registry: Registry, rows: Iterable[Project], *, inferred: bool = True) -> Figures:
    """Count what a selection shows; every row is either on the map or in the tray.

    Without `inferred` the memberships that are read into a plan are taken as not there.
    """
    chosen = tuple(rows)
    entries = ledger(registry, inferred=inferred)
    capacity: dict[tuple[str, Technology], Capacity] = defaultdict(Capacity)
    for row in chosen:
        if entry := entries.get(row.id):
            _add(capacity[registry.plan_of(row), entry.technology], row, entry)
    on_map = [row for row in chosen if registry.labels[row.id]]
    return Figures(
        rows=len(chosen),
        located=len(on_map),
        sites=sum(row.precision is Precision.SITE for row in chosen),
        programmes=sum(row.kind is Kind.PROGRAMME for row in chosen),
        tray=len(chosen) - len(on_map),
        districts=len({code for row in on_map for code in row.district_codes}),
        not_stated=sum(each.not_stated for each in capacity.values()),
        with_technology=sum(each.rows for each in capacity.values()),
        by_layer=Counter(row.layer for row in chosen),
        by_plan=Counter(map(registry.plan_of, chosen)),
        stated=_stated(registry, chosen, entries),
        capacity=dict(capacity),
    )


def district_figures(
    registry: Registry, rows: Iterable[Project], code: str, *, inferred: bool = True
) -> DistrictFigures:
    """Count what a selection shows of one district."""
    here = tuple(row for row in rows if code in row.district_codes)
    entries = ledger(registry, inferred=inferred)
    of_plans = [row for row in here if registry.plan_of(row) != USER]
    located = counted_w(entries, (row for row in of_plans if is_located(row)))
    return DistrictFigures(
        rows=here,
        by_layer=Counter(row.layer for row in here),
        located_w={technology: watts for technology, watts in located.items() if watts},
        shared=sum(place_of(row) is Place.SHARED for row in here),
        beside=len(here) - len(of_plans),
    )


def _stated(
    registry: Registry, rows: Iterable[Project], entries: Mapping[str, Entry]
) -> dict[str, StatedRows]:
    """Rows are counted, not watts: those of different technologies never meet in one sum."""
    stated: Counter[str] = Counter()
    located: Counter[str] = Counter()
    for row in rows:
        entry = entries.get(row.id)
        if entry and entry.gross_w is not None and entry.reason is not Reason.RETIRE:
            plan = registry.plan_of(row)
            stated[plan] += 1
            located[plan] += is_located(row)
    return {plan: StatedRows(count, located[plan]) for plan, count in stated.items()}


def _add(sums: Capacity, row: Project, entry: Entry) -> None:
    sums.rows += 1
    if entry.gross_w is None:
        sums.not_stated += 1
        return
    sums.gross_w += entry.gross_w
    sums.counted_w += entry.counted_w
    sums.excluded_w += entry.excluded_w
    if entry.reason:
        sums.reasons.add(entry.reason)
    if entry.reason is Reason.RETIRE:
        sums.retired_w += entry.excluded_w
    if is_located(row):
        sums.located_w += entry.counted_w
    elif len(row.district_codes) > 1:
        sums.shared_w += entry.counted_w
