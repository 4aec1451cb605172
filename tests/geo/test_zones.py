"""Zones and features: names resolve within a plan, codes exist, doubt is explained."""

from pathlib import Path

import pytest

from geo import zones as module
from geo.zones import feature, feature_districts, features, zone, zone_hosts, zones
from terms.errors import DistrictError

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"


@pytest.mark.parametrize(
    ("name", "plan", "hosts"),
    [
        ("济宁经开区", "jining", ("370829",)),
        ("济宁经济技术开发区", "jining", ("370829",)),
        ("北海经济开发区", "binzhou", ("371623",)),
        ("滨州高新区", "binzhou", ("371602",)),
        ("无棣鲁北工业园", "binzhou", ("371623",)),
        ("滨州港海港港区", "binzhou", ("371623",)),
        ("肥城经开区", "taian", ("370983",)),
        ("宁阳经济开发区", "taian", ("370921",)),
        ("市中化工园区", "zaozhuang", ("370402",)),
        ("鲁南高科技化工园区", "zaozhuang", ("370481",)),
        ("蔚蓝碳中和科技产业园", "taian", ()),
    ],
)
def test_hosts_of_zones(name, plan, hosts):
    assert zone_hosts(name, plan) == hosts


def test_a_bare_name_means_another_zone_in_every_plan():
    assert zone("高新区", "binzhou").name == "滨州高新区"
    assert zone("高新区", "zaozhuang").name == "枣庄高新区"
    assert zone("高新区", "jining").name == "济宁高新区"
    with pytest.raises(DistrictError, match="'taian' has no '高新区'"):
        zone("高新区", "taian")


def test_brackets_may_be_half_or_full_width():
    assert zone("中韩(肥城)绿色园区", "taian") is zone("中韩（肥城）绿色园区", "taian")


@pytest.mark.parametrize(
    ("name", "plan", "codes"),
    [
        ("南四湖", "jining", ("370826", "370811", "370827")),
        ("东平湖", "taian", ("370923",)),
        ("康王河", "taian", ("370983",)),
        ("徂徕山", "taian", ("370911", "370982")),
        ("秦皇河", "binzhou", ("371602",)),
        ("思源湖", "binzhou", ("371603",)),
        ("渤中19-6", "binzhou", ()),
    ],
)
def test_districts_of_features(name, plan, codes):
    assert feature_districts(name, plan) == codes


def test_one_canal_has_other_districts_in_other_plans():
    assert feature("京杭运河", "jining").districts != feature("京杭运河", "taian").districts


def test_unknown_feature_lists_the_known_ones():
    with pytest.raises(DistrictError, match=r"太湖.*features\.yaml.*南四湖"):
        feature("太湖", "jining")


def test_every_code_is_a_district(shipped):
    codes = {code for row in zones() for code in row.hosts}
    codes |= {code for row in features() for code in row.districts}
    assert [code for code in sorted(codes) if not shipped.has(code)] == []


def test_zones_lie_in_the_city_of_their_plan():
    prefix = {"jining": "3708", "zaozhuang": "3704", "taian": "3709", "binzhou": "3716"}
    for row in zones():
        assert all(code.startswith(prefix[row.plan]) for code in row.hosts), row.name


def test_what_is_not_certain_says_why():
    doubtful = [row for row in (*zones(), *features()) if not row.certain]
    assert doubtful
    assert [row.name for row in doubtful if not row.note] == []


def test_a_zone_without_hosts_is_never_certain():
    assert [row.name for row in zones() if row.certain and not row.hosts] == []


def test_the_plans_do_print_these_names():
    if not PLANS.is_dir():
        pytest.skip(f"the plans' texts are not beside this repository ({PLANS})")
    texts = {
        file.stem: "".join(file.read_text(encoding="utf-8").split()) for file in PLANS.glob("*.txt")
    }
    unprinted = [
        row.name
        for row in zones()
        if not any(name in texts[row.plan] for name in (row.name, row.full_name, *row.aliases))
    ]
    unprinted += [
        row.name for row in features() for plan in row.plans if row.name not in texts[plan]
    ]
    assert unprinted == []


def test_every_fault_of_a_table_is_listed(tmp_path, monkeypatch):
    text = "zones:\n- {name: A, plan: nowhere}\n- {name: B, plan: taian, hosts: ['999999']}\n"
    (tmp_path / "zones.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "HERE", tmp_path)
    with pytest.raises(DistrictError, match=r"row 1 plan.*[\s\S]*row 2 hosts"):
        module._read("zones", module.Zone)
