"""The error tree: one subclass per cause, one sentence per message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from terms.language import Language, half


class FengtuError(Exception):
    """Something that a person can mend; it names the value, the expectation, the remedy."""


class CrsError(FengtuError):
    """A coordinate reference system is missing, unknown or does not match."""


class BoundaryError(FengtuError):
    """A boundary file cannot serve as the district map."""


class DistrictError(FengtuError):
    """A district code or name is not known."""


class QuantityError(FengtuError):
    """A printed figure cannot be read, or carries a unit that does not fit."""


class LabelError(FengtuError):
    """Two options would carry one label, so that a person could not tell them apart."""


class SplitError(FengtuError):
    """A breakdown by county does not fit the rows it splits; carries every fault found."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class ExportError(FengtuError):
    """A file format cannot hold what was asked of it."""


class SetupError(FengtuError):
    """A part of the installation is missing."""


class StoreError(FengtuError):
    """The user's own files cannot be read or written; nothing was changed."""


class DamagedError(StoreError):
    """The database of users' records is damaged or gone; a backup brings it back."""


class AccessError(FengtuError):
    """This person may not do this, or must first prove again who he is; nothing was changed."""


class ConflictError(FengtuError):
    """Somebody else changed the same record in the meantime; nothing was changed."""


class IntakeError(FengtuError):
    """A file cannot be taken in at all: what it is, where the limit lies, what to do."""


class PointError(FengtuError):
    """Coordinates that a person typed cannot be read; says what was expected."""


@dataclass(frozen=True)
class Fault:
    """One fault in a plan file or a record: where it stands, what was found, what was expected.

    `expected` is a pair "中文 · English". `found` is what the user wrote, or our own words for it:
    then it is in Chinese and `found_en` in English. `row` is a number, an id or such a pair.
    """

    file: str
    row: str
    field: str
    found: str
    expected: str
    found_en: str = ""

    def __str__(self) -> str:
        place = f"{self.file} · {self.row} · {self.field}"
        found = " / ".join(filter(None, (self.found, self.found_en)))
        return f"{place}: {found}; 应为 / expected {self.expected}"

    def told(self, language: Language) -> Fault:
        """The fault with its row, what was found and what was expected in one language."""
        found = self.found_en if language == "en" and self.found_en else self.found
        row, expected = half(self.row, language), half(self.expected, language)
        return replace(self, row=row, found=found, found_en="", expected=expected)


class FaultsError(FengtuError):
    """Files that cannot be loaded; carries every fault found, not the first."""

    files = "文件"
    files_en = "files"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        plural = "s" if count != 1 else ""
        head = f"{self.files}有 {count} 处问题 / {count} fault{plural} in the {self.files_en}:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class PlanError(FaultsError):
    """Plan files that cannot be loaded."""

    files = "方案文件"
    files_en = "plan files"


class RecordsError(FaultsError):
    """Records of a user (installed figures, progress) that cannot be taken."""

    files = "录入的数据"
    files_en = "records"


class BasemapsError(FaultsError):
    """Base layers of a user that cannot be taken; the map goes on without them."""

    files = "底图设置"
    files_en = "base layers"


class PeopleError(FaultsError):
    """A list of people that cannot be taken: it gives nobody any right."""

    files = "人员名单"
    files_en = "list of people"


class RecipeError(FaultsError):
    """A siting recipe that cannot be read."""

    files = "选址方案"
    files_en = "siting recipe"


class GridError(FengtuError):
    """A grid that cannot be laid: an empty box, a cell that is no length, or too many cells."""


class RasterError(FengtuError):
    """A raster that cannot be taken or read; says which file, what is wrong and the remedy."""


class SitingError(FengtuError):
    """A siting recipe that cannot be run; says which term and the remedy."""


class JoinError(FengtuError):
    """Points that cannot be joined to districts: a file, its columns or its coordinates."""
