"""A click on the map that a form waits for: who waits, and what was clicked."""

from __future__ import annotations

import re
from dataclasses import dataclass

# As the map's script says it: WGS-84 degrees and the zoom.
_SAID = re.compile(r"(-?\d{1,3}\.\d{5}),(-?\d{1,2}\.\d{5}),(\d{1,2}\.\d{2})")


@dataclass(frozen=True)
class Picked:
    """A point of the map in WGS-84, clicked at a zoom; `number` counts the clicks of a session."""

    lon: float
    lat: float
    zoom: float
    number: int


@dataclass
class Picking:
    """One session's picking; `target` names the form that waits, empty while none does.

    Any form may wait: it names itself by `start` and asks `found_for` at its next drawing.
    """

    target: str = ""
    found: tuple[str, Picked] | None = None
    number: int = 0

    def start(self, target: str) -> None:
        """Wait for a click for this form; for a callback."""
        self.target = target

    def stop(self) -> None:
        """Wait no longer; for a callback."""
        self.target = ""

    def take(self, said: str) -> None:
        """Take what the map says: a point, or nothing, which ends the waiting."""
        target, self.target = self.target, ""
        match = _SAID.fullmatch(said) if target else None
        if match is None:
            return
        lon, lat, zoom = (float(each) for each in match.groups())
        if abs(lon) <= 180 and abs(lat) <= 90:
            self.number += 1
            self.found = (target, Picked(lon, lat, zoom, self.number))

    def found_for(self, target: str) -> Picked | None:
        """The last click that was meant for this form."""
        return self.found[1] if self.found and self.found[0] == target else None

    def forget(self) -> None:
        """The click is saved or given up."""
        self.target, self.found = "", None
