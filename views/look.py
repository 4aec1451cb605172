"""The page's style sheet: fixed rules from web/*.css, symbols of the legend, live counts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from layers.styles import STYLES
from layers.symbols import data_uri, symbol_svg

_WEB = Path(__file__).parent / "web"
_SHEETS = ("page.css", "targets.css", "districts.css", "print.css", "projects.css", "siting.css")


def dress() -> None:
    """Apply the fixed rules; one message that the browser keeps by its hash."""
    st.html(f"<style>{_fixed()}</style>")


def name_file_button(key: str, words: str) -> None:
    """Give the button of a file chooser our words in place of the library's English."""
    said = json.dumps(words, ensure_ascii=False).replace("<", "\\3c ")
    st.html(f'<style>[class*="st-key-{key}"] button p::after{{content:{said}}}</style>')


@cache
def _fixed() -> str:
    symbols = (
        f'.fg-layer[data-layer="{layer}"] i'
        f'{{background-image:url("{data_uri(symbol_svg(style))}")}}'
        for layer, style in STYLES.items()
    )
    sheets = ((_WEB / name).read_text(encoding="utf-8") for name in _SHEETS)
    return "".join((*sheets, *symbols))
