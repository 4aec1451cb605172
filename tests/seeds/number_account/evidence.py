"""The other way round: what the registry says is printed, looked for in the clause it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seeds.models import PlanFile, ProjectRow, TargetRow
from terms.kinds import Operator, VoltageBasis, YearBasis
from tests.seeds.number_account.clauses import Clause, covers, plain
from tests.seeds.number_account.figures import places

# In one document each task is laid on every subdistrict, said once, in its first clause.
_SAID_ONCE = {"lixia": ("各街道", "三（一）1")}
_PERIODS = {2025: "十四五", 2030: "十五五"}
_OPERATORS = {
    "不低于": Operator.AT_LEAST,
    "以上": Operator.AT_LEAST,
    "超过": Operator.MORE_THAN,
    "突破": Operator.MORE_THAN,
    "左右": Operator.ABOUT,
    "以下": Operator.AT_MOST,
    "小于": Operator.LESS_THAN,
}
_BRACKET = re.compile(r"[(〔]((?:[^()〔〕]|\([^()]*\))*)[)〕]")
_DUTIES = re.compile(
    r"责任(?:单位|部门):|等?按职责分工负责|负责|落实|以下各项任务均需|不再一一列出|[、,。]"
)
# A name is worded for the reader (…至…, …与…, 等地), so a tenth of it need not be printed.
_NAME_PRINTED = 0.9


class Book:
    """A document's clauses, read by locator."""

    def __init__(self, plan: str, clauses: Iterable[Clause]) -> None:
        self.plan = plan
        self.clauses = tuple(clauses)

    def text(self, locator: str) -> str:
        """The text of every clause that a locator names; empty if there is none."""
        return "\n".join(c.text for c in self.clauses if covers(locator, c.locator))

    def text_of(self, row: ProjectRow) -> str:
        """The text of all clauses that a row names."""
        return "\n".join(self.text(place) for place in places(row))

    def heading(self, row: ProjectRow) -> str:
        """The title of a row's sidebar, whose 重点项目 may be all the verb that its items have."""
        return next((c.text for c in self.clauses if c.locator == row.source_section), "")


def row_faults(plan: PlanFile, book: Book) -> Iterator[str]:
    """Clauses that do not exist, and words of a row that its clauses do not print."""
    for row in plan.projects:
        for place in filter(None, (*places(row), row.capacity_source)):
            if not book.text(place):
                yield f"{row.id}: the document has no clause {place}"
        text = book.text_of(row)
        for column in ("owner", "township", "zone"):
            for part in filter(None, plain(getattr(row, column)).split("、")):
                if part not in text:
                    yield f"{row.id}: {column} {part} does not stand in {', '.join(places(row))}"
        if not _says(text + book.heading(row), plain(row.wording)):
            yield f"{row.id}: wording {row.wording} does not stand in {', '.join(places(row))}"
        if _share_printed(plain(row.name), text) < _NAME_PRINTED:
            yield f"{row.id}: its name {row.name} hardly stands in {', '.join(places(row))}"
        yield from _row_number_faults(row, text)


def _row_number_faults(row: ProjectRow, text: str) -> Iterator[str]:
    if row.voltage_basis is VoltageBasis.PRINTED and f"{row.voltage_kv}千伏" not in text:
        yield f"{row.id}: {row.voltage_kv}千伏 does not stand in {', '.join(places(row))}"
    year = row.by_year
    printed = {YearBasis.PRINTED: f"{year}年", YearBasis.PERIOD: _PERIODS.get(year or 0, "?")}
    if printed.get(row.by_year_basis, "") not in text:
        yield f"{row.id}: the year {year} ({row.by_year_basis}) does not stand in its clauses"


def _says(text: str, wording: str) -> bool:
    """Whether a verb stands in a text, whole or in pairs around what it governs (支持…争创)."""
    pairs = re.findall("..?", wording)
    return wording in text or re.search("[^。\n]*".join(pairs), text) is not None


def _share_printed(name: str, text: str) -> float:
    """The share of a name's characters that stand in a text with a neighbour."""
    printed = set()
    for index in range(len(name) - 1):
        if name[index : index + 2] in text:
            printed |= {index, index + 1}
    return len(printed) / len(name)


def target_faults(plan: PlanFile, book: Book) -> Iterator[str]:
    """Targets whose year, base year, value, unit, operator or 力争 their clause does not print."""
    for target in plan.targets:
        label = f"{plan.plan.id} {target.metric}:{target.year}"
        text = book.text(target.source_section)
        if not text:
            yield f"{label}: the document has no clause {target.source_section}"
        period = _PERIODS.get(target.year, "?")
        if f"{target.year}年" not in text and period not in text:
            yield f"{label}: the year does not stand in {target.source_section}"
        if target.base_year and not re.search(f"[比较]{target.base_year}年", text):
            yield f"{label}: the base year {target.base_year} does not stand there"
        yield from (f"{label}: {fault}" for fault in _print_faults(target, text))


def _print_faults(target: TargetRow, text: str) -> Iterator[str]:
    printed = plain(target.printed)
    number = re.search(r"\d+(?:\.\d+)?", printed)
    value = number[0] if number else "100"
    if value != str(target.value):
        yield f"value {target.value} for the print {target.printed}"
    if number and not printed[number.end() :].startswith(plain(target.unit)):
        yield f"unit {target.unit} for the print {target.printed}"
    operators = [found for word, found in _OPERATORS.items() if word in printed]
    if target.operator != (operators[0] if operators else Operator.EQUAL):
        yield f"operator {target.operator} for the print {target.printed}"
    sentences = [s.partition(printed)[0] for s in text.split("。") if printed in s]
    if not target.firm and not any("力争" in before for before in sentences):
        yield "not firm, but no 力争 stands before it in its sentence"
    if target.firm and any("力争" in re.split("[,;]", before)[-1] for before in sentences):
        yield "firm, but 力争 stands right before it"


def department_faults(plan: PlanFile, book: Book) -> Iterator[str]:
    """Lead departments that a clause does not print, or that it prints and the plan leaves out."""
    named = {row.source_section for row in plan.projects} | {
        target.source_section for target in plan.targets
    }
    for place in sorted(named | set(plan.clauses)):
        bracket = _duties(book.text(place)) if not place.startswith("专栏") else ""
        kept = plan.clauses.get(place, ())
        if bool(bracket) != bool(kept):
            yield f"{plan.plan.id} {place}: departments kept {kept}, printed {bracket or 'none'}"
        for department in sorted(map(plain, kept), key=len, reverse=True):
            once, where = _SAID_ONCE.get(plan.plan.id, ("", ""))
            if department not in bracket and (department != once or once not in book.text(where)):
                yield f"{plan.plan.id} {place}: {department} does not stand there"
            bracket = bracket.replace(department, "")
        if rest := _DUTIES.sub("", bracket):
            yield f"{plan.plan.id} {place}: {rest} is printed besides"


def _duties(text: str) -> str:
    """The last bracket of a clause that says who is responsible, without its set phrases."""
    brackets = [found for found in _BRACKET.findall(text) if re.search("责任|负责", found)]
    return re.sub(r"^责任(?:单位|部门):", "", brackets[-1]) if brackets else ""
