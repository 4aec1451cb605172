"""The user's own entries on the page 数据: counted, and as tables to be taken along."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from layers.table import to_csv
from registry.mode import mode
from registry.registry import Registry
from terms.columns import cell
from terms.records import Progress
from views.installed.section import records_csv
from views.words import esc, t

_PROGRESS = ("project", "date", "status", "commissioned_mw", "source")


def draw_records(registry: Registry) -> None:
    """Offer the records in force as CSV; in public mode they stay in the house."""
    if mode() == "public":
        return
    with st.container(key="records", gap="small"):
        own = [each for each in registry.own.projects if each.status is not None]
        counts = {
            "installed": len(registry.installed),
            "progress": len(registry.progress) - len(own),
            "own": len(registry.own.projects),
            "own_status": len(own),
        }
        said = t("data.records_count", **counts) if any(counts.values()) else t("data.records_none")
        title = esc(t("data.records_title"))
        st.html(f'<h2 id="records">{title}</h2><p>{esc(said)}</p>')
        with st.container(horizontal=True, key="records-downloads"):
            if registry.installed:
                _offer("records", "fengtu-installed.csv", lambda: records_csv(registry))
            if registry.progress:
                _offer("progress", "fengtu-progress.csv", lambda: _progress_csv(registry.progress))


def _offer(name: str, file: str, data: object) -> None:
    st.download_button(
        t(f"data.take_{name}"),
        data=data,  # type: ignore[arg-type]
        file_name=file,
        mime="text/csv",
        key=f"take-{name}",
        on_click="ignore",
    )


def _progress_csv(progress: tuple[Progress, ...]) -> bytes:
    rows = [{name: cell(value) for name, value in asdict(each).items()} for each in progress]
    return to_csv(rows, _PROGRESS, bom=True).encode("utf-8")
