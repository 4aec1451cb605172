"""What the map says of a click: taken once, for who waits; anything else ends the waiting."""

from __future__ import annotations

import pytest

from views.place.picking import Picking


def test_a_click_is_for_who_waits() -> None:
    picking = Picking()
    picking.take("116.77000,36.18000,10.25")  # nobody waits
    assert picking.found is None
    picking.start("position a")
    picking.take("116.77000,36.18000,10.25")
    found = picking.found_for("position a")
    assert found and (found.lon, found.lat, found.zoom, found.number) == (116.77, 36.18, 10.25, 1)
    assert picking.target == "" and picking.found_for("position b") is None
    picking.take("117.00000,36.00000,10.25")  # a second click of the same moment
    assert picking.found_for("position a") == found
    picking.forget()
    assert picking.found_for("position a") is None


@pytest.mark.parametrize(
    "said",
    ["", "nan,nan,1", "1e308,36.18000,10.25", "999.00000,36.00000,1.00", "9" * 10_000, "${x}"],
)
def test_what_is_no_point_ends_the_waiting(said: str) -> None:
    picking = Picking()
    picking.start("position a")
    picking.take(said)
    assert picking.target == "" and picking.found is None
