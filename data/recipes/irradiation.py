"""Make the annual irradiation of Shandong: python -m data.recipes.irradiation

Irradiation = Σ over the months of clear-sky irradiation × clearness, both on a horizontal plane.

Clear sky, at 5': the Ineichen–Perez model of pvlib (Ineichen and Perez 2002) with the monthly
Linke turbidity and the altitude that pvlib ships, on the mean day of each month (Klein 1977),
every quarter of an hour of solar time.

Clearness, at 3°: the monthly mean of gsee-climate-data (MERRA-2, 2011–2015; the mean of each
distribution of daily means) over the mean clear sky of the same 3° cell, brought to 5' bilinearly
between the cells' centres. So the 3° cells keep MERRA-2's level, bias included: nothing is scaled
to any statistic.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import Any

import gsee_climate_data
import h5py
import numpy as np
import numpy.typing as npt
from pvlib import atmosphere, clearsky, irradiance, solarposition
from scipy.interpolate import RegularGridInterpolator

from data.recipes.height import NODATA as NO_HEIGHT
from data.recipes.height import heights
from data.recipes.raster_file import (
    CELLS_PER_DEGREE,
    COLUMNS,
    FIRST_COLUMN,
    FIRST_ROW,
    ROWS,
    latitudes,
    longitudes,
    write,
)

Floats = npt.NDArray[np.float64]
NODATA = -9999.0
DAYS = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
# The day whose declination is the month's mean (Klein 1977, Solar Energy 19, 325-329).
MEAN_DAYS = np.array([17, 47, 75, 105, 135, 162, 198, 228, 258, 288, 318, 344])
STEPS_A_DAY = 96
TURBIDITY_SCALE = 20  # LinkeTurbidities.h5 holds 20 × the turbidity
MERRA_DEGREES = 3
# The MERRA-2 cells whose centres surround Shandong.
MERRA_LATITUDES, MERRA_LONGITUDES = np.array([33.0, 36.0, 39.0]), np.arange(114.0, 124.0, 3.0)
# A published figure to see the bias by: "more than 5 million kilojoules … each year" (per m²).
PUBLISHED_KWH_M2 = 5_000_000 / 3600
PUBLISHED_WHERE = (
    "china.org.cn, 2010-04-21, http://china.org.cn/wap/2010-04/21/content_19873947.htm"
)


def clear_sky(first_row: int, rows: int, first_column: int, columns: int) -> Floats:
    """Clear-sky irradiation of each month (12, rows, columns) in kWh/m² a day."""
    with h5py.File(str(files("pvlib") / "data/LinkeTurbidities.h5"), "r") as source:
        turbidity = source["LinkeTurbidity"][
            first_row : first_row + rows, first_column : first_column + columns, :
        ]
    metres = heights(first_row, rows, first_column, columns).astype(float)
    metres[metres == NO_HEIGHT] = 0.0
    lat = np.radians(latitudes(first_row, rows))[:, None]
    found = np.empty((12, rows, columns))
    for month, day in enumerate(MEAN_DAYS):
        linke = turbidity[:, :, month] / TURBIDITY_SCALE
        found[month] = _one_day(int(day), lat, metres, linke)
    return found


def _one_day(day: int, lat: Floats, metres: Floats, linke: Floats) -> Floats:
    """kWh/m² of one clear day, summed over the middles of its steps."""
    declination = solarposition.declination_spencer71(day)
    pressure = atmosphere.alt2pres(metres)
    extra = irradiance.get_extra_radiation(day)
    total = np.zeros_like(metres)
    for step in range(STEPS_A_DAY):
        hour = np.radians((step + 0.5) * 360 / STEPS_A_DAY - 180)
        zenith = np.degrees(solarposition.solar_zenith_analytical(lat, hour, declination))
        zenith = np.broadcast_to(zenith, metres.shape)
        if zenith.min() >= 90:
            continue
        relative = atmosphere.get_relative_airmass(zenith)
        absolute = atmosphere.get_absolute_airmass(relative, pressure)
        with np.errstate(divide="ignore"):  # in the beam, which is not used, where Linke is low
            made = clearsky.ineichen(zenith, absolute, linke, altitude=metres, dni_extra=extra)
        total += np.nan_to_num(made["ghi"])
    return total * (24 / STEPS_A_DAY) / 1000


def merra_means() -> Floats:
    """Monthly means (12, latitude, longitude) in kWh/m² a day at the MERRA-2 cells used here."""
    with gsee_climate_data.load() as source:
        rows = np.searchsorted(source["lat"], MERRA_LATITUDES)
        columns = np.searchsorted(source["lon"], MERRA_LONGITUDES)
        values = source["xk"][np.ix_(rows, columns)].astype(float)
        weights = source["pk"][np.ix_(rows, columns)].astype(float)
    mean_w_m2 = (values * weights).sum(-1) / weights.sum(-1)
    return np.moveaxis(mean_w_m2, -1, 0) * 24 / 1000


def clearness() -> Floats:
    """MERRA-2's mean over the clear sky of the same 3° cell: (12, latitude, longitude)."""
    means = merra_means()
    side = MERRA_DEGREES * CELLS_PER_DEGREE
    share = np.empty_like(means)
    for i, lat in enumerate(MERRA_LATITUDES):
        for j, lon in enumerate(MERRA_LONGITUDES):
            row = round((90 - lat) * CELLS_PER_DEGREE) - side // 2
            column = round((lon + 180) * CELLS_PER_DEGREE) - side // 2
            share[:, i, j] = means[:, i, j] / clear_sky(row, side, column, side).mean((1, 2))
    return share


