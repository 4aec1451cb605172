"""The sums as tables with DESIGN section 8's columns: counties, ledger, check."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from capacity.allocate import allocate
from capacity.check import Check
from capacity.ledger import Entry, Reason, ledger
from capacity.rollup import Dimension, Total, roll_up
from capacity.splits import NO_SPLITS, Splits
from layers.check_words import rule_text
from registry.registry import Registry
from terms.columns import Row, cell
from terms.kinds import Technology
from terms.language import Language
from terms.messages import text
from terms.selection import AllocationRule
from terms.units import WATTS_PER_MW, format_number


def district_rows(
    registry: Registry,
    *,
    rule: AllocationRule = "none",
    splits: Splits = NO_SPLITS,
    inferred: bool = True,
    rows: Collection[str] | None = None,
    language: Language = "zh",
) -> Iterator[Row]:
    """One row per plan, district and technology; the rest of a plan has an empty code.

    There `located_mw` is what is known only to the city, `shared_mw` what the rule leaves unsplit.
    What lies outside the city stands under the foreign code. Empty MW: no row states any.
    """
    totals = roll_up(
        registry,
        allocate(registry, rule=rule, splits=splits, inferred=inferred),
        ledger(registry, inferred=inferred),
        by=(Dimension.PLAN, Dimension.DISTRICT, Dimension.TECHNOLOGY),
        rows=rows,
    )
    plans = {plan.id: place for place, plan in enumerate(registry.groups)}
    technologies = {each.value: place for place, each in enumerate(Technology)}

    def order(key: tuple[str, ...]) -> tuple[int, bool, str, int]:
        plan, code, technology = key
        return plans[plan], not code, code, technologies[technology]

    for key in sorted(totals, key=order):
        plan, code, technology = key
        total = totals[key]
        name = district_name(registry, code, language) if code else text("place.rest", language)
        yield {
            "plan": plan,
            "district_code": code or None,
            "district": name,
            "technology": technology,
            "located_mw": _mw(total.located_w + total.outside_w + total.unallocated_w, total),
            "shared_mw": _mw(total.shared_w + total.unsplit_w, total),
            "rows": len(total.rows),
        }


def ledger_rows(registry: Registry, entries: Iterable[Entry]) -> Iterator[Row]:
    """One row per ledger entry; where the plan states no MW all three stay empty."""
    for entry in entries:
        states = entry.gross_w is not None
        yield {
            "id": entry.id,
            "name": registry.by_id[entry.id].name,
            "technology": entry.technology.value,
            "gross_mw": cell(_to_mw(entry.gross_w)) if entry.gross_w is not None else None,
            "counted_mw": cell(_to_mw(entry.counted_w)) if states else None,
            "excluded_mw": cell(_to_mw(entry.excluded_w)) if states else None,
            "reason": None if entry.reason is Reason.NONE else entry.reason.value,
        }


def check_rows(results: Iterable[Check], *, language: Language = "zh") -> Iterator[Row]:
    """One row per mapped target, all amounts in the target's own unit; reasons joined by `;`."""
    for result in results:
        target, listed, unit = result.target, result.pipeline, result.in_unit
        existing = result.existing

        def amount(base: int, result: Check = result) -> str:
            return f"{format_number(result.in_unit(base) or 0)} {result.target.unit}"

        yield {
            "plan": target.plan,
            "metric": target.metric,
            "year": target.year,
            "operator": target.operator.value,
            "target": cell(target.value),
            "unit": target.unit,
            "nature": target.nature.value,
            "installed": cell(unit(existing.amount)) if existing else None,
            "installed_date": result.existing_date or None,
            "named": cell(unit(listed.named)),
            "programme": cell(unit(listed.programme)),
            "pipeline_low": cell(unit(listed.low)),
            "pipeline_high": cell(unit(listed.high)),
            "open_ended": bool(listed.open_rows),
            "needed_installed": cell(unit(result.needed_installed)),
            "gap": cell(unit(result.finding.gap)),
            "verdict": result.verdict.value,
            "reasons": ";".join(cause.value for cause in result.causes) or None,
            "rule": rule_text(result, language, amount),
        }


def line_rows(registry: Registry, results: Iterable[Check]) -> Iterator[Row]:
    """One row per line of each target's ledger, in the target's own unit."""
    for result in results:
        for line in result.pipeline.lines:
            row, unit = registry.by_id[line.row], result.in_unit
            yield {
                "plan": result.target.plan,
                "metric": result.target.metric,
                "year": result.target.year,
                "unit": result.target.unit,
                "id": row.id,
                "name": row.name,
                "gross": cell(unit(line.gross)),
                "low": cell(unit(line.low)),
                "high": cell(unit(line.high)),
                "running": cell(unit(line.running)),
                "standing": line.standing.value,
                "doubts": ";".join(line.doubts) or None,
                "source_section": row.source_section,
                "source_item": cell(row.source_item),
            }


def district_name(registry: Registry, code: str, language: Language) -> str:
    """A district's name, or the code where the boundaries do not have it."""
    return registry.districts.name(code, language) if registry.districts.has(code) else code


def _mw(watts: int, total: Total) -> float | int | None:
    value = cell(_to_mw(watts)) if total.stated else None
    return value if isinstance(value, int | float) else None


def _to_mw(watts: int) -> Decimal:
    return Decimal(watts) / WATTS_PER_MW
