"""The downloads of the page of targets: the check, and every line behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from capacity.check import Check
from views import cache
from views.words import t


def draw_downloads(results: Sequence[Check]) -> None:
    """Draw both buttons; the files are built when somebody downloads them."""
    stem = f"{date.today():%Y%m%d}.csv"
    for kind, build in (("csv", cache.check_csv), ("lines_csv", cache.lines_csv)):
        st.download_button(
            t(f"targets.{kind}"),
            data=lambda build=build: build(results),
            file_name=f"fengtu-{'check' if kind == 'csv' else 'check-lines'}-{stem}",
            mime="text/csv",
            key=f"download-{kind}",
            help=t(f"targets.{kind}_note"),
            on_click="ignore",
        )
