"""The picture of the score, with its legend and what it rests on."""

from __future__ import annotations

import streamlit as st

from layers.siting.picture import COLOURS, LEFT_OUT
from layers.siting.run import Run
from layers.siting.words import amount
from terms.units import format_number, format_power
from views import selection
from views.siting.draw import draw_drawing
from views.siting.runs import score_picture
from views.words import esc, lab, t


def draw_score(found: Run) -> None:
    """Draw the sums of the run, the legend and the picture."""
    chosen = selection.current()
    st.html(_tiles(found))
    count = len(COLOURS)
    keys = "".join(
        f'<li><i style="background:{colour}"></i>{place / count:.1f}–{(place + 1) / count:.1f}</li>'
        for place, colour in enumerate(COLOURS)
    )
    keys += f'<li><i style="background:{LEFT_OUT}"></i>{esc(t("siting.left_out"))}</li>'
    districts = found.registry.districts
    edition = districts.edition if chosen.language == "zh" else districts.edition_en
    sources = (
        t("siting.cell_said", cell=amount(found.recipe.cell_m, "m")),
        *(f"{each.title_in(chosen.language)}" for each in found.rasters),
        edition,
    )
    marked = chosen.focus if chosen.focus in found.result.ground.codes else ""
    picture = score_picture(found, chosen.language, marked)
    st.html(
        f'<div class="fg-county-legend"><h2>{esc(t("siting.score_title"))}</h2>'
        f"<ul>{keys}</ul><p>{esc(' · '.join(sources))}</p></div>"
        f'<div class="fg-siting-frame"><img class="fg-siting-picture" src="{picture}" '
        f'alt="{esc(t("siting.picture_alt"))}"></div>'
    )
    draw_drawing(found)
    if caveats := _caveats(found):
        st.html(caveats)


def _tiles(found: Run) -> str:
    """Whole area, what is left, and indicative MW by technology."""
    chosen, result = selection.current(), found.result
    eligible = result.steps[-1].left_m2 / 1e6
    whole = result.ground.area_m2 / 1e6
    tiles = [
        (t("siting.area"), f"{format_number(round(whole))} km²", ""),
        (
            t("siting.eligible"),
            f"{format_number(round(eligible))} km²",
            t("siting.of_area", share=f"{eligible / whole:.1%}"),
        ),
    ]
    for density in found.recipe.densities:
        mw = sum(county.capacity_mw[density.technology] for county in found.counties)
        name = t("siting.indicative", name=lab("technology", density.technology))
        said = format_power(round(mw), chosen.unit, language=chosen.language, not_stated="")
        tiles.append((name, said, t("siting.indicative_note")))
    body = "".join(
        f'<div class="fg-tile"><span>{esc(title)}</span><b>{esc(value)}</b>'
        f"<small>{esc(note)}</small></div>"
        for title, value, note in tiles
    )
    return f'<div class="fg-tiles fg-siting-tiles">{body}</div>'


def _caveats(found: Run) -> str:
    """What the rasters used say of themselves, and drafts."""
    language = selection.current().language
    colon = t("word.colon")
    words = [
        f"{each.title_in(language)}{colon}{each.caveat_in(language) or t('siting.no_caveat')}"
        for each in found.rasters
    ]
    for plan in found.drafts:
        words.append(f"{lab('plan', plan.id)}{colon}{t('detail.draft')}")
    if not words:
        return ""
    items = "".join(f"<li>{esc(each)}</li>" for each in words)
    return (
        f'<details class="fg-others"><summary>{esc(t("siting.caveats"))}</summary>'
        f"<ul>{items}</ul></details>"
    )
