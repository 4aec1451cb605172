"""What runs of a programme, held against what its members leave it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from capacity.commissioned import refuse_excess
from capacity.ledger import ledger
from registry.additions import with_additions
from registry.registry import Registry
from store.book import Book
from terms.errors import RecordsError
from terms.records import Progress


def _progress(row: str, mw: Decimal) -> Book:
    return Book(progress=(Progress(row, "2024-06-30", None, mw, "通知"),))


def test_a_programme_runs_little_more_than_its_stated_members_leave(registry: Registry) -> None:
    rest = Decimal(ledger(registry)["jining-pv-base-01"].counted_w) / 1_000_000
    assert rest == 3000 - 1100  # of which the plan says that they are its own
    for mw, fits in ((rest * Decimal("1.2"), True), (rest * Decimal("1.2") + 1, False)):
        book = _progress("jining-pv-base-01", mw)
        whole = with_additions(registry, book)  # the row itself states more
        if fits:
            assert refuse_excess(whole, book) is whole
        else:
            words = r"at most 2,280 MW \(1\.2 times the 1,900 MW that its members leave\)"
            with pytest.raises(RecordsError, match=words):
                refuse_excess(whole, book)


def test_members_that_were_read_into_the_plan_take_nothing(registry: Registry) -> None:
    assert ledger(registry)["binzhou-base-02"].counted_w < 7000 * 1_000_000
    book = _progress("binzhou-base-02", Decimal(8400))
    whole = with_additions(registry, book)
    assert refuse_excess(whole, book) is whole
    with pytest.raises(RecordsError, match=r"1\.2 times the stated 7,000 MW"):
        with_additions(registry, _progress("binzhou-base-02", Decimal(8401)))
