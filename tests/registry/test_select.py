"""What a selection takes, by each filter and by words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registry.mode import mode
from registry.registry import WITHHELD, Registry, build_registry
from registry.select import select, unstated
from terms.errors import BoundaryError, SetupError
from terms.kinds import GeometryRole, Precision
from terms.selection import Selection

ALL = Selection()


def _ids(registry: Registry, **filters: object) -> set[str]:
    return {row.id for row in select(registry, replace(ALL, **filters))}  # type: ignore[arg-type]


def test_no_filter_takes_all(registry: Registry) -> None:
    assert select(registry, ALL) == registry.projects


def test_filters_cut_the_registry(registry: Registry) -> None:
    for plan in registry.plan_by_id:
        assert _ids(registry, plans=(plan,)) == {r.id for r in registry.projects if r.plan == plan}
    assert _ids(registry, layers=("pumped_storage",)) == {"taian-ps-01", "zaozhuang-ps-01"}
    assert _ids(registry, land_modes=("sea",)) == {"binzhou-pv-02"}
    assert "taian-pv-04" in _ids(registry, owner="named", districts=("370983",))
    assert _ids(registry, owner="named") | _ids(registry, owner="unnamed") == _ids(registry)
    assert not _ids(registry, owner="named") & _ids(registry, owner="unnamed")


def test_the_two_shizhong_are_two(registry: Registry) -> None:
    assert "zaozhuang-heat-02" in _ids(registry, districts=("370402",))
    assert not _ids(registry, districts=("370103",))


@pytest.mark.parametrize("words", ["肥城 300MW", "肥城　３００ＭＷ", "肥城 300mw"])
def test_words_fold_width_and_case(registry: Registry, words: str) -> None:
    assert _ids(registry, words=words) == {"taian-caes-02"}


@pytest.mark.parametrize(
    ("words", "others"),
    [("Tai'an", "Tai’an"), ("征求意见稿", "consultation draft")],
)
def test_words_find_the_same_in_both_languages(registry: Registry, words: str, others: str) -> None:
    assert _ids(registry, words=words) == _ids(registry, words=others) != set()


def test_english_names_and_voltages_are_found(registry: Registry) -> None:
    lines = {row.id for row in registry.projects if row.voltage_kv == 220}
    assert lines and lines <= _ids(registry, words="220kV")
    by_code = _ids(registry, districts=("370402",))
    assert by_code and by_code <= _ids(registry, words="Shizhong")


def test_two_characters_are_enough(registry: Registry) -> None:
    assert {"taian-caes-03"} <= _ids(registry, words="泰安")


def test_public_mode_withholds_points(registry: Registry) -> None:
    public = build_registry(registry.districts, public=True)
    for row in public.projects:
        assert row.geometry_role is not GeometryRole.SITE and row.lon is None, row.id
        assert row.precision not in {Precision.SITE, Precision.TOWNSHIP}, row.id
        assert not row.township and "坐标" not in row.note, row.id
        assert not re.search("镇|街道|村", row.note.replace(WITHHELD, "")), row.id
    assert public.by_id["taian-pv-09"].note == WITHHELD
    kept = public.by_id["taian-pv-base-02"].note
    assert kept.startswith("用地方式同时是") and kept.endswith(
        f"以所属基地的沉陷区为准。{WITHHELD}"
    )
    assert (
        public.by_id["taian-coal-02"].note
        == "“2×60万千瓦级”按台数×单机记为约1200MW。县名见于项目名。"
    )
    known = {point for points in public.labels.values() for point in points}
    assert not known & {(row.lon, row.lat) for row in registry.projects if row.lon}
    assert not public.approximate
    assert [r.capacity_mw for r in public.projects] == [r.capacity_mw for r in registry.projects]
    assert public.digest != registry.digest


def test_a_bureau_may_write_its_names_longer(registry: Registry) -> None:
    own = registry.districts
    longer = own.frame.assign(name=own.frame["city"] + own.frame["name"])
    rebuilt = build_registry(replace(own, frame=longer, digest="own"))
    assert len(rebuilt.projects) == len(registry.projects)


def test_boundaries_that_lack_a_county_are_blamed_themselves(registry: Registry) -> None:
    own = registry.districts
    short = [each[each["code"] != "370402"] for each in (own.frame, own.display)]
    with pytest.raises(BoundaryError, match="lacks 370402 市中区"):
        build_registry(replace(own, frame=short[0], display=short[1], digest="short"))


def test_digest_is_stable(registry: Registry) -> None:
    assert build_registry(registry.districts).digest == registry.digest


def test_mode_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    for written, meant in (("", "internal"), (" Public ", "public"), ("INTERNAL", "internal")):
        monkeypatch.setenv("FENGTU_MODE", written)
        assert mode() == meant
    monkeypatch.setenv("FENGTU_MODE", "oeffentlich")
    with pytest.raises(SetupError, match="oeffentlich"):
        mode()


def test_approximate_sites_are_told_apart(registry: Registry) -> None:
    sites = {row.id for row in registry.projects if row.geometry_role is GeometryRole.SITE}
    assert sites - registry.approximate == {
        "binzhou-coal-02",
        "zaozhuang-heat-01",
        "zaozhuang-heat-02",
    }
    assert registry.approximate < sites


def test_technology_precision_and_size_cut_too(registry: Registry) -> None:
    rows = registry.by_id
    assert {rows[id].technology for id in _ids(registry, technologies=("pv",))} == {"pv"}
    assert {rows[id].precision for id in _ids(registry, precisions=("site",))} == {Precision.SITE}
    large = _ids(registry, min_mw=100, technologies=("pv",))
    assert large and all((rows[id].capacity_mw or 0) >= 100 for id in large)
    chosen = replace(ALL, min_mw=100, technologies=("pv",))
    every = [rows[id] for id in _ids(registry, technologies=("pv",))]
    small = [row for row in every if row.capacity_mw is not None and row.capacity_mw < 100]
    assert len(every) == len(large) + len(small) + unstated(registry, chosen)


def test_an_area_is_a_city_or_a_county(registry: Registry) -> None:
    taian = _ids(registry, area="370900")
    assert {row.id for row in registry.projects if row.plan == "taian"} <= taian
    assert _ids(registry, area="370983") == _ids(registry, districts=("370983",))
    abroad = {row for row in taian if registry.by_id[row].plan != "taian"}
    for id in abroad:
        codes = registry.by_id[id].district_codes
        assert any(registry.districts.city_code(code) == "370900" for code in codes)
    assert not _ids(registry, area="370200")
