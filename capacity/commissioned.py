"""Recorded commissioning held against the ledger: a row runs no more than it counts for itself."""

from __future__ import annotations

from capacity.ledger import Reason, ledger
from registry.registry import Registry
from store.book import Book
from terms.errors import Fault, RecordsError
from terms.units import WATTS_PER_MW


def refuse_excess(registry: Registry, book: Book) -> Registry:
    """The registry, if no row with members runs more than they leave it; raises RecordsError.

    What runs of a programme's members is recorded with the members. A row's whole stated MW is
    held against its records in the registry already.
    """
    entries = ledger(registry)
    faults = []
    for index, progress in enumerate(book.progress):
        entry = entries.get(progress.project)
        if progress.commissioned_mw is None or entry is None or entry.gross_w is None:
            continue
        if entry.reason is not Reason.DETAILED_BY_MEMBERS:
            continue
        if progress.commissioned_mw * WATTS_PER_MW > entry.counted_w:
            place = book.progress_place(index)
            rest = f"{entry.counted_w / WATTS_PER_MW:g} MW"
            expected = f"不超过扣除成员后的 {rest} · at most the {rest} that its members leave"
            found = str(progress.commissioned_mw)
            faults.append(Fault(place.file, place.row, "commissioned_mw", found, expected))
    if faults:
        raise RecordsError(faults)
    return registry
