"""What the store holds already when a file comes: own projects in force, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from terms.own_records import OwnProject


@dataclass(frozen=True)
class Past:
    """Own projects in force, and the revisions of withdrawn records (projects, tables, areas).

    A withdrawn row is left out, or brought back with what the file says where `restores` is set;
    `before` holds such projects as they were when they were withdrawn.
    """

    existing: tuple[OwnProject, ...] = ()
    withdrawn: Mapping[str, int] = field(default_factory=dict)
    restores: bool = False
    before: Mapping[str, OwnProject] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, OwnProject]:
        """The own projects in force."""
        return {project.id: project for project in self.existing}


NO_PAST = Past()
