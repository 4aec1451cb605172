"""The words of a printed page: catalogue, labels, amounts and dates in one language and unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from capacity.check import Check
from geo.zones import zones
from layers.capacity_tables import district_name
from layers.own_words import own_word
from registry.own import USER
from registry.registry import Registry
from terms import messages
from terms.kinds import PlanStatus
from terms.language import Language
from terms.records import PlanRecord, Project
from terms.units import WATTS_PER_MW, PowerUnit, format_number, format_power, mw_to


@dataclass(frozen=True)
class Words:
    """How a page of one language and unit is worded."""

    registry: Registry
    language: Language
    unit: PowerUnit

    def t(self, key: str, /, **values: object) -> str:
        """The message for a key."""
        return messages.text(key, self.language, **values)

    def lab(self, kind: str, value: str | None) -> str:
        """The label of a member of a closed list."""
        return messages.label(kind, value, self.language)

    def code(self, row: Project, column: str, code: str) -> str:
        """What a code means in a row: no plan says what a user's row says."""
        return own_word(row.plan, column, code, self.language) or self.lab(column, code)

    def either(self, chinese: str, english: str) -> str:
        """Whichever of the two belongs to the language."""
        return chinese if self.language == "zh" else english

    def join(self, items: Iterable[str]) -> str:
        """Items of a list."""
        return self.t("word.list").join(items)

    def name(self, row: Project) -> str:
        """A row's name."""
        return self.either(row.name, row.name_en)

    def district(self, code: str) -> str:
        """A district's name, or its code where the boundaries lack it."""
        return district_name(self.registry, code, self.language)

    def districts(self, row: Project) -> str:
        """The districts that a row names; whether the list is open is said."""
        names = self.join(self.district(code) for code in row.district_codes)
        return names + (self.t("detail.list_open") if names and row.list_open else "")

    def title(self, plan: PlanRecord) -> str:
        """A document's title in the language."""
        return self.either(plan.title, plan.title_en)

    def document(self, plan: PlanRecord) -> str:
        """A document with its number and date, as far as printed, and the mark of a draft."""
        if plan.id == USER:
            return self.title(plan)
        parts = [part for part in (plan.document_number, plan.date) if part]
        title = self.title(plan)
        draft = self.lab("plan_status", PlanStatus.DRAFT)
        if plan.status is PlanStatus.DRAFT and draft.lower() not in title.lower():
            title = self.t("word.with_draft", name=title)
        said = self.t("brief.document", title=title)
        return self.t("brief.with", name=said, more=self.join(parts)) if parts else said

    def zone(self, row: Project) -> str:
        """The development zone of a row, in English where the table of zones knows it."""
        known = (zone for zone in zones() if zone.plan == row.plan)
        names = ((zone, (zone.name, zone.full_name, *zone.aliases)) for zone in known)
        english = next((zone.name_en for zone, said in names if row.zone in said), row.zone)
        return self.either(row.zone, english)

    def number(self, watts: int) -> str:
        """Watts as a bare number in the unit."""
        return format_number(mw_to(watts / WATTS_PER_MW, self.unit))

    def sketch(self, watts: int) -> str:
        """A share of a rule, rounded as on the page: more places would feign exactness."""
        value = mw_to(watts / WATTS_PER_MW, self.unit)
        return format_number(round(value, 2 if self.unit is PowerUnit.WAN_KW else 1))

    def power(self, watts: int) -> str:
        """Watts with the unit."""
        return format_power(
            watts / WATTS_PER_MW,
            self.unit,
            language=self.language,
            not_stated=self.t("word.not_stated"),
        )

    def amount(self, result: Check) -> Callable[[int], str]:
        """How a target's watts, or pieces, are written."""
        if result.measure.layer:
            unit = self.lab("entry_unit", result.target.unit)
            return lambda pieces: f"{format_number(pieces)} {unit}"
        return self.power

    def unit_name(self) -> str:
        """The unit of the bare numbers."""
        return self.lab("unit", self.unit)

    def day(self, day: date) -> str:
        """A date as the language writes it."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime: a month's name must not depend on the machine's locale.
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