def irradiation() -> Floats:
    """kWh/m² a year on the 5' cells over Shandong."""
    lat, lon = np.meshgrid(latitudes(), longitudes(), indexing="ij")
    clear, share = clear_sky(FIRST_ROW, ROWS, FIRST_COLUMN, COLUMNS), clearness()
    year = np.zeros((ROWS, COLUMNS))
    for month in range(12):
        between = RegularGridInterpolator((MERRA_LATITUDES, MERRA_LONGITUDES), share[month])
        year += DAYS[month] * clear[month] * between((lat, lon))
    return year


def record(cells: Floats) -> dict[str, Any]:
    """The record of origin, with what was measured and how far it is from a published figure."""
    mean = float(cells.mean())
    above = round((mean / PUBLISHED_KWH_M2 - 1) * 100)
    low, high = int(cells.min()), int(cells.max())
    return {
        "id": "irradiation",
        "title": "水平面年总辐照量（MERRA-2，粗）",
        "title_en": "Annual global horizontal irradiation (MERRA-2, coarse)",
        "kind": "irradiation",
        "unit": "kWh/(m²·a)",
        "unit_en": "kWh/(m²·a)",
        "year": "2011–2015",
        "source": f"pvlib {version('pvlib')} (Linke turbidity, Ineichen clear sky) × "
        f"gsee-climate-data {version('gsee-climate-data')} (NASA MERRA-2)",
        "licence": "BSD-3-Clause (pvlib; code of gsee-climate-data); MERRA-2 data: no restrictions "
        "on use (NASA), citation asked: Gelaro et al. 2017, doi:10.1175/JCLI-D-16-0758.1",
        "caveat": f"晴空部分为 5′，云量部分只有 3°（约 300 千米），"
        "因此只能区分大区，几乎不能区分县。"
        f"MERRA-2 在此偏高：本图平均 {mean:.0f}，而公开报道全省每年“超过 500 万千焦”（中国网 "
        f"2010-04-21，按每平方米计即 {PUBLISHED_KWH_M2:.0f}），高出至多约 {above}%；未作任何订正。"
        "选址和测算请换用本单位的 Global Solar Atlas 等数据。",
        "caveat_en": "The clear sky is at 5′, but the clouds only at 3° (about 300 km): it "
        "separates regions, hardly counties. MERRA-2 is too high here: the mean of this raster is "
        f"{mean:.0f}, against a published 'more than 5 million kilojoules' a year for the "
        f"province (china.org.cn, 2010-04-21; {PUBLISHED_KWH_M2:.0f} if read per m²), at most "
        f"about {above} % more; nothing was corrected. For siting or yields put your own data, "
        "such as Global Solar Atlas, in its place.",
        "origin": "Computed by the recipe: monthly clear-sky irradiation × (MERRA-2 monthly mean / "
        "clear-sky mean of the same 3° cell), summed over the year",
        "compared_with": {
            "published_kwh_m2": round(PUBLISHED_KWH_M2),
            "where": PUBLISHED_WHERE,
            "said": "“more than 5 million kilojoules of solar radiation each year”, the area "
            "(a square metre) is not printed there",
        },
        "measured": {"lowest": low, "highest": high, "mean": round(mean, 1)},
    }


def main() -> None:
    """Write the raster and its record."""
    year = irradiation()
    write("irradiation", np.round(year, 1).astype(np.float32), NODATA, record(year))


if __name__ == "__main__":
    main()
