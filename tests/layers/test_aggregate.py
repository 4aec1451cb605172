"""Counts per county in place of symbols: every row is in a badge or in the tray, never in both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.generated import generated
from geo.districts import Districts
from layers.aggregate import MOST_SYMBOLS, counties_on_map, crowd_state, is_crowd, shorter
from layers.browse import map_state
from registry.registry import Registry
from terms.selection import Selection


@pytest.fixture(scope="module")
def crowded(registry: Registry) -> Registry:
    """The five plans four times over."""
    copies = [replace(row, id=f"{row.id}-{n}") for n in range(4) for row in registry.projects]
    labels = {row.id: registry.labels[row.id.rsplit("-", 1)[0]] for row in copies}
    return replace(registry, projects=tuple(copies), labels=labels)


def test_rows_in_are_rows_on_the_map_and_in_the_tray(crowded: Registry) -> None:
    rows = crowded.projects
    crowd = crowd_state(crowded, rows, Selection())["crowd"]
    alone = sum(total - shared for total, shared, _ in crowd["counties"].values())
    shared = {row.id for row in rows if len(counties_on_map(crowded, row)) > 1}
    assert alone + len(shared) + sum(crowd["tray"].values()) == len(rows)
    assert crowd["tray"] and shared


def test_a_county_counts_the_rows_that_name_it_by_layer(crowded: Registry) -> None:
    crowd = crowd_state(crowded, crowded.projects, Selection())["crowd"]
    for code, (total, _, layers) in crowd["counties"].items():
        here = [
            row for row in crowded.projects if code in row.district_codes and crowded.labels[row.id]
        ]
        assert total == len(here) == sum(count for _, count in layers)
        assert len({row.layer for row in here}) == len(layers)


def test_the_map_says_in_words_that_it_counts(crowded: Registry) -> None:
    for language, words in (("zh", "按县合计"), ("en", "too many for symbols")):
        state = map_state(crowded, crowded.projects, Selection(language=language))
        note = state["crowd"]["note"]
        assert words in note and f"{len(crowded.projects):,}" in note
        assert state["visible"] == [] and state["sizes"] is None


def test_few_rows_keep_their_symbols(crowded: Registry) -> None:
    few = crowded.projects[:MOST_SYMBOLS]
    assert not is_crowd(few) and is_crowd(crowded.projects[: MOST_SYMBOLS + 1])
    state = map_state(crowded, few, Selection())
    assert state["visible"] == [row.id for row in few] and "crowd" not in state


def test_a_point_without_a_county_is_counted_where_it_lies(districts: Districts) -> None:
    registry = generated(districts, 14)
    row = replace(registry.projects[0], district_codes=())
    code = districts.codes[0]
    placed = replace(registry, labels={row.id: (districts.inner_point(code),)})
    assert counties_on_map(placed, row) == (code,)


def test_the_shorter_list_of_ids_is_sent(registry: Registry) -> None:
    every = [row.id for row in registry.projects]
    for count in (0, 3, len(every) - 2, len(every)):
        sent = shorter(registry, {"visible": every[:count]})
        assert len(sent["visible"] or ()) + len(sent.get("hidden", ())) <= len(every) / 2
        known = [id for id in every if id not in sent["hidden"]] if "hidden" in sent else None
        assert (sent["visible"] or known or []) == every[:count]
