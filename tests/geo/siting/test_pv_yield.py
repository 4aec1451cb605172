"""PV yield: what goes in comes out as sums, and a second method without pvlib agrees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.siting.pv_yield import DAYS, Assumptions, pv_yield
from terms.errors import SitingError

FEICHENG = (116.77, 36.18)
GHI = 1450.0  # kWh/m² a year, about what western Shandong has


def plane_by_monthly_means(lat: float, ghi: np.ndarray, tilt: float, albedo: float) -> np.ndarray:
    """Light on a south-facing plane by monthly means: Erbs's diffuse share, Hay's sky.

    Duffie and Beckman, Solar Engineering of Thermal Processes, sections 2.12 and 2.19: no hours,
    no turbidity, no pvlib.
    """
    day = np.array([17, 47, 75, 105, 135, 162, 198, 228, 258, 288, 318, 344])
    phi, beta = np.radians(lat), np.radians(tilt)
    delta = np.radians(23.45 * np.sin(2 * np.pi * (284 + day) / 365))
    sunset = np.arccos(-np.tan(phi) * np.tan(delta))
    flat = np.cos(phi) * np.cos(delta) * np.sin(sunset) + sunset * np.sin(phi) * np.sin(delta)
    beyond = 24 / np.pi * 1.367 * (1 + 0.033 * np.cos(2 * np.pi * day / 365)) * flat * DAYS
    clearness = ghi / beyond
    winter = 1.391 - 3.560 * clearness + 4.189 * clearness**2 - 2.137 * clearness**3
    summer = 1.311 - 3.022 * clearness + 3.427 * clearness**2 - 1.821 * clearness**3
    diffuse = np.where(sunset <= np.radians(81.4), winter, summer)
    lower = np.minimum(sunset, np.arccos(-np.tan(phi - beta) * np.tan(delta)))
    tilted = np.cos(phi - beta) * np.cos(delta) * np.sin(lower)
    tilted += lower * np.sin(phi - beta) * np.sin(delta)
    ratio, beam = tilted / flat, 1 - diffuse
    around_sun = beam * clearness  # Hay: as much of the diffuse light comes from near the sun
    sky = around_sun * ratio + (1 - around_sun) * (1 + np.cos(beta)) / 2
    return np.asarray(ghi * (beam * ratio + diffuse * sky + albedo * (1 - np.cos(beta)) / 2))


def test_a_yield_of_the_right_size_for_shandong() -> None:
    """Above the 1,100 hours that 财建〔2020〕426号 takes for the poorest class of sunshine."""
    found = pv_yield(*FEICHENG, ghi_kwh_m2=GHI)
    assert 1150 < found.year_kwh_per_kwp < 1400
    assert 0.75 < found.performance_ratio < 0.86
    assert sum(found.ghi_kwh_m2) == pytest.approx(GHI, rel=1e-9)


@pytest.mark.parametrize("tilt", [15.0, 30.0, 40.0])
def test_a_second_method_gives_the_same_light_on_the_modules(tilt: float) -> None:
    found = pv_yield(*FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(tilt_deg=tilt))
    again = plane_by_monthly_means(FEICHENG[1], np.array(found.ghi_kwh_m2), tilt, 0.2)
    assert sum(found.plane_kwh_m2) == pytest.approx(again.sum(), rel=0.025)
    assert np.array(found.plane_kwh_m2) == pytest.approx(again, rel=0.04)


def test_twelve_sums_are_kept_as_they_are() -> None:
    months = np.array([75, 90, 125, 150, 170, 155, 140, 135, 120, 105, 78, 68], dtype=float)
    found = pv_yield(*FEICHENG, ghi_kwh_m2=months)
    assert np.array(found.ghi_kwh_m2) == pytest.approx(months, rel=1e-9)


def test_a_level_plane_gets_the_light_of_the_ground() -> None:
    flat = pv_yield(*FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(tilt_deg=0))
    assert sum(flat.plane_kwh_m2) == pytest.approx(GHI, rel=0.01)


def test_the_best_tilt_is_a_little_below_the_latitude() -> None:
    tilts = np.arange(0, 61, 5)
    years = [
        pv_yield(
            *FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(tilt_deg=float(each))
        ).year_kwh_per_kwp
        for each in tilts
    ]
    assert 20 <= tilts[int(np.argmax(years))] <= 36


def test_east_and_west_yield_nearly_alike_and_less_than_south() -> None:
    years = {
        each: pv_yield(
            *FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(azimuth_deg=each)
        ).year_kwh_per_kwp
        for each in (90.0, 180.0, 270.0)
    }
    assert years[90.0] == pytest.approx(years[270.0], rel=0.02)
    assert years[180.0] > years[90.0] * 1.05


@settings(max_examples=25, deadline=None)
@given(
    ghi=st.floats(1000, 1650),
    tilt=st.floats(0, 60),
    losses=st.floats(0, 0.4),
    ratio=st.floats(0.8, 1.6),
)
def test_no_energy_is_made(ghi: float, tilt: float, losses: float, ratio: float) -> None:
    given_ = Assumptions(tilt_deg=tilt, losses=losses, dc_ac_ratio=ratio)
    found = pv_yield(*FEICHENG, ghi_kwh_m2=ghi, assumptions=given_)
    assert sum(found.ghi_kwh_m2) == pytest.approx(ghi, rel=1e-9)
    assert all(ac > 0 for ac in found.ac_kwh_per_kwp)
    winter_gain = 1 - losses + 0.12  # modules colder than 25 °C give more than they are rated
    assert found.performance_ratio < winter_gain
    hours = DAYS * 24
    assert all(ac <= h / ratio for ac, h in zip(found.ac_kwh_per_kwp, hours, strict=True))
    assert 0 <= found.clipped_share < 1


def test_losses_and_a_small_inverter_take_their_part() -> None:
    whole = pv_yield(*FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(losses=0))
    less = pv_yield(*FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(losses=0.2))
    assert less.year_kwh_per_kwp == pytest.approx(0.8 * whole.year_kwh_per_kwp, rel=0.01)
    small = pv_yield(*FEICHENG, ghi_kwh_m2=GHI, assumptions=Assumptions(dc_ac_ratio=2.0))
    assert small.clipped_share > 0.05 and small.year_kwh_per_kwp < whole.year_kwh_per_kwp


@pytest.mark.parametrize(
    ("ghi", "says"),
    [
        (5200.0, "check the unit"),  # MJ/m² taken for kWh/m²
        (0.0, "above 0"),
        (float("nan"), "above 0"),
        ([1.0, 2.0], "one a year or twelve"),
    ],
)
def test_light_that_cannot_be_is_refused(ghi: object, says: str) -> None:
    with pytest.raises(SitingError, match=says):
        pv_yield(*FEICHENG, ghi_kwh_m2=ghi)  # type: ignore[arg-type]


def test_assumptions_outside_their_limits_are_refused() -> None:
    with pytest.raises(SitingError, match="tilt_deg 95"):
        Assumptions(tilt_deg=95)
    with pytest.raises(SitingError, match="one a month"):
        Assumptions(air_c=(10.0,))
