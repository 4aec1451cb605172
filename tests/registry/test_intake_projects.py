"""Rows as projects: places, faults by cell, decisions, the same file twice, tables and areas."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from intake_files import HEADERS, ROWS, csv_file, frame, gpkg_file, squares, xlsx_file
from pyproj import Transformer

from geo.crs import from_wgs84
from registry.intake.decisions import Decision, Verdict, decide, read_decisions
from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping
from registry.intake.mapping import (
    FileMapping,
    IntakeKind,
    fingerprint,
    read_mapping,
    write_mapping,
)
from registry.intake.open import open_sheet
from registry.intake.past import Past
from registry.intake.proposal import Intake
from registry.intake.take_in import take_in
from registry.intake.template import csv_template, xlsx_template
from registry.registry import Registry
from terms.errors import IntakeError, RecordsError
from terms.kinds import Layer, Precision, Relation, Status, Technology
from terms.own_records import OwnArea, OwnProject, OwnTable


@pytest.fixture
def taken(registry: Registry):
    """Read bytes (or rows as CSV) to the end, with the guessed mapping unless told."""

    def run(data, *, kind="projects", crs="wgs84", existing=(), mapping=None, **said) -> Intake:
        data = data if isinstance(data, bytes) else csv_file(data)
        sheet = open_sheet(data, "清单.csv")
        wanted = IntakeKind(kind)
        used = mapping or guess_mapping(sheet, wanted, Gazetteer(registry.districts))
        used = replace(used.with_constants(said), crs=crs)
        return take_in(sheet, used, kind=wanted, registry=registry, past=Past(tuple(existing)))

    return run


def test_a_good_file(taken) -> None:
    intake = taken([HEADERS, *ROWS])
    assert not intake.faults and intake.read == intake.proposed_rows == 2
    first, second = intake.records
    assert isinstance(first, OwnProject) and isinstance(second, OwnProject)
    assert (first.capacity_mw, first.capacity_printed) == (Decimal(100), "100MW")
    assert (first.technology, first.status) == (Technology.PV, Status.CONSTRUCTION)
    assert (first.district_codes, first.city_code) == (("370983",), "370900")
    assert (first.precision, first.lon, first.lat) == (Precision.SITE, 116.77, 36.18)
    assert (second.precision, second.lon, second.district_codes) == (
        Precision.DISTRICT,
        None,
        ("370923",),
    )
    assert first.source == "清单.csv" and first.source_row == "2"
    assert first.relation is Relation.OPEN and first.id.startswith("user-")


def test_every_fault_is_told_at_once_by_cell(taken) -> None:
    rows = [
        ("", "肥城市", "光伏", "100", "在建", "", ""),
        ("乙", "无名县", "核聚变", "20万度", "乱写", "", ""),
        ("丙", "市中区", "光伏", "5", "", "", ""),
        ("丁", "肥城市", "光伏", "5", "", "36.18", "116.77"),
        ("戊", "肥城市", "光伏", "5", "", "1e300", "0"),
        ("己", "肥城市", "光伏", "5", "", "0", "0"),
        ("庚", "", "光伏", "5", "", "", ""),
    ]
    intake = taken([HEADERS, *rows])
    found = {fault.row: fault for fault in intake.faults}
    assert {"A2", "B3", "C3", "D3", "E3", "B4", "F5", "F6", "F7", "B8"} == set(found)
    assert "枣庄市·市中区（370402）" in found["B4"].expected
    assert "颠倒" in found["F5"].expected and "116.77" in found["F5"].found
    assert all(" · " in fault.expected for fault in intake.faults)
    assert intake.faulty_rows == 7 and not intake.proposals
    with pytest.raises(RecordsError):
        intake.records  # noqa: B018


def test_an_ambiguous_name_is_settled_by_city_or_choice(taken) -> None:
    rows = [HEADERS, ("甲", "市中区", "光伏", 5, "", "", "")]
    sheet = open_sheet(csv_file(rows), "x")
    names = dict(zip(["name", "district", "technology", "capacity"], HEADERS, strict=False))
    mapping = FileMapping(tuple(names.items()), choices=(("市中区", "370402"),))
    assert taken(rows, mapping=mapping).records[0].district_codes == ("370402",)
    assert taken(rows, city="枣庄").records[0].district_codes == ("370402",)
    assert taken(rows, city="济南市").records[0].district_codes == ("370103",)
    assert sheet.headers == HEADERS


@pytest.mark.parametrize("crs", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_degrees_in_every_system(taken, crs: str) -> None:
    lon, lat = from_wgs84(116.77, 36.18, crs=crs)
    (record,) = taken([HEADERS, (*ROWS[0][:5], float(lon), float(lat))], crs=crs).records
    assert np.hypot(record.lon - 116.77, record.lat - 36.18) < 1e-6


@pytest.mark.parametrize(
    ("epsg", "crs"),
    [
        (4548, "cgcs2000-3deg:117"),
        (4548, "cgcs2000-3deg:39"),
        (4527, "cgcs2000"),
        (4527, "EPSG:4527"),
    ],
)
def test_metres_in_a_zone(taken, epsg: int, crs: str) -> None:
    x, y = Transformer.from_crs(4490, epsg, always_xy=True).transform(116.77, 36.18)
    (record,) = taken([HEADERS, (*ROWS[0][:5], round(x, 3), round(y, 3))], crs=crs).records
    assert np.hypot(record.lon - 116.77, record.lat - 36.18) < 1e-6
    swapped = taken([HEADERS, (*ROWS[0][:5], round(y, 3), round(x, 3))], crs=crs)
    assert "颠倒" in swapped.faults[0].expected or "带号" in swapped.faults[0].expected


def test_metres_without_a_zone_are_not_guessed(taken) -> None:
    intake = taken([HEADERS, (*ROWS[0][:5], 479_000, 4_005_000)], crs="cgcs2000")
    assert "cgcs2000-3deg:117" in intake.faults[0].expected


def test_the_system_must_be_said_and_not_contradict(taken) -> None:
    missing = taken([HEADERS, *ROWS], crs="")
    assert ("坐标系" in missing.faults[0].row and not missing.proposals) or missing.faults
    with pytest.raises(RecordsError, match="gcj02"):
        missing.records  # noqa: B018
    assert not taken(gpkg_file(), crs="").faults
    wrong = taken(gpkg_file(("点", frame().to_crs(4548))), crs="gcj02")
    assert "矛盾" in wrong.faults[0].expected
    shifted = taken(gpkg_file(), crs="gcj02")
    assert any("gcj02" in remark.message for remark in shifted.remarks)
    assert shifted.records[0].lon != 116.77
    headed = [(*HEADERS[:5], "经度（GCJ-02）", "纬度（GCJ-02）"), ROWS[0]]
    assert taken(headed, crs="").records[0].lon != 116.77


def test_a_point_and_a_name_that_disagree_are_told(taken) -> None:
    intake = taken([HEADERS, ("甲", "东平县", "光伏", 5, "", 116.77, 36.18)])
    assert intake.records[0].district_codes == ("370983",)
    (remark,) = [each for each in intake.remarks if "请核对" in each.message]
    assert remark.where == "B2" and "泰安市·东平县" in remark.message


def test_a_point_outside_needs_a_name(taken) -> None:
    sea = (121.5, 38.0)
    assert "山东境内" in taken([HEADERS, ("甲", "", "风电", 5, "", *sea)]).faults[0].expected
    intake = taken([HEADERS, ("甲", "蓬莱区", "风电", 5, "", *sea)])
    assert any("海上" in remark.message for remark in intake.remarks) and intake.records


def test_a_tenfold_slip_is_told(taken) -> None:
    intake = taken([HEADERS, ("甲", "肥城市", "垃圾焚烧", "3000", "", "", "")])
    assert any("核对单位" in each.message and each.where == "D2" for each in intake.remarks)


def test_the_same_file_twice_adds_nothing(taken) -> None:
    first = taken([HEADERS, *ROWS])
    again = taken([HEADERS, *ROWS], existing=first.records)
    assert not again.records and len(again.skipped) == 2
    assert all("已导入过" in each.why for each in again.skipped)
    doubled = taken([HEADERS, *ROWS, ROWS[0]])
    assert len(doubled.records) == 2 and "第 2 行" in doubled.skipped[0].why


def test_a_changed_row_with_an_id_is_an_update(taken) -> None:
    def rows(mw: int) -> list[tuple[object, ...]]:
        return [("项目编号", *HEADERS), ("a-1", "甲", "肥城市", "光伏", mw, "", "", "")]

    (old,) = taken(rows(5)).records
    settled = replace(old, relation=Relation.NEW, counts_in="taian")
    intake = taken(rows(6), existing=[settled])
    (proposal,) = intake.proposals
    assert proposal.replaces and proposal.record.id == old.id
    assert proposal.record.counts_in == "taian" and proposal.record.capacity_mw == 6
    twice = taken([*rows(5), rows(6)[1]])
    assert "第 2 行" in twice.faults[0].expected.replace("row 2", "第 2 行")


def test_twins_are_found_and_decided(taken, registry: Registry) -> None:
    row = next(each for each in registry.projects if each.id == "taian-coal-01")
    listed = ("中兴电力东平2×100万千瓦超超临界燃煤电厂", "东平县", "煤电", "2000", "", "", "")
    intake = taken([HEADERS, listed, ("别的电厂", "新泰市", "煤电", "30", "", "", "")])
    (twin,) = [each for each in intake.twins if each.row == 2]
    assert twin.id == row.id and twin.score.name > 0.9 and twin.score.district == 1
    assert not [each for each in intake.twins if each.row == 3]
    text = "row,decision,part_of,counts_in\n2,part_of,taian-coal-01,\n3,new,,\n"
    settled = decide(intake, read_decisions(text, "决定.csv"), registry)
    assert [(each.relation, each.part_of, each.counts_in) for each in settled.records] == [
        (Relation.PART_OF, "taian-coal-01", ""),
        (Relation.NEW, "", "taian"),
    ]
    left = decide(intake, [Decision(2, Verdict.SKIP)], registry)
    assert (left.proposed_rows, len(left.skipped), left.twins) == (1, 1, ())
    wrong = [Decision(9, Verdict.OPEN), Decision(2, Verdict.PART_OF, "no-such")]
    assert len(decide(intake, wrong, registry).faults) == 2
    with pytest.raises(IntakeError, match="第 2 行"):
        read_decisions("row,decision\nx,skip\n", "决定.csv")


def test_a_mapping_survives_and_faults_where_it_does_not_fit(taken) -> None:
    sheet = open_sheet(csv_file(), "x")
    mapping = FileMapping(
        (("name", "项目名称"), ("capacity", "装机容量（MW）")),
        (("technology", "pv"), ("city", "泰安")),
        (("status", "封存", "shelved"),),
        (("市中区", "370402"),),
        "wgs84",
    )
    assert read_mapping(write_mapping(mapping), "x") == mapping
    assert fingerprint(sheet) == fingerprint(open_sheet(csv_file([HEADERS, ROWS[1]]), "y"))
    for text in ("[]", "{", '{"columns": 1}', '{"x": {}}', '{"columns": {"name": 1}}'):
        with pytest.raises(IntakeError):
            read_mapping(text, "x")
    wrong = taken([HEADERS, *ROWS], mapping=FileMapping((("nam", "x"), ("name", "没有"))))
    assert len(wrong.faults) == 2 and wrong.faulty_rows == 2


def test_an_unknown_word_is_settled_by_the_mapping(taken, registry: Registry) -> None:
    rows = [HEADERS, ("甲", "肥城市", "光伏", 5, "封存", "", "")]
    assert "在建" in taken(rows).faults[0].expected
    guessed = guess_mapping(
        open_sheet(csv_file(rows), "x"), IntakeKind.PROJECTS, Gazetteer(registry.districts)
    )
    mapping = replace(guessed, values=(("status", "封存", "shelved"),))
    assert taken(rows, mapping=mapping).records[0].status is Status.SHELVED
    wrong = replace(guessed, values=(("status", "封存", "nonsense"),))
    assert taken(rows, mapping=wrong).faults


def test_a_table_by_district(taken) -> None:
    rows = [
        ("县区", "负荷（MW）", "用电量（亿千瓦时）"),
        ("肥城市", "1，200.5", "-"),
        ("370923", 3, 2),
        ("合计", 9, 9),
    ]
    intake = taken(rows, kind="table", date="2025-12-31", source="某局")
    load, energy = intake.records
    assert isinstance(load, OwnTable) and isinstance(energy, OwnTable)
    assert (load.title, load.unit) == ("负荷", "MW")
    assert load.values == (("370923", Decimal(3)), ("370983", Decimal("1200.5")))
    assert (energy.unit, energy.values) == ("亿千瓦时", (("370923", Decimal(2)),))
    assert (intake.proposed_rows, len(intake.skipped)) == (2, 1)
    bad = [("县区", "负荷"), ("肥城市", 1), ("肥城", 2), ("无名", 3), ("东平县", "多")]
    found = taken(bad, kind="table", mapping=FileMapping((("district", "县区"), ("value", "负荷"))))
    assert {fault.row for fault in found.faults} >= {"A3", "A4", "B5", "全表 · whole file"}


def test_areas(taken) -> None:
    intake = taken(gpkg_file(("面", squares())), kind="area", crs="", title="红线")
    (area,) = intake.records
    assert isinstance(area, OwnArea) and area.title == "红线"
    assert [name for name, _ in area.shapes] == ["东区", "西区"]
    points = taken(gpkg_file(), kind="area", crs="")
    assert len(points.faults) == 2 and points.area is None
    nothing_said = taken(gpkg_file(("面", squares(None))), kind="area", crs="")
    assert nothing_said.faults and nothing_said.faulty_rows == 2
    swapped = squares().set_geometry(squares().affine_transform([0, 1, 1, 0, 0, 0]))
    assert "颠倒" in taken(gpkg_file(("面", swapped)), kind="area", crs="").faults[0].expected


@pytest.mark.parametrize("template", [csv_template, xlsx_template])
def test_a_template_reads_itself(taken, template) -> None:
    intake = taken(template())
    assert not intake.faults and not intake.records and "示例" in intake.skipped[0].why
    fields = {field for field, _ in intake.mapping.columns}
    assert {"name", "city", "district", "technology", "capacity", "lon", "lat"} <= fields


def test_formulas_of_a_row_stay_text(taken) -> None:
    data = xlsx_file([HEADERS, ("'=cmd()", "肥城市", "光伏", 5, "", "", "")])
    assert taken(data).records[0].name == "=cmd()"


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (("县区", "技术类型", "装机（MW）"), ["name"]),
        (("项目名称", "县区", "装机（MW）"), ["technology"]),
        (("项目名称", "技术类型", "装机（MW）"), ["district"]),
        (("序号", "备注一", "备注二"), ["name", "technology", "district"]),
    ],
)
def test_a_column_that_lacks_is_one_fault_of_the_file(
    taken, headers: tuple[str, ...], fields: list[str]
) -> None:
    """Ten thousand rows would each say that their cell is empty, and none where to mend it."""
    words = {"项目名称": "甲", "县区": "肥城市", "技术类型": "光伏", "装机（MW）": 5}
    rows = [[words.get(header, f"x{number}") for header in headers] for number in range(3)]
    intake = taken([headers, *rows])
    told = [each for each in intake.faults if each.row == "全表 · whole file"]
    assert [each.field for each in told] == fields and len(intake.faults) == len(fields)
    assert (intake.faulty_rows, intake.proposals) == (3, ())
    for fault in told:
        chinese, english = (fault.told(language).expected for language in ("zh", "en"))
        assert "请在“列对应”里选出" in chinese and "choose" in english


def test_a_layer_is_known_by_its_name(taken) -> None:
    headers = ("项目名称", "县区", "图层")
    intake = taken([headers, ("甲", "肥城市", "湿地碳汇"), ("乙", "肥城市", "wetland_sink")])
    assert {each.record.layer for each in intake.proposals} == {Layer.WETLAND_SINK}
    (fault,) = taken([headers, ("甲", "肥城市", "湿地的")]).faults
    assert "湿地碳汇" in fault.expected and "wetland_sink" not in fault.expected
