"""Search words that name a county lead to it."""

from __future__ import annotations

import pytest

from registry.county_names import counties_named
from registry.registry import Registry


@pytest.mark.parametrize("words", ["肥城", "肥城市", " 肥城 ", "feicheng", "fei cheng", "Feicheng"])
def test_a_county_is_found_by_its_name(registry: Registry, words: str) -> None:
    assert counties_named(registry, words) == ("370983",)


@pytest.mark.parametrize("words", ["", "市", "光伏", "石横特钢", "县区", "<script>", "f"])
def test_other_words_name_no_county(registry: Registry, words: str) -> None:
    assert counties_named(registry, words) == ()
