"""The shipped rasters are what their recipes make, and say how far off they are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rasterio
from pvlib.location import Location, lookup_altitude

from data.recipes import height, irradiation, raster_file
from geo.rasters.library import SHIPPED


@pytest.mark.parametrize("name", ["height", "irradiation"])
def test_the_files_are_those_of_their_records(name: str) -> None:
    record = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    file = SHIPPED / record["file"]
    assert file.stat().st_size < 300_000
    with rasterio.open(file) as source:
        cells = source.read(1)
        assert source.crs.to_epsg() == 4326 and source.nodata == record["nodata"]
        assert source.bounds == pytest.approx((114.5, 34 + 1 / 6, 123.0, 38 + 2 / 3))
    assert raster_file.digest_of(cells) == record["sha256"]
    assert Path(record["recipe"]).is_file()


def test_the_recipe_makes_the_heights_anew_as_pvlib_reads_them() -> None:
    cells = height.heights()
    with rasterio.open(SHIPPED / "height.tif") as source:
        assert (source.read(1) == cells).all()
    lat, lon = raster_file.latitudes(), raster_file.longitudes()
    for row, column in ((5, 20), (29, 31), (40, 60), (9, 95)):
        stored = cells[row, column] if cells[row, column] != height.NODATA else 0
        assert stored == lookup_altitude(float(lat[row]), float(lon[column]))


def test_the_recipe_makes_the_irradiation_anew() -> None:
    made = irradiation.irradiation()
    with rasterio.open(SHIPPED / "irradiation.tif") as source:
        assert np.abs(source.read(1) - made).max() < 0.2
    record = json.loads((SHIPPED / "irradiation.json").read_text(encoding="utf-8"))
    assert record["measured"]["mean"] == pytest.approx(made.mean(), abs=0.1)
    above = made.mean() / irradiation.PUBLISHED_KWH_M2 - 1
    assert above > 0.1 and f"约 {above:.0%}" in record["caveat"]


def test_clear_sky_is_near_what_pvlib_gives_for_every_day_of_a_month() -> None:
    """The mean day of a month stands for it: within 2 % of all days at one place."""
    lat, lon = raster_file.latitudes()[30], raster_file.longitudes()[35]
    place = Location(lat, lon, altitude=float(lookup_altitude(lat, lon)))
    clear = irradiation.clear_sky(raster_file.FIRST_ROW + 30, 1, raster_file.FIRST_COLUMN + 35, 1)
    for month in (1, 6, 10):
        times = pd.date_range(f"2015-{month:02}-01", periods=31 * 48, freq="30min", tz="Etc/GMT-8")
        times = times[times.month == month]
        daily = place.get_clearsky(times)["ghi"].sum() / 2000 / (len(times) / 48)
        assert clear[month - 1, 0, 0] == pytest.approx(daily, rel=0.02)


def test_the_means_are_those_of_the_distributions() -> None:
    """The level is MERRA-2's: the year at the middle of a 3° cell, summed by hand."""
    means = irradiation.merra_means()
    assert means.shape == (12, 3, 4) and (means > 1).all() and (means < 9).all()
    year = (means * irradiation.DAYS[:, None, None]).sum(0)
    assert year[1, 1] == pytest.approx(1656, abs=2)  # 36° N, 117° E
    share = irradiation.clearness()
    assert (share > 0.5).all() and (share < 1.25).all()
