"""What typed words find among the five plans, and what they must not find."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registry.registry import Registry
from registry.search import found
from registry.select import select
from terms.selection import Selection


def _names(registry: Registry, words: str) -> set[str]:
    return {registry.by_id[id].name for id in found(registry, words)}


def _in(registry: Registry, code: str) -> set[str]:
    return {row.id for row in registry.projects if code in row.district_codes}


@pytest.mark.parametrize("words", ["feicheng", "FeiCheng", "ｆｅｉｃｈｅｎｇ", "fei cheng", "fc"])
def test_a_county_by_its_sound(registry: Registry, words: str) -> None:
    ids = found(registry, words)
    assert set() != _in(registry, "370983") <= ids <= found(registry, "肥城")


@pytest.mark.parametrize("words", ["taian", "tai an", "tai'an", "泰安"])
def test_a_city_by_its_sound(registry: Registry, words: str) -> None:
    assert {row.id for row in registry.projects if row.plan == "taian"} <= found(registry, words)


def test_a_technology_by_its_sound(registry: Registry) -> None:
    pumped = {"枣庄庄里抽水蓄能电站", "泰安二期抽水蓄能电站"}
    for words in ("choushuixuneng", "chou shui xu neng", "csxn"):
        assert _names(registry, words) == pumped <= _names(registry, "抽水蓄能")


@pytest.mark.parametrize(
    ("words", "technology"),
    [
        ("抽蓄", "pumped_storage"),
        ("chouxu", "pumped_storage"),
        ("火电", "coal"),
        ("垃圾焚烧", "waste_to_energy"),
    ],
)
def test_what_the_trade_says_is_found(registry: Registry, words: str, technology: str) -> None:
    rows = {row.id for row in registry.projects if row.technology == technology}
    assert rows == found(registry, words) != set()


@pytest.mark.parametrize("words", ["2×100万千瓦", "2x100万千瓦", "2*100万千瓦", "２Ｘ１００万千瓦"])
def test_a_number_of_units_is_typed_as_keyboards_allow(registry: Registry, words: str) -> None:
    assert "taian-coal-01" in found(registry, words) == found(registry, "2×100万千瓦")


def test_words_are_all_needed_and_may_mix(registry: Registry) -> None:
    both = found(registry, "fei cheng yasuo kongqi")
    assert both == found(registry, "feicheng") & found(registry, "yasuokongqi") != frozenset()
    assert found(registry, "fc 300mw") == {"taian-caes-02"}


def test_pv_is_photovoltaics_and_no_place(registry: Registry) -> None:
    rows = [registry.by_id[id] for id in found(registry, "pv")]
    assert len(rows) > 20
    for row in rows:
        assert "光伏" in row.name + row.layer or "pv" in f"{row.id} {row.layer} {row.note}".lower()


@pytest.mark.parametrize("words", ["chengfei", "renceng", "xuneng300", "vv", "zzzz"])
def test_nonsense_finds_nothing(registry: Registry, words: str) -> None:
    assert not found(registry, words)


def test_a_short_latin_word_begins_a_word(registry: Registry) -> None:
    """`ta` is Tai'an and 泰安, not every station."""
    for id in found(registry, "ta"):
        row = registry.by_id[id]
        places = (registry.districts.label(code, "en") for code in row.district_codes)
        english = f"{row.id} {row.name_en} {' '.join(places)}".lower()
        assert any(word.startswith("ta") for word in re.split("[^a-z]+", english)), id


def test_the_selection_uses_it(registry: Registry) -> None:
    rows = select(registry, replace(Selection(), words="feicheng", technologies=("pv",)))
    assert rows and all("370983" in row.district_codes for row in rows)
