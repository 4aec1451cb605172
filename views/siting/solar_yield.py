"""What PV yields in the county that is open, month by month, with everything that was assumed."""

from __future__ import annotations

import streamlit as st

from geo.rasters.library import in_force
from geo.rasters.read import values_at
from geo.siting.explain import best_spots
from geo.siting.pv_yield import Assumptions, PvYield
from geo.siting.recipe import Recipe
from layers.siting.run import Run
from terms.errors import SitingError
from terms.kinds import RasterKind, Technology
from terms.language import half
from terms.units import format_number
from views import selection
from views.siting.opened import county_of
from views.siting.runs import light_yield, records
from views.words import esc, t

_PV = {Technology.PV, Technology.PV_DISTRIBUTED, Technology.WIND_SOLAR_STORAGE}
_NO_LIGHT = 1400.0  # to begin with where no raster says anything


def has_yield(recipe: Recipe) -> bool:
    """Is the recipe about PV?"""
    return bool(_PV & {recipe.technology, *(each.technology for each in recipe.densities)})


def draw_yield(found: Run) -> None:
    """Draw the yield at the county's best cell (else at its inner point)."""
    code = county_of(found)
    name = found.registry.districts.label(code, selection.current().language)
    spots = best_spots(found.result, count=1, code=code)
    lon, lat = found.registry.districts.inner_point(code)
    if spots:
        lon, lat = spots[0].lon, spots[0].lat
    light, said = _light(lon, lat)
    with st.container(key="siting-yield"):
        st.html(
            f'<div class="fg-title"><h2>{esc(t("siting.yield", name=name))}</h2>'
            f"<p>{esc(t('siting.yield_lead', lon=f'{lon:.3f}', lat=f'{lat:.3f}'))}</p></div>"
        )
        ghi, given = _inputs(code, light)
        try:
            made = light_yield(round(lon, 5), round(lat, 5), ghi, given)
        except SitingError as error:
            words = half(str(error), selection.current().language)
            st.html(f'<p class="fg-notice fg-bad" role="alert">{esc(words)}</p>')
            return
        st.html(_card(made, said))


def _light(lon: float, lat: float) -> tuple[float, str]:
    """The yearly irradiation at a place, and what its raster says of itself."""
    record = in_force(records(), RasterKind.IRRADIATION)
    if record is None:
        return _NO_LIGHT, ""
    found = values_at(record, lon, lat)
    language = selection.current().language
    said = f"{record.title_in(language)}{t('word.colon')}{record.caveat_in(language)}"
    return (_NO_LIGHT if found.mask.all() else float(round(float(found[0])))), said


def _inputs(code: str, light: float) -> tuple[float, Assumptions]:
    """The assumptions that can be changed here; a change of county begins with its own light."""
    usual = Assumptions()
    rows = (
        ("ghi", 300.0, 2500.0, light, 10.0),
        ("tilt", 0.0, 90.0, usual.tilt_deg, 1.0),
        ("azimuth", 0.0, 360.0, usual.azimuth_deg, 5.0),
        ("losses", 0.0, 60.0, usual.losses * 100, 1.0),
        ("ratio", 0.5, 3.0, usual.dc_ac_ratio, 0.05),
    )
    values = {}
    for column, (name, least, most, value, step) in zip(st.columns(5), rows, strict=True):
        tag = f"-{code}" if name == "ghi" else ""
        values[name] = column.number_input(
            t(f"siting.yield_{name}"),
            least,
            most,
            value,
            step,
            key=selection.widget_key(f"yield-{name}{tag}"),
        )
    return values["ghi"], Assumptions(
        tilt_deg=values["tilt"],
        azimuth_deg=values["azimuth"],
        losses=values["losses"] / 100,
        dc_ac_ratio=values["ratio"],
    )


def _card(made: PvYield, raster: str) -> str:
    most = max(made.ac_kwh_per_kwp)
    months = "".join(
        f'<li><b>{value:.0f}</b><i style="height:{value / most * 78:.0f}px"></i>'
        f"<span>{esc(t('siting.month', number=number))}</span></li>"
        for number, value in enumerate(made.ac_kwh_per_kwp, start=1)
    )
    given = made.assumptions
    notes = (
        t("siting.yield_method"),
        t(
            "siting.yield_assumed",
            albedo=f"{given.albedo:g}",
            heat=f"{-given.per_degree * 100:g}",
            wind=f"{given.wind_m_s:g}",
            air=", ".join(f"{each:g}" for each in given.air_c),
        ),
        t("siting.yield_source"),
    )
    items = "".join(f"<li>{esc(note)}</li>" for note in notes)
    caveat = f'<p class="fg-contrary">{esc(raster)}</p>' if raster else ""
    tiles = "".join(
        f'<div class="fg-tile"><span>{esc(t(f"siting.yield_{name}"))}</span>'
        f"<b>{esc(value)}</b></div>"
        for name, value in (
            ("year", f"{format_number(round(made.year_kwh_per_kwp))} kWh/kWp"),
            ("plane", f"{format_number(round(sum(made.plane_kwh_m2)))} kWh/m²"),
            ("pr", f"{made.performance_ratio:.2f}"),
            ("clipped", f"{made.clipped_share:.1%}"),
        )
    )
    return (
        f'{caveat}<div class="fg-tiles fg-siting-tiles">{tiles}</div>'
        f'<p class="fg-caption">{esc(t("siting.yield_months"))}</p>'
        f'<ol class="fg-months">{months}</ol><ul class="fg-balances">{items}</ul>'
    )
