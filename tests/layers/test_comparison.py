"""Projects side by side: differences told, gaps shown."""

from __future__ import annotations

from layers.comparison import comparison
from layers.project_list import Manner
from registry.registry import Registry
from terms.units import PowerUnit


def test_differences_and_gaps(registry: Registry) -> None:
    rows = [registry.by_id[id] for id in ("taian-pv-04", "taian-pv-01", "binzhou-base-02")]
    manner = Manner(registry, "zh", PowerUnit.MW)
    fields = {each.field: each for each in comparison(manner, rows)}
    assert fields["counted_mw"].values == ("800", "200", "3,800")
    assert fields["owner"].values == ("石横特钢", "", "") and fields["owner"].differs
    assert not fields["technology"].differs
    assert "voltage_kv" not in fields  # stated of none


def test_the_essential_gaps_stay(registry: Registry) -> None:
    rows = [registry.by_id[id] for id in ("zaozhuang-ps-01", "taian-ps-01")]
    fields = {each.field: each for each in comparison(Manner(registry, "zh", PowerUnit.MW), rows)}
    assert fields["owner"].values == ("", "") and not fields["owner"].differs
