"""A score opened: of a county, or of the cell around a point that was typed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.siting.explain import Opened, best_spots, open_county, open_point
from layers.siting.run import Run
from layers.siting.words import amount, said
from terms.errors import SitingError
from terms.language import half
from views import selection
from views.words import esc, t

_SPOTS = 3


def draw_opened(found: Run) -> None:
    """The terms of the county in focus, else of the first; below, those of a point."""
    code = county_of(found)
    name = found.registry.districts.label(code, selection.current().language)
    county = next(each for each in found.counties if each.code == code)
    parts = [f"<h2>{esc(t('siting.opened', name=name))}</h2>"]
    if county.mean_score is None:
        parts.append(f'<p class="fg-hint">{esc(t("siting.nothing_left"))}</p>')
    else:
        parts.append(f"<p>{esc(t('siting.opened_lead'))}</p>")
        parts.append(_terms(found, open_county(found.result, code), county.mean_score))
        parts.append(_spots(found, code))
    st.html(f'<div class="fg-card fg-opened">{"".join(parts)}</div>')
    _point(found)


def county_of(found: Run) -> str:
    """The county whose terms are shown: the one in focus if it is in the area, else the first."""
    focus = selection.current().focus
    return focus if focus in found.result.ground.codes else found.counties[0].code


def _terms(found: Run, opened: Sequence[Opened], score: float) -> str:
    language = selection.current().language
    by_id = {term.id: term for term in found.recipe.criteria}
    body = ""
    for each in opened:
        term = by_id[each.id]
        unit = "m" if term.kind == "distance" else said(term, "unit", language)
        body += (
            f'<tr><th scope="row">{esc(said(term, "title", language))}</th>'
            f'<td class="fg-number">{esc(amount(each.value, unit))}</td>'
            f'<td class="fg-number">{each.score:.2f}</td>'
            f'<td class="fg-number">{each.weight:.0%}</td>'
            f'<td class="fg-number"><b>{each.contribution:.3f}</b></td></tr>'
        )
    body += (
        f'<tr class="fg-line-total"><th scope="row">{esc(t("siting.sum"))}</th><td></td><td></td>'
        f'<td></td><td class="fg-number">{score:.3f}</td></tr>'
    )
    heads = "".join(
        f'<th scope="col"{" class=fg-number" if place else ""}>{esc(t(f"siting.open_{name}"))}</th>'
        for place, name in enumerate(("term", "value", "score", "weight", "part"))
    )
    return (
        f'<div class="fg-scroll" tabindex="0"><table class="fg-counties"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _spots(found: Run, code: str) -> str:
    spots = best_spots(found.result, count=_SPOTS, code=code)
    items = "".join(
        f"<li>{spot.lon:.4f}, {spot.lat:.4f} <b>{spot.score:.2f}</b></li>" for spot in spots
    )
    return f'<p class="fg-spots-lead">{esc(t("siting.spots"))}</p><ul class="fg-spots">{items}</ul>'


def _point(found: Run) -> None:
    """Longitude and latitude as typed; the cell that holds the point, opened."""
    typed = st.text_input(
        t("siting.point"),
        key=selection.widget_key("siting-point"),
        placeholder=t("siting.point_hint"),
        max_chars=40,
    )
    if not typed.strip():
        return
    try:
        lon, lat = map(float, typed.replace("，", " ").replace(",", " ").split())
        spot = open_point(found.result, lon, lat)
    except ValueError:
        st.html(f'<p class="fg-notice" role="alert">{esc(t("siting.point_unread"))}</p>')
        return
    except SitingError as error:
        words = half(str(error), selection.current().language)
        st.html(f'<p class="fg-notice" role="alert">{esc(words)}</p>')
        return
    name = found.registry.districts.label(spot.code, selection.current().language)
    fit = t("siting.point_fit" if spot.is_eligible else "siting.point_unfit")
    st.html(
        f'<div class="fg-card fg-opened"><h3>{esc(name)} · {spot.lon:.4f}, {spot.lat:.4f}</h3>'
        f"<p>{esc(fit)}</p>{_terms(found, spot.terms, spot.score)}</div>"
    )
