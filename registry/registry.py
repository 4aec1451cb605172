"""All plans as one frozen whole: rows placed, sources attached, a digest over the content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from geo.districts import Districts, usual_names
from geo.place import Placement, Point, place
from registry.additions import with_additions
from registry.own import NOTHING_OWN, USER_GROUP, Own
from seeds.loader import PLANS, LoadedPlan, load_plans
from seeds.models import ProjectRow, TargetRow
from seeds.self_checks import FigureRow, SelfCheckRow
from store.book import Book
from terms.errors import BoundaryError
from terms.kinds import GeometryRole, Status
from terms.records import (
    InstalledFigure,
    PlanRecord,
    Progress,
    Project,
    SelfCheck,
    SelfCheckFigure,
    Target,
)

WITHHELD = "（涉及乡镇及以下位置的说明不公开。）"
_SENTENCE = re.compile(r"[^。]+。?")
_TOWNSHIP = re.compile("镇|街道|乡|村|坐标|[0-9.]+公里")


@dataclass(frozen=True, eq=False)
class Registry:
    """Everything the plans say, placed on one boundary file.

    `labels` gives, by project id, the points at which a row may be drawn (empty for the tray);
    `approximate` holds the ids of sites whose own source does not call its point exact.
    `installed` and `progress` are what users recorded; a project's status follows from `progress`.
    `own` is what else they added; their projects stand among `projects` (`registry.own_projects`),
    and `counted_in` says by id where those count. `bare` is the registry without any additions;
    `is_public` shows nothing of a row finer than its districts.
    """

    plans: tuple[PlanRecord, ...]
    projects: tuple[Project, ...]
    targets: tuple[Target, ...]
    self_checks: tuple[SelfCheck, ...]
    labels: Mapping[str, tuple[Point, ...]]
    approximate: frozenset[str]
    districts: Districts = field(repr=False)
    installed: tuple[InstalledFigure, ...] = ()
    progress: tuple[Progress, ...] = ()
    own: Own = field(default=NOTHING_OWN, repr=False)
    counted_in: Mapping[str, str] = field(default_factory=dict)
    bare: Registry | None = field(default=None, repr=False)
    is_public: bool = False

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits over plans, rows and boundaries: equal content, equal digest."""
        content = [
            [asdict(plan) for plan in self.plans],
            [asdict(row) for row in self.projects],
            [asdict(target) for target in self.targets],
            [asdict(check) for check in self.self_checks],
            dict(self.labels),
            sorted(self.approximate),
            [asdict(figure) for figure in self.installed],
            [asdict(record) for record in self.progress],
            self.districts.digest,
            *filter(None, (self.own.digest,)),
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @cached_property
    def by_id(self) -> Mapping[str, Project]:
        """Projects by id."""
        return {row.id: row for row in self.projects}

    @cached_property
    def members(self) -> Mapping[str, tuple[Project, ...]]:
        """The direct members of each row that has any, by the parent's id."""
        found: dict[str, list[Project]] = {}
        for row in self.projects:
            if row.part_of:
                found.setdefault(row.part_of, []).append(row)
        return {parent: tuple(rows) for parent, rows in found.items()}

    @cached_property
    def target_by_key(self) -> Mapping[str, Target]:
        """Targets by plan:metric:year."""
        return {target.key: target for target in self.targets}

    @cached_property
    def plan_by_id(self) -> Mapping[str, PlanRecord]:
        """Plans by id, and the group of users' rows where there are any."""
        return {plan.id: plan for plan in self.groups}

    @cached_property
    def groups(self) -> tuple[PlanRecord, ...]:
        """The plans, and after them the group of users' rows where there are any."""
        return (*self.plans, USER_GROUP) if self.own.projects else self.plans

    def plan_of(self, row: Project) -> str:
        """The plan in whose ledger a row counts; `user` for a user's row that counts in none."""
        return self.counted_in.get(row.id, row.plan)

    def governed_codes(self, plan: str) -> frozenset[str]:
        """The districts that a plan governs; none for the group of users' rows."""
        return self._governed.get(plan, frozenset())

    @cached_property
    def _governed(self) -> Mapping[str, frozenset[str]]:
        districts = self.districts
        return {
            plan.id: frozenset(
                (plan.governs_code,)
                if districts.has(plan.governs_code)
                else districts.codes_in(plan.governs_code)
            )
            for plan in self.plans
        }


def build_registry(
    districts: Districts, *, folder: Path = PLANS, public: bool = False, book: Book | None = None
) -> Registry:
    """Load, check and place every plan, and add what users recorded (`book`).

    Raises PlanError or RecordsError with all faults, or BoundaryError.
    Codes must stand in the boundaries in use; names are held against the usual ones, since a
    bureau's own file may write 济宁市兖州区 or 兖州.
    """
    known = {code: districts.name(code) for code in districts.codes} | dict(usual_names())
    loaded = load_plans(folder, district_names=known)
    _refuse_lacking(districts, loaded)
    labels: dict[str, tuple[Point, ...]] = {}
    approximate: set[str] = set()
    projects: list[Project] = []
    for plan in loaded:
        for row in plan.content.projects:
            placement = place(row, districts, public=public)
            labels[row.id] = placement.labels
            if placement.role is GeometryRole.SITE and row.site and row.site.accuracy != "exact":
                approximate.add(row.id)
            projects.append(_project(plan, row, placement, public=public))
    registry = Registry(
        plans=tuple(_plan(plan) for plan in loaded),
        projects=tuple(projects),
        targets=tuple(_target(plan, row) for plan in loaded for row in plan.content.targets),
        self_checks=tuple(
            _self_check(plan, row) for plan in loaded for row in plan.content.self_checks
        ),
        labels=labels,
        approximate=frozenset(approximate),
        districts=districts,
        is_public=public,
    )
    return with_additions(registry, book) if book is not None else registry


def _refuse_lacking(districts: Districts, loaded: tuple[LoadedPlan, ...]) -> None:
    """Name the counties that the plans need and the boundary file in use does not have."""
    needed = {ref for plan in loaded for row in plan.content.projects for ref in row.districts}
    lacking = sorted(ref for ref in needed if not districts.has(ref.split(" ", 1)[0]))
    if lacking:
        raise BoundaryError(
            f"the boundary file lacks {', '.join(lacking)}, which the plans name "
            f"({districts.edition_en}); add them or unset FENGTU_BOUNDARIES"
        )


def _plan(loaded: LoadedPlan) -> PlanRecord:
    head = loaded.content.plan
    values = head.model_dump() | {"governs_code": head.governs_code or head.city_code}
    return PlanRecord(**values)


def _project(loaded: LoadedPlan, row: ProjectRow, placement: Placement, *, public: bool) -> Project:
    head = loaded.content.plan
    references = [reference.split(" ", 1) for reference in row.districts]
    own = {"districts", "site", "precision", "township", "by_year", "note"}
    values = row.model_dump(exclude=own)
    return Project(
        **values,
        plan=head.id,
        city=head.city,
        city_code=head.city_code,
        plan_status=head.status,
        by_year=row.by_year or head.horizon,
        district_codes=tuple(code for code, _ in references),
        districts=tuple(name for _, name in references),
        township="" if public else row.township,
        precision=placement.precision,
        lon=placement.lon,
        lat=placement.lat,
        geometry_role=placement.role,
        accuracy_m=placement.accuracy_m,
        departments=_departments(loaded, (row.source_section, *row.source_also)),
        status=Status.LISTED,
        status_date="",
        status_source="",
        source_title=head.title,
        note=_public_note(row) if public else _note(row, placement),
    )


def _public_note(row: ProjectRow) -> str:
    """The row's reading without the sentences that place something in a township or nearer."""
    sentences = _SENTENCE.findall(row.note)
    kept = [each for each in sentences if not _TOWNSHIP.search(each)]
    return "".join(kept) + ("" if len(kept) == len(sentences) else WITHHELD)


def _note(row: ProjectRow, placement: Placement) -> str:
    """The row's reading, and for a sourced point where it comes from and how exact it is."""
    if row.site is None or placement.role is not GeometryRole.SITE:
        return row.note
    origin = f"坐标来自{row.site.source}，其自注精度：{row.site.accuracy}。"
    return f"{row.note}{row.site.remark}{origin}"


def _departments(loaded: LoadedPlan, sections: tuple[str, ...]) -> tuple[str, ...]:
    """Lead departments of the first clause that prints any; a sidebar itself prints none."""
    for section in sections:
        if departments := loaded.content.clauses.get(section):
            return departments
    return ()


def _target(loaded: LoadedPlan, row: TargetRow) -> Target:
    return Target(
        **row.model_dump(),
        plan=loaded.content.plan.id,
        departments=_departments(loaded, (row.source_section,)),
    )


def _self_check(loaded: LoadedPlan, row: SelfCheckRow) -> SelfCheck:
    return SelfCheck(
        plan=loaded.content.plan.id,
        id=row.id,
        kind=row.kind,
        title=row.title,
        title_en=row.title_en,
        total=_figure(row.total) if row.total else None,
        parts=tuple(map(_figure, row.parts)),
        complete=row.complete is not False,
        rest=row.rest,
        rest_en=row.rest_en,
        statements=tuple(map(_figure, row.statements)),
        note=row.note,
    )


def _figure(row: FigureRow) -> SelfCheckFigure:
    return SelfCheckFigure(**row.model_dump())
