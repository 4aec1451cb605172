"""What runs of a programme, held against what its members leave it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capacity.commissioned import refuse_excess
from capacity.ledger import Reason, ledger
from registry.additions import with_additions
from registry.registry import Registry
from store.book import Book
from terms.errors import RecordsError
from terms.records import Progress


def test_a_programme_runs_no_more_than_its_members_leave(registry: Registry) -> None:
    entry = next(
        each
        for each in ledger(registry).values()
        if each.reason is Reason.DETAILED_BY_MEMBERS and each.counted_w
    )
    rest = Decimal(entry.counted_w) / 1_000_000
    for mw, fits in ((rest, True), (rest + 1, False)):
        book = Book(progress=(Progress(entry.id, "2024-06-30", None, mw, "通知"),))
        whole = with_additions(registry, book)  # the row itself states more
        if fits:
            assert refuse_excess(whole, book) is whole
        else:
            with pytest.raises(RecordsError, match="its members leave"):
                refuse_excess(whole, book)
