"""A real spreadsheet that nobody here made: 714 coal units, English, with stated counties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping
from registry.intake.mapping import IntakeKind
from registry.intake.open import open_sheet
from registry.intake.proposal import Intake
from registry.intake.take_in import take_in
from registry.registry import Registry
from terms.kinds import Precision, Status

FILE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "gem_coal_shandong.xlsx"
DISAGREE, UNKNOWN = 36, 77  # stated elsewhere; named in no spelling of a county of Shandong
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason=f"{FILE.name} is not beside the project: ../shared/reference/"
)


@pytest.fixture(scope="module")
def intake(registry: Registry) -> Intake:
    """The file with the one thing it does not say, and the one word that a person must settle."""
    sheet = open_sheet(FILE.read_bytes(), FILE.name)
    guessed = guess_mapping(sheet, IntakeKind.PROJECTS, Gazetteer(registry.districts))
    mapping = replace(
        guessed.with_constants({"technology": "coal", "source": "GEM 2024-07"}),
        values=(("status", "mothballed", "shelved"),),
        crs="wgs84",
    )
    return take_in(sheet, mapping, kind=IntakeKind.PROJECTS, registry=registry)


def test_every_unit_is_proposed(intake: Intake) -> None:
    assert not intake.faults and intake.proposed_rows == len(intake.records) == 714


def test_what_the_units_say(intake: Intake) -> None:
    records = [each.record for each in intake.proposals]
    counts = Counter(each.status for each in records)
    assert counts[Status.OPERATING] == 396 and counts[Status.RETIRED] == 206
    assert counts[Status.PROPOSED] == 18 and counts[Status.SHELVED] == 4
    assert Counter(each.precision for each in records) == {
        Precision.SITE: 663,
        Precision.TOWNSHIP: 51,
    }
    first = records[0]
    assert (first.capacity_mw, first.capacity_printed) == (Decimal(35), "35MW")
    assert (first.by_year, first.source_row) == (2001, "2 · G100000115274")


def test_every_unit_lies_in_a_district_and_few_elsewhere_than_stated(intake: Intake) -> None:
    assert all(len(each.record.district_codes) == 1 for each in intake.proposals)
    told = Counter("请核对" in each.message for each in intake.remarks)
    unknown = sum("不是山东" in each.message for each in intake.remarks)
    assert (told[True], unknown) == (DISAGREE, UNKNOWN)
