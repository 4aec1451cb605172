"""What a screening is made of: a recipe of exclusions, criteria and densities, strictly read.

A term names its driver by `source`; what a source means is for the caller to know (`Drivers` in
`geo.siting.drivers`), so that the same recipe runs on a bureau's own layers.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from seeds.fields import Needed, Strict, Text, contradiction
from terms.kinds import Layer, Technology

VERSION = 1
MIN_CELL_M, MAX_CELL_M = 100.0, 5000.0


def _real(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(
            "只写数字，单位在字段名里 · a plain number, its unit is in the field's name"
        )
    return float(value)


Real = Annotated[float, BeforeValidator(_real), Field(allow_inf_nan=False)]
Length = Annotated[Real, Field(ge=0, le=1_000_000)]
Code = Annotated[str, Field(pattern=r"^\d{6}$")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Point = tuple[Real, Real]


def _is_curve(points: tuple[Point, ...]) -> tuple[Point, ...]:
    if len(points) < 2 or any(left[0] >= right[0] for left, right in pairwise(points)):
        raise ValueError("至少两点、横值递增 · two points or more, their first values rising")
    if any(not 0 <= score <= 1 for _, score in points):
        raise ValueError("得分在 0 到 1 之间 · scores from 0 to 1")
    return points


Curve = Annotated[tuple[Point, ...], AfterValidator(_is_curve)]


class _Term(Strict):
    """What every term says of itself; `enabled` can switch it off without forgetting it."""

    id: Key
    source: Needed
    enabled: bool = True
    title: Needed
    title_en: Needed
    why: Text = ""
    why_en: Text = ""
    source_note: Text = ""
    source_note_en: Text = ""


class DistrictExclusion(_Term):
    """Counties left out: those that the source names, or all others."""

    kind: Literal["district"]
    drop: Literal["named", "others"]


class DistanceExclusion(_Term):
    """Cells left out at most `within_m` or farther than `beyond_m` from the source."""

    kind: Literal["distance"]
    within_m: Length | None = None
    beyond_m: Length | None = None

    @model_validator(mode="after")
    def _has_a_limit(self) -> DistanceExclusion:
        _check_limits("within_m", self.within_m, "beyond_m", self.beyond_m)
        return self


class RasterExclusion(_Term):
    """Cells left out whose value lies below `min` or above `max`."""

    kind: Literal["raster"]
    min: Real | None = None
    max: Real | None = None
    unit: Text = ""
    unit_en: Text = ""

    @model_validator(mode="after")
    def _has_a_limit(self) -> RasterExclusion:
        _check_limits("min", self.min, "max", self.max)
        return self


class PolygonExclusion(_Term):
    """Cells left out whose centre lies inside the source's polygons, or outside them."""

    kind: Literal["polygons"]
    drop: Literal["inside", "outside"]


Exclusion = Annotated[
    DistrictExclusion | DistanceExclusion | RasterExclusion | PolygonExclusion,
    Field(discriminator="kind"),
]


class Criterion(_Term):
    """One weighted term of the score.

    Its value is a raster's, the distance to the source in metres, the share of the cell that the
    source's polygons cover (0 to 1), or a figure of the cell's county; `curve` turns it into 0..1,
    straight between its points and level beyond them.
    """

    kind: Literal["raster", "distance", "share", "county"]
    weight: Annotated[Real, Field(ge=0, le=100)]
    curve: Curve
    unit: Text = ""
    unit_en: Text = ""


class Density(Strict):
    """MW that one square kilometre of used land carries, and how much of the land is used."""

    technology: Technology
    mw_per_km2: Annotated[Real, Field(gt=0, le=1000)]
    land_share: Annotated[Real, Field(gt=0, le=1)]
    approximate: bool
    source: Needed
    source_en: Needed


class Missing(Strict):
    """A driver that Fengtu has no data for and a user may bring."""

    title: Needed
    title_en: Needed
    kind: Literal["polygons", "raster"]
    why: Needed
    why_en: Needed


class Recipe(Strict):
    """A whole screening; `area` holds codes of cities and counties, none for those of all plans."""

    version: Literal[1]
    id: Key
    title: Needed
    title_en: Needed
    note: Text = ""
    note_en: Text = ""
    technology: Technology | None = None
    layer: Layer | None = None
    area: tuple[Code, ...] = ()
    cell_m: Annotated[Real, Field(ge=MIN_CELL_M, le=MAX_CELL_M)] = 1000.0
    exclusions: tuple[Exclusion, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    densities: tuple[Density, ...] = ()
    missing: tuple[Missing, ...] = ()

    @model_validator(mode="after")
    def _is_one_whole(self) -> Recipe:
        counted = Counter(term.id for term in (*self.exclusions, *self.criteria))
        for name, count in counted.items():
            if count > 1:
                expected = "每一条一个编号 · an id of its own for every term"
                raise contradiction("id", name, expected)
        if not any(term.enabled and term.weight > 0 for term in self.criteria):
            expected = "至少一条启用且权重大于 0 · one that is on with a weight above 0"
            raise contradiction("criteria", "权重合计为 0", expected, found_en="weights of 0")
        counted = Counter(each.technology for each in self.densities)
        for technology, count in counted.items():
            if count > 1:
                expected = "每种技术一个密度 · one density a technology"
                raise contradiction("densities", technology, expected)
        return self

    @property
    def active_exclusions(self) -> tuple[Exclusion, ...]:
        """The exclusions that are on, in the order of the file."""
        return tuple(term for term in self.exclusions if term.enabled)

    @property
    def active_criteria(self) -> tuple[Criterion, ...]:
        """The criteria that are on and weigh something, in the order of the file."""
        return tuple(term for term in self.criteria if term.enabled and term.weight > 0)

    @property
    def digest(self) -> str:
        """Twelve hex digits over the content: equal recipes, equal digest, however written."""
        content = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]


def _check_limits(low_name: str, low: float | None, high_name: str, high: float | None) -> None:
    if low is None and high is None:
        expected = f"{low_name} 或 {high_name} · {low_name} or {high_name}"
        raise contradiction(low_name, "空", expected, found_en="nothing")
    if low is not None and high is not None and low >= high:
        expected = f"小于 {high_name} 的数 · a number below {high_name}"
        raise contradiction(low_name, low, expected)
