"""The layer registry: every layer once, no two alike, all legible."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from layers.styles import GROUPS, STYLES, layers_of
from layers.symbols import LOOKS, data_uri, symbol_svg
from terms.kinds import Layer
from terms.messages import text

BACKGROUNDS = ("#ffffff", "#fbfaf4")


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_layer_has_one_style_and_one_group() -> None:
    assert set(STYLES) == set(Layer)
    listed = [layer for group in GROUPS for layer in layers_of(group)]
    assert sorted(listed) == sorted(Layer)


def test_shape_alone_and_colour_alone_tell_layers_apart() -> None:
    assert len({style.shape for style in STYLES.values()}) == len(Layer)
    assert len({style.colour for style in STYLES.values()}) == len(Layer)


def test_the_six_that_name_the_product_have_frames_of_their_own() -> None:
    six = [style for style in STYLES.values() if style.names_product]
    assert [style.key for style in six] == list(Layer)[:6]
    for style in six:
        assert [other.key for other in STYLES.values() if other.frame == style.frame] == [style.key]


@pytest.mark.parametrize("layer", list(Layer))
def test_colours_are_legible_on_the_map(layer: Layer) -> None:
    for background in BACKGROUNDS:
        assert contrast(STYLES[layer].colour, background) >= 4.5


@pytest.mark.parametrize("layer", list(Layer))
def test_symbols_are_drawings_and_only_an_exact_site_is_filled(layer: Layer) -> None:
    style = STYLES[layer]
    fills = {}
    for look in LOOKS:
        svg = symbol_svg(style, look)
        frame = ElementTree.fromstring(svg)[0]
        fills[look] = frame.attrib["fill"]
        assert "{" not in svg
        assert "#" not in data_uri(svg)
    white = dict.fromkeys(("hollow", "shared", "approximate"), "#fff")
    assert fills == {**white, "site": style.colour}
    dashed = [look for look in LOOKS if "stroke-dasharray" in symbol_svg(style, look)]
    assert dashed == ["shared"]  # dashes mean several counties, nothing else


@pytest.mark.parametrize("group", GROUPS)
def test_groups_have_words(group: str) -> None:
    assert text(f"layer_group.{group}", "zh") and text(f"layer_group.{group}", "en")
