"""The page 数据: everything that can be taken away, in which format, from one place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from layers.exports.extract import CONTENTS, Extract
from layers.exports.offers import ZONE, Offer, offers, references
from layers.exports.own import own_contents
from layers.filter_words import filter_words
from layers.paint import plan_label
from registry.registry import Registry
from terms.kinds import PlanStatus
from terms.messages import text
from views import cache, selection
from views.data.briefs import draw_briefs, without_font
from views.data.change_log import draw_changes
from views.data.contents import draw_contents
from views.data.records import draw_records
from views.districts.filters import counting_of
from views.downloads import download, extract_for
from views.filters import draw_filters
from views.intake.section import draw_intake
from views.link import to_query
from views.rasters.section import draw_rasters
from views.words import esc, t, unique_labels

_SHORT = {"geojson": "GeoJSON"}  # the others are written in capitals


def draw_page() -> None:
    """Compose the page."""
    chosen, registry = selection.current(), cache.registry()
    draw_filters(registry, cache.headline(replace(chosen, layers=())))
    counting = counting_of(registry).counting
    plain = extract_for(chosen, counting=counting)
    draw_contents()
    st.html(_summary(registry, plain))
    st.page_link("views/pages/map.py", label=t("data.to_map"), query_params=to_query(chosen))
    wanted, crs = _wishes(plain)
    moved = plain if crs == "wgs84" else extract_for(chosen, crs, counting)
    if crs != "wgs84":
        st.html(f'<p class="fg-caption">{esc(moved.reference.words(chosen.language))}</p>')
    with st.container(key="offers", gap=None):
        for offer in offers(wanted, crs, own=own_contents(registry)):
            _draw_offer(offer, plain if offer.crs == "wgs84" else moved)
    draw_briefs(registry, counting)
    draw_intake(registry)
    draw_records(registry)
    draw_changes(registry)
    draw_rasters()


def _summary(registry: Registry, extract: Extract) -> str:
    """What goes out: the filter in words, how many rows, of which plans, under which terms."""
    chosen, language = extract.selection, extract.language
    counts = extract.head["counts"]
    plans = [plan for plan in registry.plans if plan.id in extract.plans]
    drafts = [plan.id for plan in plans if plan.status is PlanStatus.DRAFT]
    rule = text(f"allocation.{extract.counting.rule}", language)
    inferred = t(f"extract.inferred_{'yes' if extract.counting.inferred else 'no'}")
    pairs = {
        "rows": t("data.counts", **counts),
        "filter": filter_words(registry, chosen),
        "plans": t("word.list").join(plan_label(registry, plan.id, language) for plan in plans),
        "sums": t("extract.sums", rule=rule, inferred=inferred, day=extract.rules.as_of),
        "marks": t("data.marks", mark=t("map.stamp"), day=extract.day.isoformat()),
        "draft": t("detail.draft") if drafts else "",
        "licence": t("export.licence"),
    }
    lines = "".join(
        f'<div data-item="{name}"><dt>{esc(t(f"data.item_{name}"))}</dt><dd>{esc(words)}</dd></div>'
        for name, words in pairs.items()
        if words
    )
    return (
        f'<div class="fg-card fg-data"><h2 id="export">{esc(t("data.title"))}</h2>'
        f"<p>{esc(t('data.lead'))}</p><dl>{lines}</dl></div>"
    )


def _wishes(extract: Extract) -> tuple[tuple[str, ...], str]:
    """What the person wants in the files, and in which coordinates."""
    every = (*CONTENTS, *own_contents(extract.registry))
    contents = unique_labels(every, lambda content: t(f"extract.{content}"))
    wanted = st.pills(
        t("data.what"),
        list(contents),
        format_func=contents.__getitem__,
        selection_mode="multi",
        key="data-what",
    )
    st.html(f'<p class="fg-caption">{esc(t("data.what_hint"))}</p>')
    has_places = bool(extract.head["counts"]["located"])
    systems = unique_labels(references(has_places=has_places), _reference_name)
    crs = st.selectbox(
        t("data.crs"),
        list(systems),
        format_func=systems.__getitem__,
        key=f"data-crs-{has_places}",
        placeholder=t("data.crs"),
        width=360,
    )
    return tuple(wanted), crs


def _reference_name(crs: str) -> str:
    name, _, meridian = crs.partition(":")
    if meridian:
        return t("data.crs_zone", meridian=meridian)
    return t("data.crs_auto") if name == ZONE else t(f"data.crs_{name}")


def _draw_offer(offer: Offer, extract: Extract) -> None:
    kind = offer.format.key
    held = t("word.list").join(t(f"extract.{content}") for content in offer.contents)
    able = t("word.list").join(t(f"extract.{content}") for content in offer.format.contents)
    said = {
        "": t("data.holds", contents=held),
        "contents": t("data.barred_contents", contents=able),
        "many": t("data.barred_many"),
        "font": without_font(),
    }[offer.barred]
    if offer.keeps_wgs84 and not offer.barred:
        said = f"{said}{t('word.semicolon')}{t('data.keeps_wgs84')}"
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        st.html(
            f'<div class="fg-offer" data-format="{kind}"><b>{esc(t(f"extract.format_{kind}"))}</b>'
            f"<span>{esc(t(f'data.use_{kind}'))}</span><small>{esc(said)}</small></div>"
        )
    with right:
        if offer.barred:
            st.button(t("data.barred"), key=f"barred-{kind}", disabled=True, width="stretch")
        else:
            label = t("data.take", kind=_SHORT.get(kind, kind.upper()))
            download(offer, extract, label=label, key=f"take-{kind}")


draw_page()
