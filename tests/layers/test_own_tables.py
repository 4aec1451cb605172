"""A user's table on the map: round classes of its own figures; missing is not zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from layers.browse import map_state
from layers.county_map import BLANK
from layers.own_tables import table_legend, table_map
from registry.additions import with_additions
from registry.registry import Registry
from registry.select import select
from store.book import Book
from terms.own_records import OwnTable
from terms.selection import Selection
from tests.registry.own_builders import FEICHENG

CODES = (FEICHENG, "370902", "370911", "370921", "370923")


def _table(*values: float | str) -> OwnTable:
    pairs = tuple((code, Decimal(str(v))) for code, v in zip(CODES, values, strict=False))
    return OwnTable("table-load", "最大负荷", "万千瓦", "2025-12-31", "调度", pairs)


def _whole(registry: Registry, table: OwnTable) -> Registry:
    return with_additions(registry, Book(tables=(table,)))


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ((0, 12.5, -3, 80, 45), [-20, 0, 20, 40, 60, 80]),
        ((1, 2, 3, 4, 5), [1, 2, 3, 4, 5]),
        ((7, 7, 7), [7, 7]),
        ((0,), [0, 0]),
        ((-5, -1), [-5, -4, -3, -2, -1]),
        (("0.001", "0.0099"), None),
        (("1e20", "-1e20"), None),
    ],
)
def test_classes_hold_every_figure(
    registry: Registry, values: tuple[float, ...], limits: list[int] | None
) -> None:
    table = _table(*values)
    made = table_map(_whole(registry, table), table, Selection(shade=table.id))
    found = [made.classes[0].low, *(each.high for each in made.classes)]
    assert limits is None or found == limits
    assert 1 <= len(made.classes) <= 6
    assert (
        found[0] <= min(v for _, v in table.values) <= max(v for _, v in table.values) <= found[-1]
    )
    assert all(made.fills[code] != BLANK for code, _ in table.values)


def test_missing_is_blank_and_zero_is_not(registry: Registry) -> None:
    table = _table(0, 10)
    made = table_map(_whole(registry, table), table, Selection(shade=table.id))
    assert made.fills[FEICHENG] == made.classes[0].colour
    assert made.fills["370911"] == BLANK
    assert made.tips["370911"] == ("最大负荷：没有数值",)
    assert made.tips[FEICHENG] == ("最大负荷：0 万千瓦",)


def test_the_map_says_whose_figures_these_are(registry: Registry) -> None:
    table = _table(1, 2, 3)
    whole, chosen = _whole(registry, table), Selection(shade=table.id, language="en")
    state = map_state(whole, select(whole, chosen), chosen)
    assert state["shade"]["title"] == "最大负荷 · user data"
    assert state["shade"]["unit"] == "unit: 万千瓦; date: 2025-12-31; source: 调度"
    assert state["shade"]["others"] == [["blank", "no figure"]]
    assert state["colours"][FEICHENG] in {colour for colour, _ in state["shade"]["classes"]}
    city = Selection(shade=table.id, area="370800")
    inside = table_map(whole, table, city)
    assert {code[:4] for code in inside.fills} == {"3708"}
    assert table_legend(table, inside, city)["others"]
