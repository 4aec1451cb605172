"""What a kilowatt-peak of PV yields in a year and month at a place, coarsely, with pvlib.

From the sunshine of the year (or of each month) on level ground: each month is made of clear days
(Ineichen with the turbidity that pvlib ships) and of overcast ones, which let a quarter of it
through, all of it diffuse (Kasten and Czeplak 1980, Solar Energy 24), as many of each as give that
sum. Their light is turned onto the modules (Hay and Davies) and made into alternating current
(PVWatts, Dobos 2014, NREL/TP-6A20-62641). Months are rougher than the year, hours mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pvlib

from terms.errors import SitingError

Floats = npt.NDArray[np.float64]
YEAR = 2025  # any year that is no leap year
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.float64)
# The day of each month whose extraterrestrial sum is nearest the month's mean (Klein 1977).
MEAN_DAYS = (17, 16, 16, 15, 15, 11, 17, 16, 15, 15, 14, 10)
STEP_MIN = 15
_TIME_ZONE = "Etc/GMT-8"  # UTC+8
_MOST_OF_CLEAR = 1.05
_INVERTER_EFFICIENCY = 0.96
_OVERCAST = 0.25  # of the clear sky's light under full cover (Kasten and Czeplak 1980)


@dataclass(frozen=True)
class Assumptions:
    """What is taken as given; every figure can be changed, none is measured at the place.

    `losses` are those of the system before the inverter (soiling, shading, mismatch, wiring,
    availability …: the sum that PVWatts gives by default); `dc_ac_ratio` is module power over
    inverter power; `air_c` the mean air temperature of each month, rounded, of the plain in the
    west of Shandong: one degree is about a third of a percent.
    """

    tilt_deg: float = 30.0
    azimuth_deg: float = 180.0
    losses: float = 0.14
    dc_ac_ratio: float = 1.2
    albedo: float = 0.2
    per_degree: float = -0.0035
    wind_m_s: float = 2.0
    air_c: tuple[float, ...] = (-1, 2, 8, 15, 21, 26, 27, 26, 21, 15, 7, 1)

    def __post_init__(self) -> None:
        limits = {
            "tilt_deg": (0, 90),
            "azimuth_deg": (0, 360),
            "losses": (0, 0.9),
            "dc_ac_ratio": (0.5, 3),
            "albedo": (0, 1),
            "per_degree": (-0.01, 0),
            "wind_m_s": (0, 20),
        }
        for name, (least, most) in limits.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise SitingError(
                    f"{name} {value}：应为 {least} 到 {most} 的数 · "
                    f"{name} {value}: expected a number from {least} to {most}"
                )
        if len(self.air_c) != 12:
            raise SitingError(
                f"air_c 有 {len(self.air_c)} 个值，应每月一个 · "
                f"air_c has {len(self.air_c)} values, expected one a month"
            )


@dataclass(frozen=True)
class PvYield:
    """Sums per kWp and per m² by month (kWh); `assumptions` and the place they hold for."""

    lon: float
    lat: float
    assumptions: Assumptions
    ghi_kwh_m2: tuple[float, ...]
    plane_kwh_m2: tuple[float, ...]
    ac_kwh_per_kwp: tuple[float, ...]
    clipped_share: float

    @property
    def year_kwh_per_kwp(self) -> float:
        """The yield of a year."""
        return sum(self.ac_kwh_per_kwp)

    @property
    def performance_ratio(self) -> float:
        """Yield over the light on the modules, as if all of it became current at 1 kW/m²."""
        return self.year_kwh_per_kwp / sum(self.plane_kwh_m2)


def pv_yield(
    lon: float,
    lat: float,
    *,
    ghi_kwh_m2: float | Sequence[float],
    altitude_m: float = 50.0,
    assumptions: Assumptions | None = None,
) -> PvYield:
    """The yield at a WGS-84 point from its yearly sum of global horizontal light, or twelve sums.

    A yearly sum is spread over the months as a clear sky's is. Raises SitingError for a sum that
    is no light, or more than a clear sky gives.
    """
    given = assumptions or Assumptions()
    sky = _Sky(lon, lat, altitude_m)
    wanted = _months(ghi_kwh_m2, sky.clear_months)
    days = _days(wanted / sky.clear_months, sky)
    limit = 1 / given.dc_ac_ratio / _INVERTER_EFFICIENCY
    ghi, plane, direct, current, clipped = (np.zeros(len(sky.times)) for _ in range(5))
    for share, light in days:
        on_plane = _on_plane(sky, given, light)
        kept = _direct_current(sky, given, on_plane)
        ghi += share * light.ghi
        plane += share * on_plane
        direct += share * kept
        clipped += share * np.maximum(kept - limit, 0.0)
        current += share * pvlib.inverter.pvwatts(kept, limit, eta_inv_nom=_INVERTER_EFFICIENCY)
    return PvYield(
        lon=lon,
        lat=lat,
        assumptions=given,
        ghi_kwh_m2=sky.sums(ghi),
        plane_kwh_m2=sky.sums(plane),
        ac_kwh_per_kwp=sky.sums(current * 1000.0),
        clipped_share=float(sum(sky.sums(clipped)) / sum(sky.sums(direct))),
    )


@dataclass(frozen=True)
class _Light:
    """Global, beam and diffuse light on level ground, W/m², the beam across its own direction."""

    ghi: Floats
    dni: Floats
    dhi: Floats


class _Sky:
    """The sun and the clear sky over a place on the mean day of each month."""

    def __init__(self, lon: float, lat: float, altitude_m: float) -> None:
        steps = pd.timedelta_range(
            f"{STEP_MIN / 2} min", periods=24 * 60 // STEP_MIN, freq=f"{STEP_MIN} min"
        )
        days = [pd.Timestamp(YEAR, n, day) for n, day in enumerate(MEAN_DAYS, start=1)]
        moments = [day + step for day in days for step in steps]
        self.times = pd.DatetimeIndex(moments).tz_localize(_TIME_ZONE)
        self.month = self.times.month.to_numpy() - 1
        place = pvlib.location.Location(lat, lon, tz=_TIME_ZONE, altitude=altitude_m)
        self.sun = place.get_solarposition(self.times)
        sky = place.get_clearsky(self.times, model="ineichen", solar_position=self.sun)
        self.clear = _Light(*(sky[name].to_numpy() for name in ("ghi", "dni", "dhi")))
        self.clear_months = np.array(self.sums(self.clear.ghi))

    def sums(self, watts: Floats) -> tuple[float, ...]:
        """kWh by month of a power in W (per m² or kWp) along the mean days."""
        by_day = np.bincount(self.month, watts, 12) * (STEP_MIN / 60) / 1000.0
        return tuple(float(each) for each in by_day * DAYS)


def _months(ghi_kwh_m2: float | Sequence[float], clear: Floats) -> Floats:
    given = np.atleast_1d(np.asarray(ghi_kwh_m2, dtype=np.float64))
    if given.shape not in ((1,), (12,)):
        raise SitingError(
            f"辐照量有 {given.size} 个，应为全年一个或逐月十二个 · "
            f"{given.size} sums of light, expected one a year or twelve"
        )
    wanted = given if given.size == 12 else clear * (given[0] / clear.sum())
    if not (np.isfinite(wanted).all() and (wanted > 0).all()):
        raise SitingError(
            f"辐照量 {ghi_kwh_m2} kWh/m²：应大于 0 · "
            f"light of {ghi_kwh_m2} kWh/m²: expected sums above 0"
        )
    if (wanted > clear * _MOST_OF_CLEAR).any():
        raise SitingError(
            f"年辐照 {given.sum():.0f} kWh/m² 超过晴空（全年 {clear.sum():.0f}）：请核对单位，"
            "应为每年每平方米千瓦时 · "
            f"light of {given.sum():.0f} kWh/m² is more than a clear sky gives "
            f"({clear.sum():.0f} a year); check the unit, expected kWh/m² a year"
        )
    return wanted


def _days(clearness: Floats, sky: _Sky) -> tuple[tuple[Floats, _Light], tuple[Floats, _Light]]:
    """Share and light of the clear and of the overcast days at each moment's month.

    `clearness` is the month's sum over that of a clear sky; below an overcast month's every day is
    overcast and darker, above a clear month's every day is clear and a little brighter.
    """
    clear, month = sky.clear, sky.month
    share = np.clip((clearness - _OVERCAST) / (1 - _OVERCAST), 0.0, 1.0)[month]
    brighter = np.maximum(clearness, 1.0)[month]
    darker = np.minimum(clearness / _OVERCAST, 1.0)[month] * _OVERCAST
    sunny = _Light(clear.ghi * brighter, clear.dni * brighter, clear.dhi * brighter)
    grey = clear.ghi * darker
    return (share, sunny), (1 - share, _Light(grey, np.zeros_like(grey), grey))


def _on_plane(sky: _Sky, given: Assumptions, light: _Light) -> Floats:
    plane = pvlib.irradiance.get_total_irradiance(
        given.tilt_deg,
        given.azimuth_deg,
        sky.sun["apparent_zenith"].to_numpy(),
        sky.sun["azimuth"].to_numpy(),
        dni=light.dni,
        ghi=light.ghi,
        dhi=light.dhi,
        dni_extra=pvlib.irradiance.get_extra_radiation(sky.times.day_of_year).to_numpy(),
        albedo=given.albedo,
        model="haydavies",
    )
    return np.nan_to_num(np.asarray(plane["poa_global"], dtype=np.float64))


def _direct_current(sky: _Sky, given: Assumptions, on_plane: Floats) -> Floats:
    """kW per kWp after the losses before the inverter."""
    air = np.array(given.air_c)[sky.month]
    cell = pvlib.temperature.faiman(on_plane, air, given.wind_m_s)
    rated = pvlib.pvsystem.pvwatts_dc(on_plane, cell, 1.0, given.per_degree)
    return np.asarray(rated * (1 - given.losses), dtype=np.float64)
