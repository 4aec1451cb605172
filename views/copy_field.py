"""A read-only field with a button that copies it; works without a secure origin, too."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from views.words import t

_SCRIPT = Path(__file__).parent / "web" / "copy.js"


def draw_copy_field(text: str, *, key: str) -> None:
    """Draw the field and the button."""
    field = st.components.v2.component("fengtu-copy", js=_script(), isolate_styles=False)
    words = {name: t(f"projects.copy_{name}") for name in ("label", "button", "done", "failed")}
    field(key=key, data={"text": text, **words})


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")
