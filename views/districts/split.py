"""The bureau's own breakdown: upload, template, what can be split, every fault by line."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from layers.capacity_tables import district_name
from layers.split_file import Divisible, divisible_rows, one_language
from registry.registry import Registry
from terms.units import WATTS_PER_MW, format_number
from views import cache, selection
from views.districts.filters import Counted
from views.districts.split_keep import draw_keeping
from views.words import esc, t

_MOST_FAULTS = 20
_MAX_NAME = 80
_UPLOADER = "split-file"


def draw_split(registry: Registry, counted: Counted) -> None:
    """Draw what the rule of one's own needs; nothing under the other rules."""
    chosen = selection.current()
    if chosen.rule != "custom":
        return
    rows = divisible_rows(registry, plans=chosen.plans, inferred=chosen.inferred)
    with st.container(key="split"):
        lead = f"{t('county.split_lead')} {t('county.split_session')}"
        st.html(
            f'<div class="fg-title"><h2>{esc(t("county.split_title"))}</h2><p>{esc(lead)}</p></div>'
        )
        with st.container(key="split-tools", horizontal=True, vertical_alignment="center"):
            _upload()
            _held(counted)
            _template()
        st.html(_state(counted))
        draw_keeping(counted, _remove)
        title = t("county.split_rows", count=len(rows)) if rows else t("county.split_empty")
        with st.expander(title):
            st.html(_table(registry, rows))


def _upload() -> None:
    key = f"{selection.widget_key(_UPLOADER)}-{selection.round_of(_UPLOADER)}"
    label = t("county.split_button")
    st.html(f"<style>{_UPLOAD_BUTTON}::after{{content:{_css_text(label)}}}</style>")
    st.file_uploader(
        t("county.split_upload"),
        type=["csv", "txt"],
        key=key,
        on_change=selection.take_split,
        args=(key,),
        label_visibility="collapsed",
        max_upload_size=1,
    )


def _held(counted: Counted) -> None:
    """The file in force, which an uploader of another language or page visit does not show."""
    if counted.is_kept and counted.file:
        st.html(f'<span class="fg-split-name">{esc(t("own.split_kept"))}</span>')
    elif counted.file:
        st.html(f'<span class="fg-split-name">{esc(counted.file[:_MAX_NAME])}</span>')
        st.button(t("county.split_remove"), key="split-remove", on_click=_remove)


def _remove() -> None:
    """Forget the file; a new uploader takes the old one's place, lest it still show it."""
    selection.take_split("no-such-uploader")
    selection.end_round(_UPLOADER)


_UPLOAD_BUTTON = '.st-key-split [data-testid="stFileUploaderDropzone"] button:not([kind="minimal"])'


def _css_text(words: str) -> str:
    return '"' + words.replace("\\", "").replace('"', "") + '"'


def _template() -> None:
    chosen = selection.current()
    st.download_button(
        t("county.split_template"),
        data=lambda: cache.split_template(chosen.plans, inferred=chosen.inferred),
        file_name="fengtu-split.csv",
        mime="text/csv",
        key="download-split-template",
        help=t("county.split_template_note"),
        on_click="ignore",
    )


def _state(counted: Counted) -> str:
    if not counted.file:
        return f'<p class="fg-notice">{esc(t("county.split_none"))}</p>'
    name = counted.file[:_MAX_NAME]
    if not counted.faults:
        lines = len(counted.counting.splits.lines)
        return (
            '<p class="fg-notice fg-good">'
            f"{esc(t('county.split_taken', name=name, lines=lines))}</p>"
        )
    language = selection.current().language
    shown = [one_language(each, language) for each in counted.faults[:_MOST_FAULTS]]
    if more := len(counted.faults) - len(shown):
        shown.append(t("county.split_more", count=more))
    faults = "".join(f"<li>{esc(each)}</li>" for each in shown)
    said = t("county.split_refused", name=name, count=len(counted.faults))
    return f'<div class="fg-notice fg-bad" role="alert"><b>{esc(said)}</b><ul>{faults}</ul></div>'


def _table(registry: Registry, rows: tuple[Divisible, ...]) -> str:
    language = selection.current().language
    head = "".join(f"<th>{esc(t(f'county.split_{name}'))}</th>" for name in _HELP)
    body = "".join(
        f"<tr><td><code>{esc(each.row.id)}</code></td>"
        f"<td>{esc(each.row.name if language == 'zh' else each.row.name_en)}</td>"
        f'<td class="fg-number">{esc(_mw(each.watts))}</td>'
        f"<td>{esc(_places(registry, each))}</td></tr>"
        for each in rows
    )
    return (
        '<div class="fg-scroll" tabindex="0"><table class="fg-counties fg-help"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


_HELP = ("id", "name", "mw", "codes")


def _mw(watts: int) -> str:
    return format_number(Decimal(watts) / WATTS_PER_MW)


def _places(registry: Registry, each: Divisible) -> str:
    language = selection.current().language
    return t("word.comma").join(
        f"{code} {district_name(registry, code, language)}" for code in each.codes
    )
