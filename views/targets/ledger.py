"""The ledger under a target: every row that counts, every row that does not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from capacity.check import Check, Rules, divided
from capacity.existing import amount as figure_amount
from capacity.existing import figures_aside, figures_for
from capacity.ledger import Reason
from capacity.standing import Line, Standing
from registry.registry import Registry
from terms.kinds import Nature, Technology
from terms.units import format_number
from views import selection
from views.amounts import amounts_of
from views.link import link_of
from views.targets.card import verdict_chip
from views.words import esc, lab, t

_ORDER = tuple(Standing)
_COUNTED = (Standing.NAMED, Standing.PROGRAMME, Standing.HIGH_ONLY, Standing.OPEN, Standing.WITHIN)


def draw_ledger(registry: Registry, result: Check, rules: Rules) -> None:
    """Draw what the target counts, its lines, and what to keep in mind."""
    st.html(
        f'<div class="fg-ledger">{_terms(registry, result)}{_table(registry, result)}'
        f"{_causes(result)}{_other_convention(registry, result, rules)}"
        f"{_history(registry, result)}{_aside(registry, result, rules)}</div>"
    )


def _terms(registry: Registry, result: Check) -> str:
    """What the target's word covers and how it is held."""
    target = result.target
    words = [t("targets.nature", name=lab("nature", target.nature))]
    if result.measure.layer:
        words.append(t("targets.counts", name=lab("layer", result.measure.layer)))
    else:
        names = [lab("technology", each) for each in Technology if each in result.measure.includes]
        basis = lab("includes_basis", target.includes_basis)
        joined = t("word.comma").join(names)
        words.append(t("targets.includes", names=joined, basis=basis))
    if target.scope in registry.by_id:
        words.append(t("targets.scope", name=_name(registry, target.scope)))
    if target.nature is Nature.INCREMENT and target.period_start:
        words.append(t("targets.period", year=target.period_start))
    departments = t("word.comma").join(target.departments)
    words.append(t("targets.departments", names=departments or t("word.not_stated")))
    if target.note:
        words.append(target.note)
    return "".join(f"<p>{esc(each)}</p>" for each in words)


def _table(registry: Registry, result: Check) -> str:
    lines = sorted(result.pipeline.lines, key=lambda line: _ORDER.index(line.standing))
    if not lines:
        return f'<p class="fg-empty">{esc(t("targets.no_lines"))}</p>'
    columns = ("row", "printed", "low", "high", "how", "year", "source")
    head = "".join(f"<th>{esc(t(f'targets.col_{name}'))}</th>" for name in columns)
    body = "".join(_row(registry, result, line) for line in lines)
    low, high = _sums(result)
    total = (
        f'<tr class="fg-sum"><th scope="row">{esc(t("targets.sum"))}</th><td></td>'
        f"<td>{esc(low)}</td><td>{esc(high)}</td><td></td><td></td><td></td></tr>"
    )
    return (
        f'<div class="fg-scroll" tabindex="0">'
        f'<table class="fg-lines"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}{total}</tbody></table></div><small>{esc(t('targets.ledger_note'))}</small>"
    )


def _sums(result: Check) -> tuple[str, str]:
    """Both sums; unknown is not zero, and an open end is no sum."""
    amount, listed = amounts_of(result), result.pipeline
    if not listed.high and listed.open_rows:
        return t("word.not_stated"), t("word.not_stated")
    high = amount(listed.high)
    return amount(listed.low), t("targets.sum_open", value=high) if listed.open_rows else high


