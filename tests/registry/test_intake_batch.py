"""What an intake becomes: drafts, rows that come again, the mapping that is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.intake.batch import book_after, drafts_of, mapping_draft, past_of, remembered
from registry.intake.decisions import Decision, Verdict, decide, read_decisions
from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping, likely_kind
from registry.intake.mapping import FileMapping, IntakeKind
from registry.intake.open import open_sheet
from registry.intake.past import NO_PAST, Past
from registry.intake.proposal import Intake
from registry.intake.sheet import Sheet
from registry.intake.take_in import take_in
from registry.intake.template import table_template
from registry.intake.twins import _BLOCK
from registry.intake.unsettled import shared_names, unknown_words
from registry.registry import Registry
from store.drafts import Add, Edit, Restore
from store.store import Store, open_store
from terms.errors import IntakeError
from terms.kinds import LandMode, Relation, Status
from tests.keeping import person

HEADERS = "编号,项目名称,县区,技术类型,装机（MW）,状态,用地,经度,纬度"
ROW = "1,甲光伏,肥城市,光伏,100,在建,,,"


def sheet(*rows: str, headers: str = HEADERS) -> Sheet:
    return open_sheet("\n".join((headers, *rows)).encode(), "清单.csv")


@pytest.fixture
def names(registry: Registry) -> Gazetteer:
    return Gazetteer(registry.districts)


@pytest.fixture
def read(registry: Registry, names: Gazetteer):
    def run(*rows: str, past: Past = NO_PAST, headers: str = HEADERS, **changes: object) -> Intake:
        found = sheet(*rows, headers=headers)
        mapping = guess_mapping(found, IntakeKind.PROJECTS, names)
        mapping = replace(mapping, **changes)  # type: ignore[arg-type]
        return take_in(
            found,
            mapping,
            kind=IntakeKind.PROJECTS,
            registry=registry,
            gazetteer=names,
            past=past,
        )

    return run


@pytest.fixture
def store(own_home) -> Store:
    return open_store()


def write(store: Store, intake: Intake, past: Past) -> str:
    drafts = list(drafts_of(intake, store.entries("project"), past))
    learnt = mapping_draft(store.entries("mapping"), intake)
    drafts += [learnt] if learnt else []
    return store.apply(person(), drafts, why="x", imported=True)


def test_a_row_that_was_withdrawn_is_told_and_brought_back_on_request(read, store: Store) -> None:
    first = read(ROW)
    batch = write(store, first, NO_PAST)
    store.undo(person(), batch, why="y")
    past = past_of(store, IntakeKind.PROJECTS)
    again = read(ROW, past=past)
    assert not again.proposals and "曾导入、后撤回" in again.skipped[0].why
    back = read(ROW.replace("100", "120"), past=replace(past, restores=True))
    (draft,) = drafts_of(back, store.entries("project"), past)
    assert back.proposals[0].returns and isinstance(draft, Restore)
    write(store, back, past)
    assert [each.capacity_mw for each in store.book().projects] == [120]
    assert book_after(store.book(), back).projects == store.book().projects


def test_what_comes_back_keeps_how_it_was_settled(read, store: Store, registry: Registry) -> None:
    """A row that was part of a listed one would count twice if it came back as open."""
    decisions = [Decision(2, Verdict.PART_OF, "taian-caes-01"), Decision(3, Verdict.NEW)]
    rows = (ROW, "2,乙光伏,东平县,光伏,10,在建,,,", "3,丙光伏,宁阳县,光伏,5,,,,")
    first = decide(read(*rows), decisions, registry)
    store.undo(person(), write(store, first, NO_PAST), why="y")
    past = past_of(store, IntakeKind.PROJECTS, restores=True)
    back = read(rows[0].replace("100", "120"), *rows[1:], past=past)
    assert all(each.returns for each in back.proposals) and not back.faults
    part, new, still_open = (each.record for each in back.proposals)
    assert (part.relation, part.part_of) == (Relation.PART_OF, "taian-caes-01")
    assert (new.relation, new.counts_in) == (Relation.NEW, "taian")
    assert still_open.relation is Relation.OPEN and part.capacity_mw == 120
    assert [each.is_settled for each in back.proposals] == [True, True, False]
    told = " ".join(each.message for each in back.remarks)
    assert "属于 taian-caes-01" in told and "泰安市方案之外新增" in told and "100 → 120" in told
    said = decide(back, [Decision(2, Verdict.OPEN)], registry)  # a person's word stands above it
    assert said.proposals[0].record.relation is Relation.OPEN
    write(store, back, past)
    assert store.book().projects[0].part_of == "taian-caes-01"


def test_what_comes_back_without_its_whole_is_open_and_told(
    read, store: Store, registry: Registry
) -> None:
    rows = (ROW, "2,乙光伏,肥城市,光伏,10,在建,,,")
    whole = read(*rows).proposals[0].record.id
    first = decide(read(*rows), [Decision(3, Verdict.PART_OF, whole)], registry)
    store.undo(person(), write(store, first, NO_PAST), why="y")
    past = past_of(store, IntakeKind.PROJECTS, restores=True)
    together = read(*rows, past=past)
    assert together.proposals[1].record.part_of == whole
    alone = read(rows[1], past=past)
    assert alone.proposals[0].record.relation is Relation.OPEN
    assert any(f"{whole} 已不在" in each.message for each in alone.remarks)


def test_another_project_under_a_withdrawn_id_comes_in_as_open(
    read, store: Store, registry: Registry
) -> None:
    first = decide(read(ROW), [Decision(2, Verdict.NEW)], registry)
    store.undo(person(), write(store, first, NO_PAST), why="y")
    past = past_of(store, IntakeKind.PROJECTS, restores=True)
    other = read("1,远处风电,博兴县,风电,50,在建,,,", past=past)
    assert other.proposals[0].record.relation is Relation.OPEN
    assert any("不是同一项目" in each.message for each in other.remarks)


def test_what_is_the_same_is_left_alone(read, store: Store) -> None:
    write(store, read(ROW), NO_PAST)
    past = past_of(store, IntakeKind.PROJECTS)
    changed = read(ROW.replace("100", "120"), "2,乙光伏,肥城市,光伏,1,在建,,,", past=past)
    edit, add = drafts_of(changed, store.entries("project"), past)
    assert isinstance(edit, Edit) and isinstance(add, Add)
    assert len(book_after(store.book(), changed).projects) == 2


def test_the_mapping_is_remembered_without_the_day(read, store: Store) -> None:
    said = (("source", "某局"), ("status_date", "2025-12-31"))
    intake = read(ROW, constants=said)
    write(store, intake, NO_PAST)
    entries = store.entries("mapping")
    found = remembered(entries, sheet(ROW), IntakeKind.PROJECTS)
    assert found == replace(intake.mapping, constants=said[:1])
    assert remembered(entries, sheet("x,1", headers="a,b"), IntakeKind.PROJECTS) is None
    assert mapping_draft(entries, intake) is None
    other = replace(
        intake, mapping=replace(intake.mapping, values=(("status", "封存", "shelved"),))
    )
    assert isinstance(mapping_draft(entries, other), Edit)
    assert remembered(entries, sheet(ROW), IntakeKind.AREA) is None  # it does not fit


def test_the_reference_system_is_said_anew_for_every_file(read, store: Store) -> None:
    """The next file with the same header may come from an office that uses another one."""
    row = "1,甲光伏,肥城市,光伏,100,在建,,116.77,36.18"
    write(store, read(row, crs="gcj02"), NO_PAST)
    found = remembered(store.entries("mapping"), sheet(row), IntakeKind.PROJECTS)
    assert found is not None and found.crs == ""


def test_another_office_with_the_same_ids_replaces_nothing(read, store: Store) -> None:
    write(store, read(ROW), NO_PAST)
    past = past_of(store, IntakeKind.PROJECTS)
    other = read("1,乙风电,邹城市,风电,30,在建,,,", past=past)
    assert not other.proposals and "别处的“甲光伏”" in other.faults[0].expected
    renamed = read("1,甲光伏一期,肥城市,光伏,100,在建,,,", past=past)
    assert not renamed.faults and renamed.remarks[0].message.startswith(
        "项目名称 甲光伏 → 甲光伏一期 · "
    )
    moved = read("1,甲光伏,邹城市,光伏,100,在建,,,", past=past)
    assert not moved.faults and moved.proposals[0].replaces


def test_a_file_without_a_column_takes_nothing_away(read, store: Store) -> None:
    """A list with numbers and MW alone must not undo the status, the owner and the place."""
    write(store, read("1,甲光伏,肥城市,光伏,100,在建,,116.77,36.18", crs="wgs84"), NO_PAST)
    past = past_of(store, IntakeKind.PROJECTS)
    short = read("1,甲光伏,肥城市,光伏,120", past=past, headers=HEADERS.rsplit(",", 4)[0])
    (record,) = short.records
    assert record.capacity_mw == 120 and record.status is Status.CONSTRUCTION
    assert (record.lon, record.lat, record.precision) == (116.77, 36.18, "site")
    assert "装机容量 100 → 120 · " in short.remarks[0].message
    rows = ("1,甲光伏,肥城市,光伏,100,,,116.77,36.18", "2,乙光伏,肥城市,光伏,1,在建,,,")
    emptied = read(*rows, past=past, crs="wgs84")
    assert "项目状态 在建 → — · " in emptied.remarks[0].message
    assert emptied.records[0].status is None  # a column that is there and empty says so


def test_decisions_on_rows_left_out_say_why(read, store: Store, registry: Registry) -> None:
    write(store, read(ROW), NO_PAST)
    intake = read(ROW, past=past_of(store, IntakeKind.PROJECTS))
    assert not decide(intake, [Decision(2, Verdict.SKIP)], registry).faults
    (fault,) = decide(intake, [Decision(2, Verdict.NEW)], registry).faults
    assert "已导入过" in fault.expected and " · " in fault.expected
    with pytest.raises(IntakeError, match="row 应为行号"):
        read_decisions("row,decision\n²,skip\n", "决定.csv")


def test_a_part_larger_than_its_whole_is_told(read, registry: Registry) -> None:
    intake = read("1,甲储能,肥城市,压缩空气储能,5000,在建,,,")
    part = Decision(2, Verdict.PART_OF, part_of="taian-caes-04")
    told = [each.message for each in decide(intake, [part], registry).remarks]
    assert any("5,000 MW 大于它所属的 taian-caes-04（300 MW）" in each for each in told)
    both = read("1,甲储能,肥城市,压缩空气储能,50,,,,", "2,乙储能,肥城市,压缩空气储能,60,,,,")
    inside = Decision(3, Verdict.PART_OF, part_of=both.proposals[0].record.id)
    (told_within,) = decide(both, [inside], registry).remarks  # of a row of the same file
    assert "60 MW 大于它所属的" in told_within.message
    fits = read("1,甲储能,肥城市,压缩空气储能,300,在建,,,")
    assert not any("大于" in each.message for each in decide(fits, [part], registry).remarks)


def test_before_the_system_is_known_no_county_is_judged(read) -> None:
    row = "1,甲光伏,没有这个县,光伏,100,在建,,116.77,36.18"
    intake = read(row)
    assert [fault.field for fault in intake.faults] == ["crs"] and intake.faulty_rows == 0
    assert not read(row, crs="wgs84").faults
    assert read(row.replace("116.77,36.18", ",")).faults[0].found == "没有这个县"


def test_words_and_shared_names_are_settled_once(read, names: Gazetteer) -> None:
    rows = ("1,甲,市中区,光伏,100,封存,月球,,", "2,乙,市中区,光伏,10,封存,屋顶,,")
    found = sheet(*rows)
    mapping = guess_mapping(found, IntakeKind.PROJECTS, names)
    told = [(each.field, each.word, each.rows) for each in unknown_words(found, mapping)]
    assert told == [("status", "封存", 2), ("land_mode", "月球", 1)]
    (name,) = shared_names(found, mapping, names)
    assert (name.name, name.candidates, name.rows) == ("市中区", ("370103", "370402"), 2)
    values = (("status", "封存", "shelved"), ("land_mode", "月球", "-"))
    intake = read(*rows, values=values, choices=(("市中区", "370402"),))
    first, second = intake.records
    assert first.status is Status.SHELVED and first.district_codes == ("370402",)
    assert first.land_mode is None and second.land_mode is LandMode.ROOFTOP
    ignored = read(
        *rows, values=(("status", "封存", "-"), values[1]), choices=(("市中区", "370402"),)
    )
    assert ignored.records[0].status is None
    wrong = read(*rows, values=(*values[:1], ("land_mode", "月球", "moon")))
    assert any(fault.found == "月球" for fault in wrong.faults)


def test_new_where_no_plan_governs_counts_in_none(read, registry: Registry) -> None:
    intake = read("1,甲光伏,张店区,光伏,100,在建,,,")
    settled = decide(intake, [Decision(2, Verdict.NEW)], registry)
    assert settled.records[0].relation is Relation.OPEN
    assert any("没有方案管辖" in each.message for each in settled.remarks)


def test_a_row_may_be_part_of_another_row_of_its_file(read, registry: Registry) -> None:
    intake = read(ROW, "2,甲光伏二期,肥城市,光伏,50,在建,,,")
    whole = intake.proposals[0].record.id
    part = Decision(3, Verdict.PART_OF, whole)
    assert decide(intake, [part], registry).records[1].part_of == whole
    left_out = decide(intake, [part, Decision(2, Verdict.SKIP)], registry)
    assert left_out.faults and left_out.faults[0].found == whole


def test_a_block_too_large_for_pairs_is_told(read) -> None:
    rows = [f"{n},光伏{n}号,肥城市,光伏,1,在建,,," for n in range(_BLOCK + 1)]
    remarks = [each.message for each in read(*rows).remarks if "只比较相同的名称" in each.message]
    assert len(remarks) == 1 and str(_BLOCK + 1) in remarks[0]


def test_what_a_file_most_likely_is(names: Gazetteer, registry: Registry) -> None:
    assert likely_kind(sheet(ROW), names) is IntakeKind.PROJECTS
    table = sheet("370983,5", "370923,6", headers="代码,负荷（MW）")
    assert likely_kind(table, names) is IntakeKind.TABLE
    filled = table_template(registry.districts).decode("utf-8-sig").replace("区,\r", "区,3\r")
    found = open_sheet(filled.encode(), "t.csv")
    assert likely_kind(found, names) is IntakeKind.TABLE
    mapping = guess_mapping(found, IntakeKind.TABLE, names)
    assert mapping.headers("value") == ("最大负荷（万千瓦）",)
    assert FileMapping() != mapping and len(found.rows) == len(registry.districts.codes)


def test_numbers_that_look_like_half_a_place_are_none(names: Gazetteer) -> None:
    for cells, fields in (("36.5", set()), ("120", set()), ("116.8,35.5", {"lon", "lat"})):
        headers = ",".join(["名称", "县区", "技术", *"甲乙"[: len(cells.split(","))]])
        found = guess_mapping(
            sheet(f"某光伏,兖州区,光伏,{cells}", headers=headers), IntakeKind.PROJECTS, names
        )
        assert {name for name, _ in found.columns} - {"name", "district", "technology"} == fields
