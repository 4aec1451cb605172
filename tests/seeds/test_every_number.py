"""Every number of the documents is accounted for, and every printed figure is in its clause."""

from __future__ import annotations

from functools import cache

import pytest

from geo.districts import load_districts
from seeds.loader import load_plans
from seeds.models import PlanFile
from terms.kinds import Operator, VoltageBasis, YearBasis
from tests.seeds.number_account.account import Account, account, misdated
from tests.seeds.number_account.clauses import PLANS, Clause, read_clauses
from tests.seeds.number_account.evidence import (
    Book,
    department_faults,
    row_faults,
    target_faults,
)
from tests.seeds.number_account.reasons import load_reasons
from tests.seeds.number_account.tokens import PHRASES

IDS = ("jining", "zaozhuang", "lixia", "taian", "binzhou")
needs_documents = pytest.mark.skipif(
    not PLANS.is_dir(), reason=f"the five documents are not here: ../shared/plans ({PLANS})"
)


@cache
def _plans() -> dict[str, PlanFile]:
    districts = load_districts()
    names = {code: districts.name(code) for code in districts.codes}
    return {plan.content.plan.id: plan.content for plan in load_plans(district_names=names)}


@cache
def _clauses(plan: str) -> tuple[Clause, ...]:
    return read_clauses((PLANS / f"{plan}.txt").read_text(encoding="utf-8"))


def _account(plan: PlanFile) -> Account:
    return account(plan, _clauses(plan.plan.id), load_reasons())


# The documents against the registry


@needs_documents
def test_each_plan_has_its_document():
    assert set(_plans()) == set(IDS) == {file.stem for file in PLANS.glob("*.txt")}


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_every_number_is_accounted_for(plan):
    result = _account(_plans()[plan])
    assert result.faults == []
    assert all(entry.by for entry in result.entries)


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_every_row_stands_in_the_clause_it_names(plan):
    assert list(row_faults(_plans()[plan], Book(plan, _clauses(plan)))) == []


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_every_target_says_what_its_clause_prints(plan):
    assert list(target_faults(_plans()[plan], Book(plan, _clauses(plan)))) == []
    assert list(misdated(_account(_plans()[plan]), _plans()[plan])) == []


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_the_lead_departments_are_those_printed_and_no_others(plan):
    assert list(department_faults(_plans()[plan], Book(plan, _clauses(plan)))) == []


# The account can fail


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_no_target_can_be_lost(plan):
    whole = _plans()[plan]
    unnoticed = [
        target.metric
        for target in whole.targets
        if not _account(
            whole.model_copy(update={"targets": tuple(t for t in whole.targets if t != target)})
        ).faults
    ]
    assert unnoticed == []


@needs_documents
@pytest.mark.parametrize("plan", IDS)
def test_no_row_with_a_figure_can_be_lost(plan):
    whole = _plans()[plan]
    unnoticed = [
        row.id
        for row in whole.projects
        if (row.capacity_printed or row.quantity_printed)
        and not _account(
            whole.model_copy(update={"projects": tuple(r for r in whole.projects if r != row)})
        ).faults
    ]
    assert unnoticed == []


@needs_documents
def test_no_station_of_a_counted_list_can_be_lost():
    whole = _plans()["binzhou"]
    rest = tuple(row for row in whole.projects if row.id != "binzhou-sub220-09")
    faults = _account(whole.model_copy(update={"projects": rest})).faults
    assert len(faults) == 1 and "6座: 5 rows" in faults[0]


@needs_documents
def test_a_figure_in_the_wrong_clause_accounts_for_nothing():
    whole = _plans()["lixia"]
    moved = tuple(
        target.model_copy(update={"source_section": "三（一）3"})
        if target.printed == "2万千瓦"
        else target
        for target in whole.targets
    )
    faults = _account(whole.model_copy(update={"targets": moved})).faults
    assert any("2万千瓦 does not stand alone in 三（一）3" in fault for fault in faults)
    assert any("三（一）2: nothing accounts for 2万千瓦" in fault for fault in faults)


@needs_documents
def test_a_target_with_the_year_of_its_neighbour_is_a_fault():
    whole = _plans()["lixia"]
    target = next(target for target in whole.targets if target.printed == "50%")
    swapped = target.model_copy(update={"year": 2030})
    others = tuple(other for other in whole.targets if other != target)
    changed = whole.model_copy(update={"targets": (swapped, *others)})
    assert list(misdated(_account(changed), changed)) == [
        "lixia rooftop_pv_coverage:2030: 50% stands after the year 2025"
    ]


