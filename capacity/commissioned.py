"""Recorded commissioning held against the ledger: a row runs about what it counts for itself."""

from __future__ import annotations

from decimal import Decimal

from capacity.ledger import Reason, ledger
from registry.commissioning import remainder_ceiling
from registry.registry import Registry
from store.book import Book
from terms.errors import RecordsError
from terms.units import WATTS_PER_MW


def refuse_excess(registry: Registry, book: Book) -> Registry:
    """The registry, if no row with members runs far more than they leave it; raises RecordsError.

    What runs of a programme's members is recorded with the members. Only members that the plan
    states take from it: one that was read into it may stand beside it. A row's whole stated MW is
    held against its records in the registry already.
    """
    entries = ledger(registry, inferred=False)
    faults = []
    for index, progress in enumerate(book.progress):
        entry = entries.get(progress.project)
        if progress.commissioned_mw is None or entry is None:
            continue
        if entry.reason is not Reason.DETAILED_BY_MEMBERS:
            continue
        rest_mw = Decimal(entry.counted_w) / WATTS_PER_MW
        most = remainder_ceiling(registry.by_id[entry.id], rest_mw)
        if progress.commissioned_mw > most.mw:
            place = book.progress_place(index)
            found = str(progress.commissioned_mw)
            faults.append(place.fault("commissioned_mw", found, most.words))
    if faults:
        raise RecordsError(faults)
    return registry
