"""The ledger against each classic way of counting twice."""

from __future__ import annotations

import pytest

from capacity.ledger import Reason, counted_w, ledger, stated_w
from geo.districts import Districts
from terms.errors import QuantityError
from terms.kinds import Action, CapacityBasis, Status, Technology
from terms.records import Project
from tests.capacity.builders import W, programme, registry_of, row


def _counted(districts: Districts, *rows: Project, inferred: bool = True) -> dict[str, float]:
    entries = ledger(registry_of(districts, *rows), inferred=inferred)
    return {id: entry.counted_w / W for id, entry in entries.items()}


def test_a_base_and_its_own_members(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base"), row("b", "30.5", "base")
    assert _counted(districts, *rows) == {"base": 39.5, "a": 30, "b": 30.5}


def test_three_levels_deep(districts: Districts) -> None:
    rows = programme("top", 100), programme("middle", 60, "top"), row("leaf", 25, "middle")
    assert _counted(districts, *rows) == {"top": 40, "middle": 35, "leaf": 25}


def test_a_city_total_and_what_it_leaves_over(districts: Districts) -> None:
    """“X in the city, of which Y in the county, the rest elsewhere”: the rest is not added."""
    rows = programme("city", 500), row("county", 200, "city"), programme("rest", 300, "city")
    assert _counted(districts, *rows) == {"city": 0, "county": 200, "rest": 300}
    assert ledger(registry_of(districts, *rows))["city"].reason is Reason.DETAILED_BY_MEMBERS


def test_members_that_exceed_their_parent_are_flagged(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 80, "base"), row("b", 70, "base")
    entries = ledger(registry_of(districts, *rows))
    base = entries["base"]
    assert (base.counted_w, base.excluded_w, base.over_w) == (0, 100 * W, 50 * W)


def test_members_without_mw_are_named_on_the_remainder(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base"), row("silent", None, "base")
    base = ledger(registry_of(districts, *rows))["base"]
    assert (base.counted_w, base.unnamed) == (70 * W, ("silent",))


def test_a_shelved_row_in_the_middle_leaves_its_members_in_the_tree(districts: Districts) -> None:
    middle = programme("middle", 60, "top", status=Status.SHELVED)
    rows = programme("top", 100), middle, row("leaf", 25, "middle")
    assert _counted(districts, *rows) == {"top": 75, "middle": 0, "leaf": 25}


def test_a_parent_without_a_figure_counts_nothing_and_hides_nothing(districts: Districts) -> None:
    rows = programme("top", 100), programme("middle", None, "top"), row("leaf", 25, "middle")
    assert _counted(districts, *rows) == {"top": 75, "middle": 0, "leaf": 25}


def test_inferred_memberships_can_be_switched_off(districts: Districts) -> None:
    rows = programme("base", 100), row("a", 30, "base", inferred=True)
    assert _counted(districts, *rows) == {"base": 70, "a": 30}
    assert _counted(districts, *rows, inferred=False) == {"base": 100, "a": 30}


def test_a_member_of_another_technology_counts_as_its_own(districts: Districts) -> None:
    rows = (
        programme("base", 100, technology=Technology.WIND_SOLAR_STORAGE),
        row("sun", 30, "base"),
        row("wind", 20, "base", technology=Technology.WIND),
    )
    registry = registry_of(districts, *rows)
    assert {each.value: watts / W for each, watts in counted_w(ledger(registry), rows).items()} == {
        "wind_solar_storage": 50,
        "pv": 30,
        "wind": 20,
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"action": Action.RETIRE}, Reason.RETIRE),
        ({"action": Action.RETROFIT}, Reason.RETROFIT),
        ({"status": Status.SHELVED}, Reason.SHELVED),
        ({"status": Status.CANCELLED}, Reason.CANCELLED),
        ({"status": Status.RETIRED}, Reason.RETIRE),
    ],
)
def test_what_adds_nothing_empties_nothing(
    districts: Districts, changes: dict[str, object], reason: Reason
) -> None:
    rows = programme("base", 100), row("off", 30, "base", **changes)
    entries = ledger(registry_of(districts, *rows))
    off = entries["off"]
    assert (off.gross_w, off.counted_w, off.excluded_w) == (30 * W, 0, 30 * W)
    assert off.reason is reason
    assert entries["base"].counted_w == 100 * W


def test_a_class_word_gives_no_mw(districts: Districts) -> None:
    hundred = row("hundred", 100, "base", capacity_basis=CapacityBasis.CLASS)
    entries = ledger(registry_of(districts, programme("base", 100), hundred))
    assert (entries["hundred"].gross_w, entries["hundred"].reason) == (None, Reason.CLASS)
    assert entries["base"].counted_w == 100 * W


def test_an_approximate_figure_counts_and_an_outside_one_does_not(districts: Districts) -> None:
    about = row("about", 100, capacity_basis=CapacityBasis.APPROXIMATE)
    outside = row("outside", None, capacity_external_mw=row("x", 50).capacity_mw)
    entries = ledger(registry_of(districts, about, outside))
    assert entries["about"].counted_w == 100 * W
    assert (entries["outside"].gross_w, entries["outside"].reason) == (None, Reason.NOT_STATED)


def test_a_factory_has_no_entry(districts: Districts) -> None:
    factory = row("factory", 100, technology=None)
    assert ledger(registry_of(districts, factory)) == {}


@pytest.mark.parametrize("mw", ["0.0000001", "-1"])
def test_a_figure_that_is_no_whole_watt_is_refused(mw: str) -> None:
    with pytest.raises(QuantityError, match="whole number of watts"):
        stated_w(row("a", mw))
