"""The sheet of one county beside the map, and a second county beside it for comparison."""

from __future__ import annotations

from datetime import date

import streamlit as st

from capacity.allocate import Place
from layers.county_lines import MISSING, Cell, Counting, Line
from layers.county_sheet import Sheet, county_sheet
from layers.thing_words import thing_line
from registry.areas import plan_districts
from registry.registry import Registry
from terms.kinds import PlanStatus, Technology
from terms.records import InstalledFigure
from terms.units import format_number
from views import cache, selection
from views.data.briefs import draw_brief_of
from views.detail.parts import draft_mark
from views.districts.cells import cell_html, number
from views.districts.files import csv_name
from views.districts.odd import odd_choices
from views.districts.sheet_rows import draw_rows
from views.words import esc, lab, t, unique_labels


def draw_sheet(registry: Registry, counting: Counting) -> None:
    """Draw the panel; it is always there, so that the columns of the page never change."""
    chosen = selection.current()
    has_focus = registry.districts.has(chosen.focus)
    opened = chosen.focus if has_focus else chosen.area
    is_open = registry.districts.has(opened)
    with st.container(key="county-sheet"):
        _choices(registry, opened if is_open else "", may_close=has_focus or not is_open)
        if odd := odd_choices(registry):
            st.html("".join(f'<p class="fg-contrary">{esc(each)}</p>' for each in odd))
        if not is_open:
            st.html(
                f'<div class="fg-detail"><h2>{esc(t("county.sheet_start"))}</h2>'
                f"<p>{esc(t('county.sheet_lead'))}</p><h3>{esc(t('county.reading'))}</h3>"
                f'<dl class="fg-reading">{_reading()}</dl></div>'
            )
            return
        codes = dict.fromkeys(filter(None, (opened, chosen.beside)))
        sheets = [county_sheet(registry, counting, code) for code in codes]
        st.html(
            f'<div class="fg-detail">{_head(registry, sheets)}{_capacity(registry, sheets)}</div>'
        )
        _download(registry, counting, sheets)
        draw_brief_of(registry, opened, counting)
        for sheet in sheets:
            st.html(
                f'<div class="fg-detail">{_beside_capacity(registry, sheet, len(sheets) > 1)}</div>'
            )
            draw_rows(registry, sheet)


def _reading() -> str:
    """What each sign in the tables means, each shown as it looks there."""
    signs = (
        ("<b>215</b>", "located"),
        (f'<span class="fg-sketch"><i>95</i><em>{esc(t("county.sketch"))}</em></span>', "sketch"),
        (f'<span class="fg-missing">{esc(t("county.undivided", rows=1))}</span>', "undivided"),
        (f'<span class="fg-missing">{esc(t("county.not_stated", rows=2))}</span>', "not_stated"),
        (f'<span class="fg-missing">{esc(t("county.retired", value="1.5"))}</span>', "retired"),
        ("<b>0</b>", "zero"),
        ('<span class="fg-absent">·</span>', "missing"),
    )
    return "".join(f"<dt>{sign}</dt><dd>{esc(t(f'county.read_{key}'))}</dd>" for sign, key in signs)


def _choices(registry: Registry, focus: str, *, may_close: bool) -> None:
    """Two lists of counties: for the keyboard, and for who knows the name."""
    chosen = selection.current()
    owners = plan_districts(registry)
    here = [code for code, plan in owners.items() if not chosen.plans or plan in chosen.plans]
    names = unique_labels(
        dict.fromkeys(filter(None, (*sorted(here), focus, chosen.beside))),
        lambda code: registry.districts.label(code, chosen.language),
    )
    with st.container(key="county-choice", horizontal=True):
        key = selection.county_key(focus)
        opened = {"": t("county.open_hint"), **names} if may_close else names
        st.selectbox(
            t("county.open"),
            list(opened),
            format_func=opened.__getitem__,
            key=key,
            on_change=selection.take_county,
            args=(key,),
            placeholder=t("county.open_hint"),
        )
        others = {"": t("county.beside_none")} | {c: n for c, n in names.items() if c != focus}
        if chosen.beside and chosen.beside not in others:
            others[chosen.beside] = names[chosen.beside]
        st.selectbox(
            t("county.beside"),
            list(others),
            format_func=others.__getitem__,
            key=selection.widget_key("beside"),
            on_change=selection.take_widgets,
            placeholder=t("county.beside_none"),
        )


def _head(registry: Registry, sheets: list[Sheet]) -> str:
    heads = "".join(
        f"<header><h2>{esc(_label(registry, each))}</h2><p>{_under(registry, each)}</p></header>"
        for each in sheets
    )
    stamp = f'<strong class="fg-paper-stamp">{esc(t("map.stamp"))}</strong>'
    return f'{stamp}<div class="fg-sheet-heads">{heads}</div>'


def _label(registry: Registry, sheet: Sheet) -> str:
    return registry.districts.label(sheet.code, selection.current().language)


