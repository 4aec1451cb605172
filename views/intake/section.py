"""The section 导入 of the page 数据: templates, a file taken in step by step, what was taken."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from registry.intake.limits import LIMITS
from registry.intake.template import csv_template, table_template, xlsx_template
from registry.mode import mode
from registry.registry import Registry
from terms.errors import IntakeError, StoreError
from terms.language import half
from views import editing, selection
from views.copy_notice import in_words
from views.intake import cache as intake_cache
from views.intake.commit import draw_stored
from views.intake.draft import ROUND, caption, say
from views.intake.file import draw_file
from views.intake.layers import draw_layers
from views.link import to_query
from views.look import name_file_button
from views.words import esc, joined, t

_TYPES = ["csv", "txt", "xlsx", "geojson", "json", "gpkg", "zip"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOOK = Path(__file__).parents[1] / "web" / "intake.css"


def draw_intake(registry: Registry) -> None:
    """Draw the section; nothing of it in public mode."""
    if mode() == "public":
        return
    with st.container(key="intake", gap="small"):
        title, lead = esc(t("intake_page.title")), esc(t("intake_page.lead"))
        st.html(f'<h2 id="intake">{title}</h2><p class="fg-intake-lead">{lead}</p>')
        _templates(registry)
        if refusal := editing.refusal():
            caption(joined(t("editing.closed"), t(f"editing.{refusal}")))
            return
        st.html(f"<style>{_LOOK.read_text(encoding='utf-8')}</style>")
        try:
            _draw_ways(registry)
        except (IntakeError, StoreError) as error:
            say(in_words(error))


def _draw_ways(registry: Registry) -> None:
    caption(t("intake_page.installed"))
    query = to_query(selection.current())
    st.page_link("views/pages/targets.py", label=t("intake_page.to_targets"), query_params=query)
    draw_stored()
    name_file_button("intake-file", t("intake_page.file_button"))
    file = st.file_uploader(
        t("intake_page.file"),
        type=_TYPES,
        key=f"intake-file-{selection.round_of(ROUND)}",
        max_upload_size=LIMITS.size // 1_000_000,
    )
    caption(t("intake_page.limits", size=LIMITS.size // 1_000_000, rows=f"{LIMITS.projects:,}"))
    if file is not None:
        offered = intake_cache.offered(file.file_id, file.name, file.getvalue)
        try:
            draw_file(registry, offered)
        except IntakeError as error:
            say(half(str(error), selection.current().language))
    draw_layers()


def _templates(registry: Registry) -> None:
    """Templates to fill in, which an import reads without being told."""
    with st.container(horizontal=True, key="intake-templates"):
        for name, file, mime, make in (
            ("csv", "fengtu-projects.csv", "text/csv", csv_template),
            ("xlsx", "fengtu-projects.xlsx", _XLSX, xlsx_template),
            ("table", "fengtu-table.csv", "text/csv", lambda: table_template(registry.districts)),
        ):
            st.download_button(
                t(f"intake_page.template_{name}"),
                data=make,
                file_name=file,
                mime=mime,
                key=f"intake-template-{name}",
                on_click="ignore",
            )
