"""A hand-picked list: subtotals per plan and technology, parent and member counted once."""

from __future__ import annotations

from capacity.ledger import ledger
from capacity.picked import Nest, nests, subtotals
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import Technology
from tests.capacity.builders import W, programme, registry_of, row


def test_parent_and_member_are_counted_once(registry: Registry) -> None:
    ids = ("binzhou-base-01", "binzhou-base-02", "taian-pv-04", "taian-pv-01", "jining-battery-01")
    rows = [registry.by_id[id] for id in ids]
    sums = {(each.plan, each.technology): each for each in subtotals(registry, rows)}
    assert sums["taian", Technology.PV].counted_w == 1000 * W
    base = sums["binzhou", Technology.WIND_SOLAR_STORAGE]
    assert (base.gross_w, base.counted_w) == (21180 * W, 13180 * W)
    entries = ledger(registry)
    assert sum(each.counted_w for each in sums.values()) == sum(
        entries[id].counted_w for id in ids if id in entries
    )
    assert sum(each.rows for each in sums.values()) == 4  # the factory is no plant
    assert nests(registry, rows) == (Nest("binzhou-base-01", ("binzhou-base-02",)),)


def test_a_member_is_told_under_the_nearest_picked_row(districts: Districts) -> None:
    rows = (
        programme("outer", 100),
        programme("inner", 60, "outer"),
        row("leaf", 20, "inner"),
        row("other", None, "outer"),
    )
    whole = registry_of(districts, *rows)
    assert nests(whole, (rows[0], rows[2])) == (Nest("outer", ("leaf",)),)
    assert nests(whole, rows) == (Nest("outer", ("inner", "other")), Nest("inner", ("leaf",)))
    (sums,) = subtotals(whole, rows)
    assert (sums.gross_w, sums.counted_w, sums.unstated) == (180 * W, 100 * W, 1)


def test_the_parent_alone_counts_its_remainder(districts: Districts) -> None:
    rows = (programme("outer", 100), row("leaf", 30, "outer", inferred=True))
    whole = registry_of(districts, *rows)
    assert subtotals(whole, rows[:1])[0].counted_w == 70 * W
    assert subtotals(whole, rows[:1], inferred=False)[0].counted_w == 100 * W
    assert nests(whole, rows, inferred=False) == ()
    assert subtotals(whole, ()) == ()
