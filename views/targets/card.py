"""One target as a card: its promise, its bullet chart, its verdict and what would change it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from capacity.check import Cause, Check
from capacity.standing import Standing
from capacity.verdict import Verdict
from layers.bullet import Bullet, bullet
from layers.check_words import change_text, rule_text
from terms.records import Target
from views import selection
from views.amounts import amounts_of
from views.words import esc, lab, t

# A sign beside each verdict: colour alone is no status.
SIGNS = {
    Verdict.REACHED: "✓",
    Verdict.COVERED_NAMED: "✓",
    Verdict.COVERED_PROGRAMME: "◐",
    Verdict.SHORT: "▼",
    Verdict.UNDETERMINED: "?",
    Verdict.NO_PROJECT_NAMED: "–",
    Verdict.MISSED: "✕",
    Verdict.OUTCOME_UNKNOWN: "…",
}


def draw_card(result: Check, *, is_open: bool, aside: int) -> DeltaGenerator:
    """Draw the card with the button that opens its ledger; returns the place for the ledger.

    `aside` figures were entered that have to do with the target and are not held against it.
    """
    key = result.target.key.replace(":", "-")
    with st.container(key=f"target-{key}", gap=None):
        st.html(_card(result, aside))
        st.button(
            t("targets.close" if is_open else "targets.open"),
            key=f"ledger-{key}",
            type="tertiary",
            icon=":material/expand_less:" if is_open else ":material/expand_more:",
            on_click=selection.focus_on,
            args=("" if is_open else result.target.key,),
        )
        return st.container(key=f"under-{key}", gap=None)


def verdict_chip(verdict: Verdict) -> str:
    """A verdict with its sign."""
    words = esc(lab("verdict", verdict))
    return f'<em class="fg-verdict" data-verdict="{verdict}"><i>{SIGNS[verdict]}</i>{words}</em>'


def target_name(target: Target) -> str:
    """The target's name in the language of this run."""
    return target.name if selection.current().language == "zh" else target.name_en


def _card(result: Check, aside: int) -> str:
    target, language = result.target, selection.current().language
    amount = amounts_of(result)
    firm = "" if target.firm else f'<em class="fg-soft">{esc(t("targets.not_firm"))}</em>'
    clause = t("targets.clause", section=target.source_section)
    printed = t("targets.printed", printed=target.printed)
    change = esc(change_text(result, language, amount))
    return (
        f'<div class="fg-target" data-target="{esc(target.key)}">'
        f'<div class="fg-promise"><b>{esc(target_name(target))}</b>'
        f"<span>{target.year}</span>{firm}<small>{esc(printed)} · {esc(clause)}</small></div>"
        f"<div>{_bar(result, bullet(result))}{_line(result, aside)}</div>"
        f'<div class="fg-judged">{verdict_chip(result.verdict)}'
        f"<p>{esc(rule_text(result, language, amount))}</p>"
        f"<small>{esc(t('targets.how'))}{t('word.colon')}{change}</small>{_doubtful(result)}"
        "</div></div>"
    )


def _doubtful(result: Check) -> str:
    """What makes the entered figure itself doubtful stands on the card, not in the ledger only."""
    found = [cause for cause in result.causes if cause in (Cause.OLD_FIGURE, Cause.FAR_ABOVE)]
    return "".join(
        f'<small class="fg-missing">{esc(lab("cause", cause))}</small>' for cause in found
    )


def _bar(result: Check, chart: Bullet) -> str:
    amount = amounts_of(result)
    parts = "".join(
        f'<i class="fg-{each.kind}" title="{esc(_tip(result, each.kind, each.amount))}" '
        f'style="left:{each.start:.3%};width:{each.width:.3%}"></i>'
        for each in chart.segments
    )
    end = max((each.start + each.width for each in chart.segments), default=0.0)
    if chart.is_open:
        tip = esc(t("targets.key_open"))
        parts += f'<i class="fg-open" title="{tip}" style="left:{end:.3%};right:0"></i>'
    past = " fg-past" if result.has_passed and not result.existing else ""
    goal = esc(f"{t('targets.key_goal')} {amount(result.goal)}")
    side = f"left:{chart.goal:.3%}" if chart.goal < 0.4 else f"right:{1 - chart.goal:.3%}"
    return (
        f'<div class="fg-bullet{past}" role="img" aria-label="{esc(_words(result))}">{parts}'
        f'<u style="left:{chart.goal:.3%}" title="{goal}"></u></div>'
        f'<div class="fg-goal"><span style="{side}">{goal}</span></div>'
    )


def _tip(result: Check, kind: str, amount: int) -> str:
    return f"{t(f'targets.key_{kind}')} {amounts_of(result)(amount)}"


def _line(result: Check, aside: int) -> str:
    words = _words(result)
    if aside:
        words += f" · {t('targets.line_aside', count=aside)}"
    return f'<p class="fg-figures">{esc(words)}</p>'


def _words(result: Check) -> str:
    """The figures of the bar in words, for everyone and for a screen reader."""
    listed, amount = result.pipeline, amounts_of(result)
    existing = lab("existing", result.target.nature)
    if result.existing:
        first = t(
            "targets.line_installed",
            existing=existing,
            value=amount(result.existing.amount),
            date=result.existing_date,
        )
    else:
        first = t("targets.line_unknown", existing=existing)
    words = [first]
    if listed.named:
        words.append(t("targets.line_named", value=amount(listed.named)))
    if listed.programme:
        words.append(t("targets.line_programme", value=amount(listed.programme)))
    count = len(listed.open_rows)
    if listed.high:
        words.append(t("targets.line_low", value=amount(listed.low)))
    if listed.high != listed.low:
        words.append(t("targets.line_high", value=amount(listed.high)))
    if count:
        kind = "open" if listed.high else "open_only"
        words.append(t(f"targets.line_{kind}", count=count))
    elif not listed.high:
        words.append(t("targets.line_nothing"))
    pledged = sum(line.gross or 0 for line in listed.lines if line.standing is Standing.PLEDGE)
    if pledged:
        words.append(t("targets.line_pledge", value=amount(pledged)))
    return " · ".join(words)
