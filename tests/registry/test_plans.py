"""The shipped registry against figures read from the documents by hand, trap by trap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import pytest

from geo.zones import feature, zone_hosts, zones
from registry.registry import Registry
from terms.kinds import (
    Action,
    Asset,
    CapacityBasis,
    GeometryRole,
    Kind,
    Layer,
    PlaceBasis,
    PlanStatus,
    Precision,
    YearBasis,
)


def foreign_codes(codes: Iterable[str], governs_code: str) -> set[str]:
    """The codes outside the city, or the one district, that a plan governs."""
    own = governs_code.removesuffix("00")
    return {code for code in codes if not code.startswith(own)}


def _sidebar_rows(registry: Registry, plan: str) -> Counter[str]:
    rows = [row for row in registry.projects if row.plan == plan]
    return Counter(row.source_section for row in rows if row.source_section.startswith("专栏"))


def test_every_sidebar_item_is_a_row(registry: Registry) -> None:
    assert _sidebar_rows(registry, "jining") == {"专栏1": 17, "专栏2": 11, "专栏3": 5, "专栏4": 3}
    assert _sidebar_rows(registry, "taian") == {"专栏1": 30, "专栏2": 18, "专栏3": 7, "专栏4": 5}
    assert _sidebar_rows(registry, "binzhou") == {"专栏1": 55, "专栏2": 4, "专栏3": 6, "专栏4": 5}


def test_targets_per_plan(registry: Registry) -> None:
    counted = Counter(target.plan for target in registry.targets)
    assert counted == {"jining": 25, "zaozhuang": 49, "lixia": 13, "taian": 24, "binzhou": 43}


# Plan, year, metric → figure as the document prints it, read independently of the registry.
PRINTED_TARGETS = {
    ("jining", "pv", 2030): "800万千瓦",
    ("jining", "hydrogen_stations", 2030): "15座",
    ("jining", "biomass", 2030): "33万千瓦",
    ("jining", "storage", 2030): "100万千瓦以上",
    ("zaozhuang", "renewable", 2030): "600万千瓦以上",
    ("zaozhuang", "pv", 2025): "突破400万千瓦",
    ("zaozhuang", "biomass", 2025): "28万千瓦以上",
    ("lixia", "pv", 2030): "2万千瓦",
    ("taian", "renewable", 2030): "800万千瓦以上",
    ("taian", "pumped_storage", 2030): "280万千瓦以上",
    ("taian", "new_storage", 2030): "300万千瓦以上",
    ("binzhou", "renewable", 2025): "1500万千瓦",
    ("binzhou", "base_wind", 2025): "100万千瓦",
    ("binzhou", "base_pv", 2025): "700万千瓦",
    ("binzhou", "renewable", 2030): "3000万千瓦",
    ("binzhou", "pv", 2030): "2470万千瓦",
    ("binzhou", "wind", 2030): "500万千瓦",
    ("binzhou", "biomass", 2030): "30万千瓦",
    ("binzhou", "base_total", 2030): "2118万千瓦",
    ("binzhou", "hydrogen_stations", 2025): "4座以上",
    ("binzhou", "hydrogen_stations", 2030): "13座以上",
    ("binzhou", "storage", 2025): "100万千瓦以上",
    ("binzhou", "storage", 2030): "200万千瓦以上",
    ("binzhou", "coal_start", 2025): "435万千瓦",
}


def test_mapped_targets_are_exactly_these(registry: Registry) -> None:
    mapped = {(t.plan, t.metric, t.year): t.printed for t in registry.targets if t.mapped}
    assert mapped == PRINTED_TARGETS


def test_binzhou_2030_is_the_sum_of_its_parts(registry: Registry) -> None:
    value = {t.key: t.value for t in registry.targets}
    parts = ("pv", "wind", "biomass")
    assert sum(value[f"binzhou:{part}:2030"] for part in parts) == value["binzhou:renewable:2030"]


# Rows with MW, per plan: id → MW, from a reading of the documents.
STATED_MW = {
    "jining": {
        "jining-pv-base-01": 3000,
        "jining-pv-base-02": 1100,
        "jining-pv-01": 150,
        "jining-pv-02": 80,
        "jining-pvd-01": 2000,
        "jining-biomass-01": 54,
        "jining-wte-01": 32,
        "jining-storage-02": 1000,
    },
    "zaozhuang": {"zaozhuang-gaspower-01": 400},
    "lixia": {"lixia-coal-01": 15},
    "taian": {
        "taian-pv-base-02": 150,
        "taian-pv-base-03": 200,
        "taian-pv-01": 200,
        "taian-pv-02": 150,
        "taian-pv-03": 30,
        "taian-pv-04": 800,
        "taian-pv-05": 50,
        "taian-pv-07": 40,
        "taian-pv-09": 40,
        "taian-caes-02": 600,
        "taian-caes-03": 350,
        "taian-caes-04": 300,
        "taian-caes-05": 300,
        "taian-coal-01": 2000,
        "taian-coal-02": 1200,
    },
    "binzhou": {
        "binzhou-pv-01": 2000,
        "binzhou-pv-03": 850,
        "binzhou-pv-04": 200,
        "binzhou-pv-05": 150,
        "binzhou-coal-02": 2000,
        "binzhou-coal-03": 350,
        "binzhou-coal-04": 50,
        "binzhou-coal-05": 80,
        "binzhou-coal-06": 4350,
        "binzhou-base-01": 21180,
        "binzhou-base-02": 7000,
        "binzhou-base-03": 1000,
    },
}


@pytest.mark.parametrize("plan", sorted(STATED_MW))
def test_only_these_rows_carry_mw(registry: Registry, plan: str) -> None:
    rows = [row for row in registry.projects if row.plan == plan]
    found = {row.id: row.capacity_mw for row in rows if row.capacity_mw is not None}
    assert found == {id: Decimal(mw) for id, mw in STATED_MW[plan].items()}


def test_the_large_project_lies_inside_its_base(registry: Registry) -> None:
    assert registry.by_id["jining-pv-base-02"].part_of == "jining-pv-base-01"


def test_factories_are_no_plants(registry: Registry) -> None:
    for row in registry.projects:
        if row.asset is Asset.FACTORY:
            assert row.technology is None and row.capacity_mw is None, row.id
    assert registry.by_id["taian-cell-01"].quantity_printed == "3吉瓦"
    assert registry.by_id["taian-cell-02"].quantity_printed == "年产10GW"


def test_classes_yield_no_mw(registry: Registry) -> None:
    classes = {r.id for r in registry.projects if r.capacity_basis is CapacityBasis.CLASS}
    assert classes == {"taian-caes-01", "taian-gaspower-01"}


def test_the_sea_block_is_no_capacity(registry: Registry) -> None:
    row = registry.by_id["binzhou-pv-02"]
    assert row.capacity_mw is None and row.precision is Precision.OFFSHORE
    (point,) = registry.labels[row.id]
    assert registry.districts.locate(*point) is None


def test_gaodi_is_new_and_expanded(registry: Registry) -> None:
    rows = [row for row in registry.projects if "高地" in row.name]
    assert Counter(row.action for row in rows) == {Action.NEW: 1, Action.EXPAND: 1}


def test_names_that_only_sound_like_places(registry: Registry) -> None:
    assert registry.by_id["taian-sub500-01"].district_codes == ()  # 泰山站
    assert registry.by_id["taian-hub-01"].district_codes == ()  # 泰山内陆港
    assert registry.by_id["taian-pv-06"].districts == ("肥城市",)  # 张店 is a village here
    for number in (3, 4, 5):  # firms from 安徽, 唐山, 福建
        assert registry.by_id[f"binzhou-manufacturing-0{number}"].district_codes == ()


def test_a_county_heads_a_group(registry: Registry) -> None:
    heads = {
        "taian-pv-02": "新泰市",
        "taian-pv-03": "新泰市",
        "taian-pv-05": "肥城市",
        "taian-pv-06": "肥城市",
    }
    for id, name in heads.items():
        row = registry.by_id[id]
        assert (row.districts, row.place_basis) == ((name,), PlaceBasis.LIST_GROUP)


def test_the_siding_does_not_carry_its_power_plant(registry: Registry) -> None:
    siding, plant = registry.by_id["binzhou-rail-03"], registry.by_id["binzhou-coal-02"]
    assert siding.capacity_mw is None and siding.technology is None
    assert plant.capacity_mw == 2000 and plant.capacity_source.startswith("专栏3")


def test_text_and_sidebar_are_one_row(registry: Registry) -> None:
    biomass = [r for r in registry.projects if r.plan == "binzhou" and r.layer is Layer.BIOMASS]
    sources = {r.districts[0] + r.township: (r.source_section, r.source_also) for r in biomass}
    assert sources["滨城区滨北镇"] == ("专栏1", ("三（一）3",))
    assert sources["无棣县"] == ("三（一）3", ())
    assert len(biomass) == 3


def test_named_substations_of_binzhou(registry: Registry) -> None:
    rows = [r for r in registry.projects if r.plan == "binzhou" and r.asset is Asset.STATION]
    grid = [r for r in rows if r.voltage_kv and r.kind is Kind.PROJECT]
    assert Counter((r.voltage_kv, r.action) for r in grid) == {
        (500, Action.NEW): 3,
        (500, Action.EXPAND): 2,
        (220, Action.NEW): 8,
        (220, Action.EXPAND): 6,
        (220, Action.RETROFIT): 3,
        (110, Action.NEW): 2,
    }
    envelope = registry.by_id["binzhou-sub110-01"]
    assert envelope.quantity_value == 25 and len(registry.members[envelope.id]) == 2


def test_2030_promises_do_not_carry_2025(registry: Registry) -> None:
    early = {r.id: r.by_year_basis for r in registry.projects if r.by_year == 2025}
    assert early == {
        "binzhou-base-02": YearBasis.PERIOD,
        "binzhou-base-03": YearBasis.PERIOD,
        "binzhou-coal-06": YearBasis.PERIOD,
        "jining-coal-01": YearBasis.PRINTED,
        "jining-industry-03": YearBasis.PRINTED,
        "zaozhuang-coal-01": YearBasis.PRINTED,
    }


def test_programmes_that_restate_a_target(registry: Registry) -> None:
    restating = {r.id: r.restates_target for r in registry.projects if r.restates_target}
    assert restating == {
        "jining-storage-02": "jining:storage:2030",
        "binzhou-base-01": "binzhou:base_total:2030",
        "binzhou-base-02": "binzhou:base_pv:2025",
        "binzhou-base-03": "binzhou:base_wind:2025",
        "binzhou-coal-06": "binzhou:coal_start:2025",
    }
    keys = {target.key for target in registry.targets}
    assert set(restating.values()) <= keys


def test_only_lixia_is_a_draft(registry: Registry) -> None:
    assert {r.plan for r in registry.projects if r.plan_status is PlanStatus.DRAFT} == {"lixia"}


def test_zones_count_under_their_host(registry: Registry) -> None:
    known = {(place.plan, name) for place in zones() for name in (place.name, *place.aliases)}
    for row in registry.projects:
        for zone in filter(None, row.zone.split("、")):
            assert (row.plan, zone) in known, f"{row.id}: {zone} is not in geo/zones.yaml"
            assert set(zone_hosts(zone, row.plan)) <= set(row.district_codes), row.id


FEATURE_OF_ROW = {
    "jining-wetland-02": "南四湖",
    "taian-gas-02": "大汶口盆地",
    "taian-water-01": "大清河",
    "taian-forest-01": "泰山",
    "taian-forest-02": "徂徕山",
    "taian-wetland-02": "东平湖老湖区",
    "taian-wetland-03": "东平湖",
    "taian-wetland-04": "大汶河",
    "taian-wetland-05": "康王河",
    "taian-wetland-06": "东平湖",
    "binzhou-wetland-01": "小开河",
    "binzhou-wetland-02": "秦皇河",
    "binzhou-base-01": "鲁北盐碱滩涂地",
    "binzhou-base-02": "鲁北盐碱滩涂地",
    "binzhou-base-03": "鲁北盐碱滩涂地",
    "binzhou-base-04": "鲁北盐碱滩涂地",
    "zaozhuang-wetland-01": "蟠龙河湿地",
    "zaozhuang-wetland-02": "红荷湿地",
    "zaozhuang-wetland-03": "运河湿地",
    "taian-wetland-01": "黄河滩区",
}


def test_rows_placed_by_a_feature_stand_where_it_lies(registry: Registry) -> None:
    placed = {r.id: r for r in registry.projects if r.place_basis is PlaceBasis.FEATURE}
    assert set(placed) == set(FEATURE_OF_ROW)
    for id, name in FEATURE_OF_ROW.items():
        row = placed[id]
        own = set(feature(name, row.plan).districts)
        own -= set(foreign_codes(own, registry.plan_by_id[row.plan].governs_code))
        assert set(row.district_codes) == own, f"{id} against {name}"


def test_rows_outside_are_said_to_be(registry: Registry) -> None:
    for row in registry.projects:
        governs = registry.plan_by_id[row.plan].governs_code
        is_foreign = bool(foreign_codes(row.district_codes, governs))
        is_outside = row.place_basis is PlaceBasis.OUTSIDE
        assert is_outside if is_foreign else not (is_outside and row.district_codes), row.id


def test_a_district_name_in_a_list_is_in_the_row(registry: Registry) -> None:
    """A county printed in full inside a row's name is among the row's districts."""
    for row in registry.projects:
        for code in registry.districts.codes_in(row.city_code):
            name = registry.districts.name(code)
            if name in row.name:
                assert code in row.district_codes, f"{row.id}: {name} stands in its name"


def test_every_row_is_placed_or_in_the_tray(registry: Registry) -> None:
    for row in registry.projects:
        in_tray = row.precision is Precision.CITY
        assert bool(registry.labels[row.id]) != in_tray, row.id
        assert (row.geometry_role is GeometryRole.NONE) == in_tray, row.id
        assert (row.lon is not None) == (row.precision is Precision.SITE), row.id
        assert in_tray == (not row.district_codes), row.id
        if row.precision is Precision.SITE:
            assert registry.districts.locate(row.lon, row.lat) in row.district_codes
            assert "坐标来自" in row.note


def test_targets_name_their_departments(registry: Registry) -> None:
    """Only the general goals and one preamble have no lead department in print."""
    silent = {(t.plan, t.source_section) for t in registry.targets if not t.departments}
    assert silent == {(plan.id, "二") for plan in registry.plans} | {("binzhou", "三（三）")}
