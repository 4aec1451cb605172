"""What a file would bring, before it does: on a small map and as a table of its first rows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from layers.intake_map import Picture
from layers.own_areas import area_words
from layers.own_tables import table_classes, table_words
from layers.symbols import data_uri
from registry.intake.mapping import IntakeKind
from registry.intake.proposal import Intake
from terms.own_records import OwnProject
from terms.units import format_number, format_power
from views import cache, selection
from views.intake import cache as intake_cache
from views.intake.cache import Offered, Way
from views.intake.draft import Draft, caption
from views.words import esc, lab, t

_ROWS = 10
Cells = Sequence[Sequence[str]]


def draw_preview(file: Offered, way: Way, intake: Intake, decisions: object, draft: Draft) -> None:
    """Draw the small map with its legend and the first rows; nothing while nothing is proposed."""
    if not intake.proposals and not intake.tables and intake.area is None:
        return
    st.html(f"<h3>{esc(t('intake_page.preview'))}</h3>")
    number = 0
    if len(intake.tables) > 1:
        titles = {str(at): table.title for at, table in enumerate(intake.tables)}
        twice = len(set(titles.values())) < len(titles)
        options = {at: f"{title} [{at}]" if twice else title for at, title in titles.items()}
        number = int(draft.select(t("intake_page.which_table"), options, "table", start="0"))
    left, right = st.columns([3, 4])
    with left:
        if any(fault.field == "crs" for fault in intake.faults):
            caption(t("intake_page.waits"))
        else:
            picture = intake_cache.picture(file, way, intake, decisions, number)
            _draw_picture(intake, picture, number)
    with right:
        head, rows = _table(intake, number)
        st.html(_html_table(head, rows[:_ROWS]))
        if len(rows) > _ROWS:
            caption(t("intake.more", count=len(rows) - _ROWS))


def _draw_picture(intake: Intake, picture: Picture, number: int) -> None:
    language = selection.current().language
    if picture.svg:
        alt = esc(t("intake_page.picture_alt"))
        st.html(f'<img class="fg-intake-map" src="{data_uri(picture.svg)}" alt="{alt}">')
    if intake.kind is IntakeKind.PROJECTS:
        counts = {"points": picture.points, "counties": picture.by_county}
        caption(t("intake_page.legend", **counts))
        if picture.left_out:
            caption(t("intake_page.not_drawn", count=picture.left_out))
    elif intake.area is not None:
        caption(area_words(intake.area, language))
    else:
        table = intake.tables[number]
        keys = "".join(
            f'<li><i style="background:{colour}"></i>{esc(words)}</li>'
            for colour, words in table_classes(table, language)
        )
        st.html(f'<ul class="fg-intake-keys">{keys}</ul>')
        caption(table_words(table, language))


def _table(intake: Intake, number: int) -> tuple[list[str], Cells]:
    """The heads and all rows of what is proposed, as a person reads them."""
    districts, language = cache.registry().districts, selection.current().language
    if intake.kind is IntakeKind.PROJECTS:
        fields = ("name", "district", "technology", "capacity", "status", "by_year")
        return [t(f"intake_field.{field}") for field in fields], [
            project_cells(each.record) for each in intake.proposals[:_ROWS]
        ] + [()] * max(0, len(intake.proposals) - _ROWS)
    if intake.area is not None:
        return [t("intake_field.name")], [(name,) for name, _ in intake.area.shapes]
    table = intake.tables[number]
    head = [t("intake_field.district"), f"{table.title} ({table.unit})"]
    return head, [
        (districts.label(code, language), format_number(value)) for code, value in table.values
    ]


def project_cells(each: OwnProject) -> tuple[str, ...]:
    """A project as the cells of the preview: name, place, technology, MW, status, year."""
    return (
        each.name,
        place_words(each.district_codes, each.city_code),
        lab("technology", each.technology) if each.technology else "",
        power_words(each.capacity_mw),
        lab("status", each.status) if each.status else "",
        str(each.by_year or ""),
    )


def place_words(codes: Sequence[str], city_code: str) -> str:
    """The counties, else the city, in this language."""
    districts, language = cache.registry().districts, selection.current().language
    known = [districts.label(code, language) for code in codes if districts.has(code)]
    if known or not city_code:
        return t("word.list").join(known)
    return districts.city_name(city_code, language)


def power_words(mw: object) -> str:
    """MW in the chosen unit, or that nothing is stated."""
    chosen = selection.current()
    if mw is None:
        return t("own.not_stated")
    return format_power(mw, chosen.unit, language=chosen.language, not_stated="")  # type: ignore[arg-type]


def _html_table(head: Sequence[str], rows: Cells) -> str:
    heads = "".join(f"<th>{esc(each)}</th>" for each in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="fg-intake-table"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
