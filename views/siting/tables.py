"""The waterfall of exclusions and the counties in order; a row opens its terms."""

from __future__ import annotations

import streamlit as st

from geo.siting.screen import NO_DATA
from layers.siting.run import Run
from layers.siting.words import limits, step_title
from terms.units import format_number, mw_to
from views import selection
from views.grid import Column, Line, draw_grid
from views.words import esc, lab, t

_M2 = 1e6


def draw_waterfall(found: Run) -> None:
    """From the whole area to what is left, exclusion by exclusion; it adds up to the metre."""
    language = selection.current().language
    whole = found.result.ground.area_m2
    terms = {term.id: term for term in found.recipe.exclusions}
    body = _row(t("siting.area"), "", "", "", whole, whole, is_sum=True)
    for step in found.result.steps:
        if step.id == NO_DATA and not step.alone_m2:
            continue
        said = "" if step.id == NO_DATA else limits(terms[step.id], language)
        title = step_title(found, step.id, language)
        body += _row(title, said, _km2(step.alone_m2), _taken(step.taken_m2), step.left_m2, whole)
    left = found.result.steps[-1].left_m2
    body += _row(t("siting.eligible"), "", "", "", left, whole, is_sum=True)
    heads = "".join(
        f'<th scope="col"{" class=fg-number" if place else ""}>{esc(t(f"siting.fall_{name}"))}</th>'
        for place, name in enumerate(("step", "alone", "taken", "left"))
    )
    st.html(
        f'<div class="fg-card fg-fall"><h2>{esc(t("siting.fall"))}</h2>'
        f"<p>{esc(t('siting.fall_lead'))}</p><div class='fg-scroll' tabindex='0'>"
        f'<table class="fg-counties"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
        "</div></div>"
    )


def _row(
    title: str, said: str, alone: str, taken: str, left: int, whole: int, *, is_sum: bool = False
) -> str:
    small = f"<small>{esc(said)}</small>" if said else ""
    bar = f'<i class="fg-bar"><i class="fg-part" style="width:{left / whole:.2%}"></i></i>'
    kind = ' class="fg-line-total"' if is_sum else ""
    return (
        f'<tr{kind}><th scope="row">{esc(title)}{small}</th><td class="fg-number">{alone}</td>'
        f'<td class="fg-number">{taken}</td>'
        f'<td class="fg-number"><b>{_km2(left)}</b>{bar}</td></tr>'
    )


def draw_ranking(found: Run) -> None:
    """The counties with eligible land, best first; the others are counted."""
    chosen, districts = selection.current(), found.registry.districts
    language, unit = chosen.language, lab("unit", chosen.unit)
    densities = found.recipe.densities
    columns = [
        Column("name", t("county.name")),
        Column("rank", t("siting.rank"), number=True),
        Column("eligible", t("siting.eligible"), number=True, unit="km²"),
        Column("mean", t("siting.mean"), number=True),
        Column("best", t("siting.best"), number=True),
        *(
            Column(f"mw_{each.technology}", lab("technology", each.technology), True, unit)
            for each in densities
        ),
    ]
    several = len({districts.city_code(code) for code in found.result.ground.codes}) > 1
    drafts = {plan.governs_code for plan in found.drafts}
    lines = []
    ranked = [county for county in found.counties if county.rank is not None]
    for county in ranked:
        name = districts.label if several else districts.name
        cells = [
            name(county.code, language),
            str(county.rank),
            format_number(round(county.eligible_km2, 1)),
            f"{county.mean_score:.2f}",
            f"{county.best_score:.2f}",
            *(
                format_number(mw_to(round(county.capacity_mw[each.technology]), chosen.unit))
                for each in densities
            ),
        ]
        lines.append(Line(county.code, cells, draft=county.code in drafts))
    with st.container(key="siting-ranking"):
        lead = t("siting.ranking_lead")
        if rest := len(found.counties) - len(ranked):
            lead += t("siting.ranking_rest", count=rest)
        st.html(
            f'<div class="fg-title"><h2>{esc(t("siting.ranking"))}</h2><p>{esc(lead)}</p></div>'
        )
        draw_grid(
            columns,
            lines,
            key="siting-counties",
            caption=t("siting.ranking_hint"),
            opens=selection.focus_on,
            manner="slim",
        )


def _taken(square_m: int) -> str:
    return f"−{_km2(square_m)}" if square_m else "0"


def _km2(square_m: int) -> str:
    return format_number(round(square_m / _M2, 1))