@needs_documents
def test_a_number_added_to_a_document_is_noticed():
    clauses = (*_clauses("lixia"), Clause("三（一）2", "另建光伏发电7万千瓦"))
    faults = account(_plans()["lixia"], clauses, load_reasons()).faults
    assert len(faults) == 1 and "nothing accounts for 7万千瓦" in faults[0]


@needs_documents
def test_a_second_print_needs_a_second_figure():
    clauses = (*_clauses("lixia"), Clause("三（一）2", "再建光伏发电2万千瓦"))
    faults = account(_plans()["lixia"], clauses, load_reasons()).faults
    assert len(faults) == 1 and "nothing accounts for 2万千瓦" in faults[0]


@needs_documents
def test_a_reason_that_nothing_needs_is_a_fault():
    clauses = [clause for clause in _clauses("lixia") if clause.locator != "三（三）3"]
    faults = account(_plans()["lixia"], clauses, load_reasons()).faults
    assert faults == ["lixia 三（三）3 5G: a reason for 1, but 0 need one"]


@needs_documents
def test_every_set_phrase_that_is_passed_over_stands_in_a_document():
    text = "".join(clause.text for plan in IDS for clause in _clauses(plan))
    assert [phrase for phrase in PHRASES if phrase not in text] == []


def test_every_reason_names_one_of_the_plans():
    assert {reason.plan for reason in load_reasons()} <= set(IDS)


@pytest.mark.parametrize("entry", ["{why: habit, note: so}", "{why: date}"])
def test_a_reason_has_a_known_category_and_a_note(entry, tmp_path):
    file = tmp_path / "reasons.yaml"
    file.write_text(f"lixia:\n  一:\n    2030年: {entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lixia 一 2030年"):
        load_reasons(file)


@needs_documents
@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"owner": "济南西新热电有限公司"},
            "owner 济南西新热电有限公司 does not stand in 三（一）1",
        ),
        ({"township": "千佛山"}, "township 千佛山 does not stand"),
        ({"wording": "争取"}, "wording 争取 does not stand"),
        ({"name": "某某垃圾焚烧发电厂扩建"}, "hardly stands in 三（一）1"),
        ({"source_section": "三（一）9"}, "the document has no clause 三（一）9"),
        ({"by_year": 2025, "by_year_basis": YearBasis.PRINTED}, "the year 2025"),
        ({"voltage_kv": 500, "voltage_basis": VoltageBasis.PRINTED}, "500千伏 does not stand"),
    ],
)
def test_a_row_that_its_clause_does_not_bear_out_is_a_fault(changes, fault):
    whole = _plans()["lixia"]
    row = next(row for row in whole.projects if row.capacity_printed == "1.5万千瓦")
    changed = whole.model_copy(update={"projects": (row.model_copy(update=changes),)})
    found = list(row_faults(changed, Book("lixia", _clauses("lixia"))))
    assert any(fault in line for line in found), found


@needs_documents
@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"year": 2035}, "the year does not stand"),
        ({"base_year": 2005}, "the base year 2005"),
        ({"value": 12}, "value 12 for the print 12.3%以上"),
        ({"unit": "万吨"}, "unit 万吨 for the print"),
        ({"operator": Operator.EQUAL}, "operator = for the print"),
        ({"firm": False}, "not firm, but no 力争"),
        ({"source_section": "八"}, "the document has no clause 八"),
    ],
)
def test_a_target_that_its_clause_does_not_bear_out_is_a_fault(changes, fault):
    whole = _plans()["lixia"]
    target = next(target for target in whole.targets if target.printed == "12.3%以上")
    changed = whole.model_copy(update={"targets": (target.model_copy(update=changes),)})
    found = list(target_faults(changed, Book("lixia", _clauses("lixia"))))
    assert any(fault in line for line in found), found


@needs_documents
@pytest.mark.parametrize(
    ("kept", "fault"),
    [
        (("区住建局", "各街道", "区财政局"), "区财政局 does not stand there"),
        (("各街道",), "区住建局 is printed besides"),
        ((), "departments kept ()"),
    ],
)
def test_departments_that_a_clause_does_not_bear_out_are_a_fault(kept, fault):
    whole = _plans()["lixia"]
    changed = whole.model_copy(update={"clauses": {**whole.clauses, "三（四）2": kept}})
    found = list(department_faults(changed, Book("lixia", _clauses("lixia"))))
    assert any(fault in line for line in found), found
