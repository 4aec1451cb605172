"""The form that puts a project at a point: its fields and what they say, before and in a drawing.

The map is drawn before the form, and shows what the form holds: hence the fields are read by key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.typed_point import TypedPoint, click_accuracy_m, clicked, read_point
from terms.errors import PointError
from terms.kinds import Precision
from terms.own_records import Position
from terms.records import Project
from views import selection
from views.place.picking import Picked

ROUND = "place"
DEGREES = "wgs84"
_METRES = re.compile(r"\d{1,7}")
MOST_M = 1_000_000
_LISTS = ("system", "precision")


@dataclass(frozen=True)
class Form:
    """The form of one project; `placed` is its position in force."""

    row: str
    placed: Position | None

    @property
    def target(self) -> str:
        """Its name as one that waits for a click."""
        return f"position {self.row}"

    @property
    def picked(self) -> Picked | None:
        """What was clicked for it."""
        return selection.picking().found_for(self.target)

    def key(self, name: str) -> str:
        """The key of a field; a list is another widget in another language."""
        return self._named(name, selection.widget_key(name) if name in _LISTS else name)

    def _named(self, name: str, said: str) -> str:
        """A click begins those fields anew that it fills."""
        picked = self.picked
        part = picked.number if picked and name in ("text", "system", "accuracy") else 0
        return f"place-{said}-{self.row}-{selection.round_of(ROUND)}-{part}"

    def keep_chosen(self) -> None:
        """Keep what the lists hold, for the same lists in the other language."""
        for name in _LISTS:
            selection.keep(self._named(name, name), selection.value_of(self.key(name)))

    def _chosen(self, name: str) -> str:
        found = selection.value_of(self.key(name)) or selection.kept(self._named(name, name))
        return str(found or "")

    @property
    def system(self) -> str:
        """The reference system that is chosen: of degrees at first."""
        return self._chosen("system") or DEGREES

    @property
    def first_text(self) -> str:
        """What stands in the field of coordinates at first."""
        if self.picked:
            return f"{self.picked.lon:.5f}, {self.picked.lat:.5f}"
        return f"{self.placed.lon}, {self.placed.lat}" if self.placed else ""

    @property
    def first_accuracy(self) -> str:
        """How exact the point is at first, in metres: of a click by the zoom."""
        if self.picked:
            return str(click_accuracy_m(self.picked.lat, self.picked.zoom))
        known = self.placed.accuracy_m if self.placed else None
        return "" if known is None else str(known)

    def point(self) -> TypedPoint | None:
        """The point as it stands in the fields, None while they are empty; raises PointError."""
        held = selection.value_of(self.key("text"))
        typed = self.first_text if held is None else str(held)
        if not typed.strip():
            return None
        if typed == self.first_text and self.system == DEGREES:
            if self.picked:
                lon, lat = self.picked.lon, self.picked.lat
                return TypedPoint(lon, lat, clicked(self.picked.zoom), DEGREES, False)
            if self.placed:
                was = self.placed
                return TypedPoint(was.lon, was.lat, was.entered, was.crs, False)
        return read_point(typed, self.system)

    def accuracy_m(self) -> int | None:
        """The metres by which the point may be off, None where nobody says; raises PointError."""
        held = selection.value_of(self.key("accuracy"))
        typed = (self.first_accuracy if held is None else str(held)).strip()
        if not typed:
            return None
        if not _METRES.fullmatch(typed) or int(typed) > MOST_M:
            shown = typed[:20].replace(" · ", " ")
            raise PointError(
                f"精度“{shown}”应为整数米，0 至 {MOST_M}，不知道就留空 · the accuracy “{shown}” "
                f"must be whole metres, 0 to {MOST_M}; leave it empty if nobody knows"
            )
        return int(typed)

    def precision(self) -> Precision:
        """Is the point of the site itself or of its township?"""
        held = self._chosen("precision")
        first = self.placed.precision if self.placed else Precision.SITE
        return Precision(held) if held else first


def form_of(row: Project, placed: Position | None) -> Form:
    """The form of a project."""
    return Form(row.id, placed)


def provisional(form: Form) -> tuple[float, float, int | None] | None:
    """The point that the form holds and how far it may be off, for the map; None for none."""
    try:
        point = form.point()
    except PointError:  # the panel says so beside the field
        return None
    was = form.placed
    if point is None or (was and (point.lon, point.lat) == (was.lon, was.lat)):
        return None
    try:
        return point.lon, point.lat, form.accuracy_m()
    except PointError:
        return point.lon, point.lat, None
