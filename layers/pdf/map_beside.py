"""The upper half of a brief: the map with its caption at the left, figures and legend beside it."""

from __future__ import annotations

from collections.abc import Callable

from layers.pdf.document import LEFT, RIGHT, Document
from layers.pdf.map_drawing import MapPlan, draw_caption, draw_legend, draw_map

_GUTTER = 5.0  # mm
_ABOVE_CAPTION = 1.6  # mm
CAPTION = 14.0  # mm that a caption may take


def draw_map_beside(
    document: Document,
    plan: MapPlan,
    *,
    width: float,
    height: float,
    figures: Callable[[float], None],
) -> None:
    """Draw the map, `width` by `height` mm; the document goes on under the longer of both sides.

    `figures` draws from the given x (mm) at the document's height; the legend follows under it.
    """
    top = document.y
    marks = draw_map(document, plan, x=LEFT, y=top, width=width, height=height)
    document.y = top + height + _ABOVE_CAPTION
    draw_caption(document, plan, marks, x=LEFT, width=width)
    below, document.y = document.y, top
    beside = LEFT + width + _GUTTER
    figures(beside)
    draw_legend(document, plan, x=beside, width=RIGHT - beside)
    document.y = max(below, document.y)
