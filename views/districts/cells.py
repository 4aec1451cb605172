"""Cells of the county tables: missing, not stated, not split, retired, zero and amounts apart."""

from __future__ import annotations

from layers.county_lines import Cell, Line
from terms.units import WATTS_PER_MW, PowerUnit, format_number, mw_to
from views import selection
from views.words import esc, lab, t


def number(watts: int) -> str:
    """Watts as a bare number in the unit of this run, which the table names once."""
    return format_number(mw_to(watts / WATTS_PER_MW, selection.current().unit))


def sketch_number(watts: int) -> str:
    """A share of a rule, rounded: more places would feign exactness; files keep the watt."""
    unit = selection.current().unit
    value = mw_to(watts / WATTS_PER_MW, unit)
    return format_number(round(value, 2 if unit is PowerUnit.WAN_KW else 1))


def sketch_power(watts: int) -> str:
    """A share of a rule with the unit of this run, rounded as in the tables."""
    return f"{sketch_number(watts)} {lab('unit', selection.current().unit)}"


def cell_html(cell: Cell, line: Line) -> str:
    """The inside of a cell; the firm part first, shares of a rule apart and marked."""
    if cell.look == "missing":
        return '<span class="fg-absent">·</span>'
    parts = []
    if cell.located_w or cell.look == "zero":
        parts.append(f"<b>{esc(number(cell.located_w))}</b>{_density(line, cell.located_w)}")
    if cell.shared_w:
        parts.append(_sketch(cell, line))
    if cell.retired_w:
        said = t("county.retired", value=number(cell.retired_w))
        parts.append(f'<span class="fg-missing">{esc(said)}</span>')
    parts += [f'<span class="fg-missing">{esc(note)}</span>' for note in _notes(cell, parts)]
    return "".join(parts)


def _sketch(cell: Cell, line: Line) -> str:
    value = sketch_number(cell.shared_w)
    said = t("county.sketch_amount", value=value) if cell.located_w else value
    mark = t("county.sketch") + (t("county.open_mark") if cell.is_open else "")
    return (
        f'<span class="fg-sketch"><i>{esc(said)}</i><em>{esc(mark)}</em></span>'
        f"{_density(line, cell.shared_w)}"
    )


def _notes(cell: Cell, before: list[str]) -> list[str]:
    """What has no figure here: beside an amount it is said as further rows."""
    more = "_more" if before else ""
    notes = []
    if cell.not_stated:
        notes.append(t(f"county.not_stated{more}", rows=cell.not_stated))
    if cell.undivided:
        more = "_more" if before or notes else ""
        notes.append(t(f"county.undivided{more}", rows=cell.undivided))
    return notes


def _density(line: Line, watts: int) -> str:
    density = line.mw_per_km2(watts) if selection.current().per_km2 else None
    if density is None or not watts:
        return ""
    return f"<small>{esc(t('county.density', value=f'{density:.3g}'))}</small>"
