"""The symbols as small SVG drawings, 24 by 24: hollow for a label point, pin for a site."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from layers.styles import LayerStyle

Look = Literal["hollow", "shared", "approximate", "site"]
LOOKS: tuple[Look, ...] = ("hollow", "shared", "approximate", "site")

_FRAMES = {
    "square": "M3 3H21V21H3Z",
    "octagon": "M8 2.4H16L21.6 8V16L16 21.6H8L2.4 16V8Z",
    "triangle": "M12 1.8L22.8 21.4H1.2Z",
    "diamond": "M12 1L23 12L12 23L1 12Z",
    "hexagon": "M12 1.4L21.4 6.8V17.2L12 22.6L2.6 17.2V6.8Z",
    "drop": "M12 1.2C15.6 6.4 20.2 10.2 20.2 14.9A8.2 8.2 0 0 1 3.8 14.9C3.8 10.2 8.4 6.4 12 1.2Z",
    "circle": "M12 2.5A9.5 9.5 0 1 1 11.99 2.5Z",
    "battery": "M9 1.8H15V4H17.6Q19.4 4 19.4 5.8V20.2Q19.4 22 17.6 22H6.4Q4.6 22 4.6 20.2V5.8"
    "Q4.6 4 6.4 4H9Z",
    "squircle": "M8 2.6H16Q21.4 2.6 21.4 8V16Q21.4 21.4 16 21.4H8Q2.6 21.4 2.6 16V8Q2.6 2.6 8 2.6Z",
    "petal": "M2.6 2.6H12.5Q21.4 2.6 21.4 11.5V21.4H11.5Q2.6 21.4 2.6 12.5Z",
    "house": "M12 1.8L21.6 8.4V21.6H2.4V8.4Z",
}
# Strokes only, unless the drawing says fill="{ink}".
_GLYPHS = {
    "panel": '<path d="M8 6.5H19L16 14H5Z M13.4 6.5L10.6 14 M6.6 10.2H17.5"/>'
    '<path d="M5.5 17Q12 20.6 18.5 17"/>',
    "windsun": '<circle cx="8" cy="8.4" r="2.3" fill="{ink}"/>'
    '<path d="M14.5 12.5V19 M14.5 12.5L14.5 6.8 M14.5 12.5L19.2 15 M14.5 12.5L9.8 15"/>',
    "fall": '<path d="M8.4 12H11.4V17.6H16.6"/>'
    '<path d="M14.6 10.4V14.4 M13 13L14.6 14.8L16.2 13"/>',
    "bolt": '<path d="M13.4 4.8L7.4 13H11.4L10.4 19.2L16.6 10.8H12.6Z" fill="{ink}"/>',
    "h": '<path d="M8.6 7.4V16.6 M15.4 7.4V16.6 M8.6 12H15.4" stroke-width="2.4"/>',
    "reed": '<path d="M7 16.6Q9.5 14.8 12 16.6T17 16.6 M8.2 19.6Q10.1 18.2 12 19.6T15.8 19.6'
    ' M12 13.6V8 M12 11.6L9.4 9.6 M12 11.6L14.6 9.6"/>',
    "sun": '<circle cx="12" cy="12" r="3" fill="{ink}"/>'
    '<path d="M12 5.4V7 M12 17V18.6 M5.4 12H7 M17 12H18.6 M7.4 7.4L8.4 8.4 M15.6 15.6L16.6 16.6'
    ' M16.6 7.4L15.6 8.4 M8.4 15.6L7.4 16.6"/>',
    "roof": '<path d="M6 12.4L12 7L18 12.4 M8 12.6V17H16V12.6"/>',
    "turbine": '<path d="M12 11.4V18.4 M12 11.4V5.4 M12 11.4L17 14.4 M12 11.4L7 14.4"/>',
    "leaf": '<path d="M7.2 16.8C6.4 10.4 10.6 7.2 17 7.2C17 13.4 13.6 17.4 7.2 16.8Z'
    ' M7.2 16.8L13.4 10.8"/>',
    "flame": '<path d="M12 5.6C15.4 9.2 16.4 11 16.4 13.6A4.4 4.4 0 0 1 7.6 13.6C7.6 11.6 9 10.6'
    ' 9.6 9.2C10.4 10.4 11 10.8 11.4 11.4C12.2 9.6 12.2 7.6 12 5.6Z"/>',
    "stack": '<path d="M7.4 17.4L8.4 9.6H11L12 17.4Z" fill="{ink}"/>'
    '<path d="M13 17.4L13.8 12H16L16.8 17.4Z M9.8 7.4Q11.4 5.4 13 7.2T16 6.8"/>',
    "bars": '<path d="M8.4 18H15.6 M8.4 13.8H15.6 M8.4 9.6H15.6" stroke-width="2.2"/>',
    "nodes": '<path d="M12 13L8.6 9.4 M12 13L15.4 9.4 M12 13L8.6 17.4 M12 13L15.4 17.4"/>'
    '<circle cx="12" cy="13" r="1.9" fill="{ink}"/><circle cx="8.6" cy="9" r="1" fill="{ink}"/>'
    '<circle cx="15.4" cy="9" r="1" fill="{ink}"/><circle cx="8.6" cy="17.8" r="1" fill="{ink}"/>'
    '<circle cx="15.4" cy="17.8" r="1" fill="{ink}"/>',
    "pylon": '<path d="M9 18.6L12 5.4L15 18.6 M7 9.4H17 M7.6 12.8H16.4 M10 14.4L14.2 18.2'
    ' M14 14.4L9.8 18.2"/>',
    "barrel": '<path d="M8 7H16V17.4H8Z M8 10.4H16 M8 14H16"/>',
    "heat": '<path d="M8.4 17.4Q6.8 14.8 8.4 12.2T8.4 7 M12 17.4Q10.4 14.8 12 12.2T12 7'
    ' M15.6 17.4Q14 14.8 15.6 12.2T15.6 7"/>',
    "tree": '<path d="M12 5.4L16.4 11H13.8L17 15.4H7L10.2 11H7.6Z" fill="{ink}"/>'
    '<path d="M12 15.4V18.8"/>',
    "wave": '<path d="M5.6 10Q8.8 6.8 12 10T18.4 10 M5.6 15Q8.8 11.8 12 15T18.4 15"/>',
    "inject": '<path d="M12 5.6V13.4 M9.2 10.8L12 13.8L14.8 10.8 M6.4 17.4H17.6"/>',
    "gear": '<circle cx="12" cy="13.6" r="3"/><path d="M12 8.6V10.4 M12 16.8V18.6 M7 13.6H8.8'
    " M15.2 13.6H17 M8.5 10.1L9.8 11.4 M14.2 15.8L15.5 17.1 M15.5 10.1L14.2 11.4"
    ' M9.8 15.8L8.5 17.1"/>',
    "works": '<path d="M6.4 18V11.6L10.2 14V11.6L14 14V8.6H17.4V18Z"/>',
    "chip": '<path d="M8.4 10H15.6V17.2H8.4Z M10.4 8.2V10 M13.6 8.2V10 M10.4 17.2V19 M13.6 17.2V19'
    ' M6.6 12H8.4 M6.6 15.2H8.4 M15.6 12H17.4 M15.6 15.2H17.4"/>',
    "bus": '<path d="M6.6 9.4H17.4V16.6H6.6Z M6.6 13H17.4"/>'
    '<circle cx="9.4" cy="17.4" r="1.3" fill="{ink}"/>'
    '<circle cx="14.6" cy="17.4" r="1.3" fill="{ink}"/>',
    "cycle": '<path d="M16.2 11.4A4.6 4.6 0 0 0 7.8 12.2 M7.8 15.4A4.6 4.6 0 0 0 16.2 14.8'
    ' M16.6 8.6V11.6H13.6 M7.4 18.4V15.2H10.4"/>',
}
_PIN = "M12 23.4C8.6 18.6 3.4 15 3.4 9.4A8.6 8.6 0 0 1 20.6 9.4C20.6 15 15.4 18.6 12 23.4Z"


def symbol_svg(style: LayerStyle, look: Look = "hollow") -> str:
    """One symbol: `hollow` stands at a label point, `shared` in each district of several.

    The two pins stand at a sourced point: `site` where the source calls it exact, `approximate`
    where it does not.
    """
    if look in ("site", "approximate"):
        return _pin(style, is_filled=look == "site")
    dash = ' stroke-dasharray="3.2 2.2"' if look == "shared" else ""
    weight = 2.2 if style.names_product else 1.7
    glyph = _GLYPHS[style.glyph].replace("{ink}", style.colour)
    return _svg(
        f'<path d="{_FRAMES[style.frame]}" fill="#fff" stroke="{style.colour}" '
        f'stroke-width="{weight}" stroke-linejoin="round"{dash}/>'
        f'<g fill="none" stroke="{style.colour}" stroke-width="1.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{glyph}</g>'
    )


def _pin(style: LayerStyle, *, is_filled: bool) -> str:
    ink = "#fff" if is_filled else style.colour
    body = (
        f'fill="{style.colour}" stroke="#fff" stroke-width="1"'
        if is_filled
        else f'fill="#fff" stroke="{style.colour}" stroke-width="2"'
    )
    glyph = _GLYPHS[style.glyph].replace("{ink}", ink)
    return _svg(
        f'<path d="{_PIN}" {body}/>'
        f'<g transform="translate(3.6 .6) scale(.7)" fill="none" stroke="{ink}" '
        f'stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">{glyph}</g>'
    )


def data_uri(svg: str) -> str:
    """An SVG as an address that a style sheet can hold."""
    return "data:image/svg+xml," + quote(svg, safe=" =:/<>'\",;.-+").replace('"', "'").replace(
        "<", "%3C"
    ).replace(">", "%3E")


def _svg(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'
