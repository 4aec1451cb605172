"""The filters beside the map; the legend is the layer switch."""

from __future__ import annotations

import streamlit as st

from layers.figures import Figures
from layers.filter_words import area_label
from layers.paint import plan_label
from registry.registry import Registry
from registry.select import unstated
from terms.kinds import LandMode, Precision, Status, Technology
from terms.messages import label
from terms.selection import Selection
from terms.units import format_power
from views import actions, selection
from views.legend import draw_legend
from views.link import NOTHING
from views.own.areas import draw_area_choice
from views.parameters import MAX_WORDS
from views.words import esc, lab, plain, t, unique_labels

_OPEN = "more-filters"
_LEAST_MW = (0, 10, 50, 100, 200, 500, 1000)


def hold_filters() -> None:
    """Keep the sidebar's place while the map comes alone: an empty one takes no width."""
    st.sidebar.html('<p class="fg-wait"></p>')


def draw_filters(registry: Registry, counts: Figures) -> None:
    """Draw all filters in the sidebar; `counts` are those of every layer, switched on or not."""
    with st.sidebar:
        _area_in_force(registry)
        draw_plans(registry)
        _words_and_places(registry)
        _more(registry)
        draw_legend(counts.by_layer)
        draw_area_choice(registry)
        st.button(t("filter.clear"), key="clear", on_click=actions.clear_filters, width="stretch")


def district_options(registry: Registry) -> tuple[str, ...]:
    """All districts of the plans' cities (for Lixia all of Jinan) and any that a row names."""
    districts = registry.districts
    cities = {plan.city_code for plan in registry.plans}
    named = {code for row in registry.projects for code in row.district_codes}
    inside = {code for code in districts.codes if districts.city_code(code) in cities}
    return tuple(sorted(inside | {code for code in named if districts.has(code)}))


def draw_places(registry: Registry) -> None:
    """Draw the filters that say where: the area in force, plans, counties."""
    chosen = selection.current()
    _area_in_force(registry)
    draw_plans(registry)
    options = dict.fromkeys((*district_options(registry), *chosen.districts))
    _choices(
        "district",
        unique_labels(options, lambda code: registry.districts.label(code, chosen.language)),
    )


def draw_plans(registry: Registry) -> None:
    """Draw the choice of plans, the same on every page."""
    language = selection.current().language
    names = unique_labels(
        [plan.id for plan in registry.groups], lambda plan: plan_label(registry, plan, language)
    )
    st.pills(
        t("filter.plan"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        key=selection.widget_key("plan"),
        on_change=selection.take_widgets,
    )


def _area_in_force(registry: Registry) -> None:
    """Where the map has gone narrows every page: said here, with the way out."""
    if selection.current().area:
        name = area_label(registry, selection.current())
        st.button(
            plain(t("area.in_force", name=name)),
            key="leave-area",
            icon=":material/close:",
            help=t("area.leave"),
            on_click=actions.leave_area,
            width="stretch",
        )


def _words_and_places(registry: Registry) -> None:
    chosen = selection.current()
    st.text_input(
        t("filter.words"),
        key=selection.widget_key("q"),
        on_change=selection.take_widgets,
        placeholder=t("filter.words_hint"),
        icon=":material/search:",
        max_chars=MAX_WORDS,
    )
    options = dict.fromkeys((*district_options(registry), *chosen.districts))
    places = unique_labels(options, lambda code: registry.districts.label(code, chosen.language))
    _choices("district", places)
    modes = dict.fromkeys((*(mode.value for mode in LandMode), NOTHING))
    _choices("land", unique_labels(modes, lambda mode: label("land_mode", mode, chosen.language)))
    owners = {key: t(f"filter.owner_{key}") for key in ("any", "named", "unnamed")}
    st.segmented_control(
        t("filter.owner"),
        list(owners),
        format_func=owners.__getitem__,
        key=selection.widget_key("owner"),
        on_change=selection.take_widgets,
    )


def _more(registry: Registry) -> None:
    """Filters that few need each day, folded; how many of them hold is said outside."""
    chosen = selection.current()
    held = (chosen.technologies, chosen.min_mw, chosen.precisions, chosen.statuses)
    count = sum(bool(each) for each in held)
    box = st.expander(t("filter.more"), key="more-filters", on_change="rerun", expanded=_was_open())
    selection.keep(_OPEN, (chosen.language, _was_open(), box.open))
    if box.open:  # closed, its five lists would be sent and drawn at every change
        with box:
            _folded(chosen)
    if count:
        st.html(f'<p class="fg-caption">{esc(t("filter.more_held", count=count))}</p>')
    if left_out := unstated(registry, chosen):
        st.html(f'<p class="fg-notice">{esc(t("filter.mw_unstated", count=left_out))}</p>')


def _was_open() -> bool:
    """Was it open when the language last changed? In another language it is another box."""
    language, before, now = selection.kept(_OPEN) or (selection.current().language, False, False)
    return bool(before if language == selection.current().language else now)


def _folded(chosen: Selection) -> None:
    for name, kind, members in (
        ("tech", "technology", Technology),
        ("precision", "precision", Precision),
        ("status", "status", Status),
    ):
        values = [member.value for member in members]
        _choices(name, unique_labels(values, lambda value, kind=kind: lab(kind, value)))
    _least(chosen)


def _least(chosen: Selection) -> None:
    """The least printed capacity; a link may bring another than the usual ones."""
    steps = sorted({*_LEAST_MW, chosen.min_mw})

    def name(mw: int) -> str:
        size = format_power(mw, chosen.unit, language=chosen.language, not_stated="")
        return t("filter.mw_at_least", size=size) if mw else t("filter.mw_any")

    st.selectbox(
        t("filter.mw"),
        steps,
        format_func=unique_labels(steps, name).__getitem__,
        key=selection.widget_key("mw"),
        on_change=selection.take_widgets,
        placeholder=t("filter.mw_any"),
    )


def _choices(name: str, labels: dict[str, str]) -> None:
    st.multiselect(
        t(f"filter.{name}"),
        list(labels),
        format_func=labels.__getitem__,
        key=selection.widget_key(name),
        on_change=selection.take_widgets,
        placeholder=t(f"filter.{name}_hint"),
        select_all=False,  # its words stay English
    )