def _row(registry: Registry, result: Check, line: Line) -> str:
    row, amount = registry.by_id[line.row], amounts_of(result)
    printed = row.capacity_printed or row.quantity_printed or t("word.not_stated")
    address = link_of(replace(selection.current(), focus=row.id, plans=(), layers=()))
    counts = line.standing in _COUNTED
    low = amount(line.low) if line.low else ""
    high = amount(line.high) if line.high else ""
    source = f"{row.source_section} {row.source_item}".strip()
    style = "" if counts else ' class="fg-left-out"'
    missing = ' class="fg-missing"' if line.gross is None else ""
    return (
        f'<tr{style}><th scope="row"><a href="{esc(address)}" target="_self">'
        f"{esc(_name(registry, row.id))}</a></th><td{missing}>{esc(printed)}</td>"
        f"<td>{esc(low)}</td><td>{esc(high)}</td><td>{esc(_how(result, line))}</td>"
        f"<td>{esc(_year(registry, line))}</td><td>{esc(source)}</td></tr>"
    )


def _how(result: Check, line: Line) -> str:
    """The standing of a line with its doubts, its remainder and what runs of it."""
    amount = amounts_of(result)
    if line.standing is Standing.LEFT_OUT and line.why is not Reason.NONE:
        return t(f"capacity.reason_{line.why}")
    words = [lab("standing", line.standing)]
    words += [lab("doubt", doubt) for doubt in line.doubts]
    rest = line.high + line.running
    if line.gross is not None and 0 < rest < line.gross:
        members = amount(line.gross - rest)
        words.append(t("targets.remainder", gross=amount(line.gross), members=members))
    if line.running and line.standing is not Standing.RUNNING:
        words.append(t("targets.running", value=amount(line.running)))
    return t("word.semicolon").join(words)


def _year(registry: Registry, line: Line) -> str:
    row = registry.by_id[line.row]
    return f"{row.by_year} {lab('by_year_basis', row.by_year_basis)}"


def _causes(result: Check) -> str:
    if not result.causes:
        return ""
    items = "".join(f"<li>{esc(lab('cause', cause))}</li>" for cause in result.causes)
    return f"<h4>{esc(t('targets.causes'))}</h4><ul>{items}</ul>"


def _other_convention(registry: Registry, result: Check, rules: Rules) -> str:
    """The same target with, or without, pumped storage where conventions differ."""
    other = divided(registry, result, rules)
    if other is None:
        return ""
    amount, listed = amounts_of(other), other.pipeline
    words = t(
        "targets.pumped_without" if rules.pumped else "targets.pumped_other",
        low=amount(listed.low),
        high=amount(listed.high),
        open=t("targets.pumped_open") if listed.open_rows else "",
        verdict=lab("verdict", other.verdict),
    )
    return f"<p>{esc(words)} {verdict_chip(other.verdict)}</p>"


def _history(registry: Registry, result: Check) -> str:
    """Every figure entered for the target, oldest first."""
    figures = figures_for(registry, result.target)
    if not figures:
        return ""
    amount = amounts_of(result)
    lines: Iterable[str] = (
        t(
            "targets.history",
            date=figure.date,
            value=amount(figure_amount(figure)),
            source=figure.source,
        )
        for figure in figures
    )
    items = "".join(f"<li>{esc(line)}</li>" for line in lines)
    later = ""
    if result.later:
        value = amount(figure_amount(result.later))
        later = f"<p>{esc(t('targets.later', date=result.later.date, value=value))}</p>"
    return f"<h4>{esc(t('targets.history_title'))}</h4><ul>{items}</ul>{later}"


def _aside(registry: Registry, result: Check, rules: Rules) -> str:
    """Figures that were entered and are not held against this target, and why."""
    aside = figures_aside(registry, result.target, rules.as_of.isoformat())
    if not aside:
        return ""
    places = registry.districts
    items = ""
    for figure, why in aside:
        code = figure.district_code
        place = places.label(code, selection.current().language) if code else ""
        words = t(
            "targets.aside_line",
            what=" ".join(filter(None, (place, figure.zone, figure.date))),
            value=f"{format_number(figure.value)} {lab('entry_unit', figure.unit)}",
            why=lab("aside", why),
        )
        items += f"<li>{esc(words)}</li>"
    return f"<h4>{esc(t('targets.aside_title'))}</h4><ul>{items}</ul>"


def _name(registry: Registry, row_id: str) -> str:
    row = registry.by_id[row_id]
    return row.name if selection.current().language == "zh" else row.name_en