def _under(registry: Registry, sheet: Sheet) -> str:
    if sheet.table is None or sheet.line is None:
        return esc(t("county.no_plan"))
    plan = registry.plan_by_id[sheet.table.plan]
    title = plan.title if selection.current().language == "zh" else plan.title_en
    area = t("county.sheet_area", value=format_number(round(sheet.line.area_km2)))
    mark = draft_mark() if plan.status is PlanStatus.DRAFT else ""
    shared = sum(each.place is Place.SHARED for each in sheet.rows)
    counts = {"count": len(sheet.rows), "here": len(sheet.rows) - shared, "shared": shared}
    return f"{esc(title)}{mark}<br>{esc(area)}<br>{esc(t('print.county', **counts))}"


def _capacity(registry: Registry, sheets: list[Sheet]) -> str:
    """The same technologies for both counties; the difference is of what is located."""
    technologies = [e for e in Technology if any(e in sheet.technologies for sheet in sheets)]
    title = f"<h3>{esc(t('county.part_capacity'))} · {esc(lab('unit', _unit()))}</h3>"
    if not technologies:
        return f"{title}<p>{esc(t('county.sheet_nothing'))}</p>"
    is_pair = len(sheets) == 2
    names = [registry.districts.name(each.code, selection.current().language) for each in sheets]
    heads = [t("county.technology_head"), *names, *([t("county.difference")] if is_pair else [])]
    head = "".join(
        f'<th scope="col"{_number_class(place)}>{esc(name)}</th>'
        for place, name in enumerate(heads)
    )
    body = "".join(_technology(sheets, each) for each in technologies)
    return (
        f'{title}<div class="fg-scroll" tabindex="0">'
        f'<table class="fg-counties"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _unit() -> str:
    return selection.current().unit


def _number_class(place: int) -> str:
    return ' class="fg-number"' if place else ""


def _technology(sheets: list[Sheet], technology: Technology) -> str:
    found = [(each.line.cell(technology) if each.line else MISSING) for each in sheets]
    cells = "".join(
        f'<td class="fg-number">{_inside(cell, each.line)}</td>'
        for cell, each in zip(found, sheets, strict=True)
    )
    if len(found) == 2:
        cells += f'<td class="fg-number">{esc(_difference(*found))}</td>'
    return f'<tr><th scope="row">{esc(lab("technology", technology))}</th>{cells}</tr>'


def _inside(cell: Cell, line: Line | None) -> str:
    return cell_html(cell, line) if line else '<span class="fg-absent">·</span>'


def _difference(first: Cell, second: Cell) -> str:
    """Of located figures that both counties have: what is missing or not stated is not zero."""
    if not (first.located_w and second.located_w):
        return "—"
    watts = first.located_w - second.located_w
    sign = "+" if watts > 0 else "−" if watts < 0 else "±"
    return f"{sign}{number(abs(watts))}"


def _beside_capacity(registry: Registry, sheet: Sheet, is_pair: bool) -> str:
    language = selection.current().language
    body = f"<h2>{esc(_label(registry, sheet))}</h2>" if is_pair else ""
    if sheet.line and sheet.line.things:
        items = "".join(f"<li>{esc(thing_line(e, language))}</li>" for e in sheet.line.things)
        body += f'<h3>{esc(t("county.part_things"))}</h3><ul class="fg-plain">{items}</ul>'
    if sheet.line and sheet.line.zones:
        items = "".join(f"<li>{_zone(each)}</li>" for each in sheet.line.zones)
        body += f'<h3>{esc(t("county.part_zones"))}</h3><ul class="fg-plain">{items}</ul>'
    if sheet.installed:
        items = "".join(f"<li>{esc(_installed(each))}</li>" for each in sheet.installed)
        body += f'<h3>{esc(t("county.part_installed"))}</h3><ul class="fg-plain">{items}</ul>'
    return body


def _zone(line: Line) -> str:
    is_chinese = selection.current().language == "zh"
    name = (line.zone.name if is_chinese else line.zone.name_en) if line.zone else ""
    said = [t("county.zone_line", rows=line.rows)]
    said += [
        f"{lab('technology', each)} {number(cell.located_w)} {lab('unit', _unit())}"
        if cell.stated
        else f"{lab('technology', each)} {t('county.not_stated', rows=cell.not_stated)}"
        for each, cell in line.cells.items()
    ]
    return f"<b>{esc(name)}</b> {esc(' · '.join(said))}"


def _installed(figure: InstalledFigure) -> str:
    known = {each.value for each in Technology}
    metric = lab("technology", figure.metric) if figure.metric in known else figure.metric
    return t(
        "county.installed_line",
        metric=f"{figure.zone} {metric}".strip(),
        date=figure.date,
        value=f"{format_number(figure.value)} {figure.unit}",
        source=figure.source,
    )


def _download(registry: Registry, counting: Counting, sheets: list[Sheet]) -> None:
    language = selection.current().language
    codes = tuple(each.code for each in sheets)
    st.download_button(
        t("county.sheet_csv"),
        data=lambda: cache.sheet_csv(counting, codes, language),
        file_name=csv_name(
            registry,
            f"county-{'-'.join(codes)}",
            counting=counting,
            plans=[each.table.plan for each in sheets if each.table],
            day=date.today(),
        ),
        mime="text/csv",
        key="download-sheet",
        help=t("county.sheet_csv_note"),
        on_click="ignore",
    )
