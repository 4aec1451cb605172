"""The user's own entries on the page 数据: the file itself, to be kept and read back."""

from __future__ import annotations

import streamlit as st

from registry.mode import mode
from registry.registry import Registry
from store.home import records_path
from views.words import esc, t


def draw_records(registry: Registry) -> None:
    """Offer the records in force with their file; in public mode they stay in the house."""
    if mode() == "public":
        return
    path = records_path()
    with st.container(key="records", gap="small"):
        count = len(registry.installed) + len(registry.progress)
        said = t("data.records_count", count=count) if path.is_file() else t("data.records_none")
        st.html(f"<h2>{esc(t('data.records_title'))}</h2><p>{esc(said)}</p>")
        if path.is_file():
            st.download_button(
                t("data.take_records"),
                data=path.read_bytes,
                file_name=path.name,
                mime="application/yaml",
                key="take-records",
                on_click="ignore",
            )
