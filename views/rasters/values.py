"""What the rasters say at a project or in a county, for the panel and the sheet."""

from __future__ import annotations

from geo.rasters.distribution import Spread
from geo.rasters.record import RasterRecord
from layers.raster_values import Known, place_known, spread_words
from registry.registry import Registry
from terms.language import half
from terms.records import Project
from views import cache_rasters, selection
from views.words import esc, lab, t

_ENOUGH = 0.995  # of an area that has data; less is said


def project_rasters(registry: Registry, row: Project) -> str:
    """The section of a project: the value as exactly as its place is known, and how that is."""
    known = place_known(registry, row)
    km = f"{known.accuracy_m / 1000:g}"
    note = t(f"raster.where_{known.where}", count=len(known.codes), km=km)
    if known.where in ("unplaced", "offshore"):
        return _section("", note)
    return _section(_lines(registry, known), note)


def county_rasters(registry: Registry, code: str) -> str:
    """The section of a county: the distribution over all of it."""
    known = Known("district", codes=(code,))
    return _section(_lines(registry, known), t("raster.where_county"))


def _section(lines: str, note: str) -> str:
    caveats = "".join(f"<p>{_caveat(each)}</p>" for each in cache_rasters.rasters_in_force())
    about = ""
    if lines:
        about = f"<details><summary>{esc(t('raster.about'))}</summary>{caveats}</details>"
        lines = f"<dl>{lines}</dl>"
    return (
        f'<section class="fg-rasters"><h3>{esc(t("raster.part"))}</h3>{lines}'
        f"<p><small>{esc(note)}</small></p>{about}</section>"
    )


def _caveat(record: RasterRecord) -> str:
    language = selection.current().language
    title, caveat = record.title_in(language), record.caveat_in(language)
    source = record.source or t("raster.not_stated")
    return f"<small><b>{esc(title)}</b> {esc(source)}{esc(_stop(caveat))}</small>"


def _stop(caveat: str) -> str:
    return f" · {caveat}" if caveat else ""


def _lines(registry: Registry, known: Known) -> str:
    return "".join(
        f"<div><dt>{esc(lab('raster_kind', record.kind))}</dt>"
        f"<dd>{_value(registry, record, known)}</dd></div>"
        for record in cache_rasters.rasters_in_force()
    )


def _value(registry: Registry, record: RasterRecord, known: Known) -> str:
    language = selection.current().language
    found = cache_rasters.spread(registry, record, known)
    if found is None:
        return f'<span class="fg-none">{esc(t("raster.no_data"))}</span>'
    if not isinstance(found, Spread):
        return f'<span class="fg-none">{esc(half(found, language))}</span>'
    part = ""
    if found.coverage < _ENOUGH:
        part = f" {t('raster.coverage', share=f'{found.coverage:.0%}')}"
    return esc(spread_words(record, found, language) + part)
