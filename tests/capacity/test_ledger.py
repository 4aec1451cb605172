"""The ledger: worked examples, then conservation over generated registries."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from capacity.ledger import Reason, counted_w, ledger
from registry.registry import Registry
from terms.kinds import Action, Basis, CapacityBasis, Status, Technology
from terms.records import Project

W = 1_000_000


def _counted_mw(registry: Registry, plan: str) -> dict[str, float]:
    rows = [row for row in registry.projects if row.plan == plan]
    sums = counted_w(ledger(registry), rows)
    return {technology.value: watts / W for technology, watts in sums.items() if watts}


def test_counted_once_per_plan(registry: Registry) -> None:
    """Sums worked out by hand from the printed figures."""
    assert _counted_mw(registry, "jining") == {
        "pv": 3000 + 150 + 80,
        "pv_distributed": 2000,
        "biomass": 54,
        "waste_to_energy": 32,
        "new_storage": 1000,
    }
    assert _counted_mw(registry, "zaozhuang") == {"gas": 400}
    assert _counted_mw(registry, "lixia") == {}
    assert _counted_mw(registry, "taian") == {
        "pv": 150 + 200 + 200 + 150 + 30 + 800 + 50 + 40 + 40,
        "compressed_air_storage": 600 + 350 + 300 + 300,
        "coal": 2000 + 1200,
    }
    assert _counted_mw(registry, "binzhou") == {
        "pv": 7000,
        "wind": 1000,
        "wind_solar_storage": 21180 - 7000 - 1000,
        "coal": 4350 + 50 + 80,
    }


def test_a_parent_counts_its_remainder(registry: Registry) -> None:
    entries = ledger(registry)
    base, member = entries["jining-pv-base-01"], entries["jining-pv-base-02"]
    assert (base.gross_w, base.counted_w, base.excluded_w) == (3000 * W, 1900 * W, 1100 * W)
    assert base.reason is Reason.DETAILED_BY_MEMBERS
    assert member.counted_w == 1100 * W and member.reason is Reason.NONE


def test_retirement_is_never_counted(registry: Registry) -> None:
    entry = ledger(registry)["lixia-coal-01"]
    assert (entry.counted_w, entry.excluded_w, entry.reason) == (0, 15 * W, Reason.RETIRE)


def test_unknown_is_not_zero(registry: Registry) -> None:
    assert ledger(registry)["taian-ps-01"].gross_w is None


@st.composite
def _rows(draw: st.DrawFn, template: Project) -> tuple[Project, ...]:
    """A forest of rows with arbitrary figures, actions and states."""
    count = draw(st.integers(1, 12))
    rows = []
    for index in range(count):
        mw = draw(st.none() | st.decimals(min_value=0, max_value=5000, places=6))
        parent = draw(st.sampled_from(["", *(f"row-{earlier}" for earlier in range(index))]))
        rows.append(
            replace(
                template,
                id=f"row-{index}",
                capacity_mw=mw,
                capacity_basis=CapacityBasis.NONE if mw is None else CapacityBasis.PRINTED,
                technology=draw(st.sampled_from([None, *Technology])),
                action=draw(st.sampled_from([Action.NEW, Action.NEW, Action.RETIRE])),
                status=draw(st.sampled_from([Status.LISTED, Status.LISTED, Status.CANCELLED])),
                part_of=parent,
                part_of_basis=Basis.STATED if parent else None,
            )
        )
    return tuple(rows)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_gross_is_counted_plus_excluded(registry: Registry, data: st.DataObject) -> None:
    rows = data.draw(_rows(registry.projects[0]))
    generated = replace(registry, projects=rows)
    entries = ledger(generated)
    assert set(entries) == {row.id for row in rows if row.technology}
    for entry in entries.values():
        assert entry.counted_w >= 0 and entry.excluded_w >= 0
        assert (entry.gross_w or 0) == entry.counted_w + entry.excluded_w
    backwards = ledger(replace(registry, projects=tuple(reversed(rows))))
    assert backwards == entries


def test_cents_of_a_watt_do_not_get_lost(registry: Registry) -> None:
    row = replace(registry.by_id["jining-biomass-01"], capacity_mw=Decimal("5.4"))
    assert ledger(replace(registry, projects=(row,)))[row.id].counted_w == 5_400_000
