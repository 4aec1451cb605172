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


def name_file_button(key: str, words: str, refused: str = "") -> None:
    """Give a file chooser's button, and its refusal, our words beside the library's English."""
    chooser = f'[class*="st-key-{key}"]'
    rules = f"{chooser} button p::after{{content:{_css_text(words)}}}"
    if refused:
        is_refused = f'{chooser}:has([data-testid="stFileChip"][aria-invalid="true"])'
        rules += f"{is_refused}::after{{content:{_css_text(refused)};color:#9a3412}}"
    st.html(f"<style>{rules}</style>")


def _css_text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("<", "\\3c ")


@cache
def _fixed() -> str:
    symbols = (
        f'.fg-layer[data-layer="{layer}"] i'
        f'{{background-image:url("{data_uri(symbol_svg(style))}")}}'
        for layer, style in STYLES.items()
    )
    sheets = ((_WEB / name).read_text(encoding="utf-8") for name in _SHEETS)
    return "".join((*sheets, *symbols))
