"""What a file proposes: records with their rows, what was left out, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.sheet import Remark, Sheet, SheetRow
from terms.errors import Fault, IntakeError, RecordsError
from terms.kinds import Relation
from terms.own_records import OwnArea, OwnProject, OwnTable


@dataclass(frozen=True)
class Proposal:
    """One project of a file; `replaces` tells that its id is there already with other content.

    `names` are all names the file gives it, for finding twins; `returns` tells that its id was
    withdrawn and is to be in force again.
    """

    row: SheetRow
    record: OwnProject
    names: tuple[str, ...]
    replaces: bool = False
    returns: bool = False

    @property
    def is_settled(self) -> bool:
        """Did a person say before how it stands to the plans? Then it is not asked again."""
        return self.replaces or (self.returns and self.record.relation is not Relation.OPEN)


@dataclass(frozen=True)
class Skipped:
    """A row that is left out, and why, as a pair of languages."""

    row: SheetRow
    why: str


@dataclass(frozen=True)
class Score:
    """How alike two projects are, term by term, each 0 to 1; `total` weighs them."""

    name: float
    district: float
    technology: float
    capacity: float

    @property
    def total(self) -> float:
        """The weighted sum: the name counts most."""
        return round(
            0.55 * self.name + 0.2 * self.district + 0.15 * self.technology + 0.1 * self.capacity,
            3,
        )


@dataclass(frozen=True)
class Twin:
    """A row that may already be there: `id` and `name` of the other, its row if of this file."""

    row: int
    id: str
    name: str
    score: Score
    other_row: int | None = None


@dataclass(frozen=True)
class Intake:
    """All that is known of a file before anything is stored.

    Every row read is proposed, skipped or faulty, never two of them; a caller stores `records`
    in one piece. A fault without a row (`faulty_rows` does not count it) blocks as well.
    """

    sheet: Sheet
    kind: IntakeKind
    mapping: FileMapping
    proposals: tuple[Proposal, ...] = ()
    tables: tuple[OwnTable, ...] = ()
    area: OwnArea | None = None
    proposed_rows: int = 0
    faulty_rows: int = 0
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()
    twins: tuple[Twin, ...] = ()

    def __post_init__(self) -> None:
        told = self.proposed_rows + len(self.skipped) + self.faulty_rows
        if told != self.read:
            raise IntakeError(
                f"读入 {self.read} 行，只交代了 {told} 行，请报告这个错误 · {self.read} rows were "
                f"read, {told} are accounted for; please report this"
            )

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return len(self.sheet.rows)

    @property
    def ids(self) -> frozenset[str]:
        """What it speaks of, whether that may be stored or not."""
        layers = (*self.tables, *((self.area,) if self.area is not None else ()))
        return frozenset((*(each.record.id for each in self.proposals), *(it.id for it in layers)))

    @property
    def records(self) -> tuple[OwnProject | OwnTable | OwnArea, ...]:
        """What may be stored; raises RecordsError with all faults while there is one."""
        if self.faults:
            raise RecordsError(self.faults)
        areas = (self.area,) if self.area is not None else ()
        return (*(each.record for each in self.proposals), *self.tables, *areas)
