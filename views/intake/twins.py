"""Likely twins side by side with what is known of both; a person decides on each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from registry.intake.decisions import Decision, Verdict
from registry.intake.mapping import IntakeKind
from registry.intake.proposal import Intake, Proposal, Twin
from registry.registry import Registry
from terms.own_records import OwnProject
from terms.records import Project
from views.intake.draft import Draft, caption
from views.intake.preview import place_words, power_words
from views.words import esc, lab, t

_PAGE = 8  # rows shown at once
_USUAL = "usual"  # decided with all others of its sort
_FOR_ALL = (Verdict.OPEN, Verdict.SKIP, Verdict.NEW)


def draw_twins(registry: Registry, intake: Intake, draft: Draft) -> tuple[Decision, ...]:
    """Draw the choices and return what was decided; what stays open is no decision."""
    if intake.kind is not IntakeKind.PROJECTS or not intake.proposals:
        return ()
    by_row: dict[int, list[Twin]] = {}
    for twin in intake.twins:
        by_row.setdefault(twin.row, []).append(twin)
    fresh = [each for each in intake.proposals if not each.is_settled]
    pairs = [(each, by_row[each.row.number]) for each in fresh if each.row.number in by_row]
    rest = [each for each in fresh if each.row.number not in by_row]
    st.html(f"<h3>{esc(t('intake_page.twins'))}</h3>")
    decisions: list[Decision] = []
    if rest:
        label = t("intake_page.rest", count=len(rest))
        verdict = draft.choose(label, _words(Verdict.OPEN, Verdict.NEW), "rest", start="open")
        decisions += [Decision(each.row.number, Verdict(verdict)) for each in rest]
    caption(t("intake_page.new_note"))
    if not pairs:
        caption(t("intake_page.no_twins"))
    else:
        decisions += _draw_pairs(registry, intake, pairs, draft)
    return tuple(each for each in decisions if each.verdict is not Verdict.OPEN)


def _draw_pairs(
    registry: Registry,
    intake: Intake,
    pairs: Sequence[tuple[Proposal, Sequence[Twin]]],
    draft: Draft,
) -> list[Decision]:
    """The rows with twins, some at a time; those not in sight keep what was said of them."""
    label = t("intake_page.with_twins", count=len(pairs))
    usual = draft.choose(label, _words(*_FOR_ALL), "usual", start="open")
    first = _part(len(pairs), draft)
    others = {each.record.id: each.record for each in intake.proposals}
    for proposal, twins in pairs[first : first + _PAGE]:
        with st.container(key=f"intake-twin-{proposal.row.number}", gap=None):
            known = [(twin, registry.by_id.get(twin.id) or others.get(twin.id)) for twin in twins]
            st.html(_side_by_side(intake, proposal, known))
            _draw_choice(proposal, twins, draft)
    return [_decided(proposal, twins, usual, draft) for proposal, twins in pairs]


def _part(count: int, draft: Draft) -> int:
    if count <= _PAGE:
        return 0
    parts = {
        str(first): t(
            "intake_page.part_of_list",
            first=first + 1,
            last=min(first + _PAGE, count),
            total=count,
        )
        for first in range(0, count, _PAGE)
    }
    return int(draft.select(t("intake_page.which_part"), parts, "part", start="0"))


def _draw_choice(proposal: Proposal, twins: Sequence[Twin], draft: Draft) -> None:
    row = proposal.row.number
    options = {_USUAL: t("intake_page.as_all"), **_words(*Verdict)}
    label = t("intake_page.decide", row=row)
    verdict = draft.choose(label, options, f"row-{row}", start=_USUAL, shows_label=False)
    if verdict == Verdict.PART_OF and len(twins) > 1:
        names = {twin.id: f"{twin.name} ({twin.id})" for twin in twins}
        draft.select(t("intake_page.part_of_which"), names, f"of-{row}", start=twins[0].id)


def _decided(proposal: Proposal, twins: Sequence[Twin], usual: str, draft: Draft) -> Decision:
    row = proposal.row.number
    said = draft.values.get(f"row-{row}", _USUAL)
    verdict = Verdict(usual if said == _USUAL else said)
    ids = [twin.id for twin in twins]
    of = draft.values.get(f"of-{row}", "")
    part_of = (of if of in ids else ids[0]) if verdict is Verdict.PART_OF else ""
    return Decision(row, verdict, part_of)


def _words(*verdicts: Verdict) -> Mapping[str, str]:
    return {each.value: t(f"intake_page.verdict_{each}") for each in verdicts}


def _side_by_side(
    intake: Intake,
    proposal: Proposal,
    known: Sequence[tuple[Twin, Project | OwnProject | None]],
) -> str:
    """The row beside each that it may be, term by term with what the likeness is made of."""
    row = t("intake_page.row", row=proposal.row.number)
    heads = [f"<th></th><th>{esc(row)}</th>"]
    lines = {name: [esc(words)] for name, words in _facts(proposal.record).items()}
    for twin, other in known:
        where = twin.id if twin.other_row is None else t("intake_page.row", row=twin.other_row)
        score = t("intake_page.alike", total=f"{twin.score.total:.0%}")
        heads.append(f"<th>{esc(where)}<small>{esc(score)}</small></th>")
        facts = _facts(other) if other is not None else {"name": twin.name}
        for name, cells in lines.items():
            part = getattr(twin.score, name, None)
            told = f"<small>{part:.0%}</small>" if part is not None else ""
            cells.append(f"{esc(facts.get(name, ''))}{told}")
    body = "".join(
        f"<tr><th>{esc(t(f'intake_page.fact_{name}'))}</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
        for name, cells in lines.items()
    )
    return (
        f'<div class="fg-intake-table" data-row="{proposal.row.number}"><table><thead><tr>'
        f"{''.join(heads)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _facts(each: Project | OwnProject) -> dict[str, str]:
    """What is known of a project; the first four are what the score weighs."""
    source = each.source if isinstance(each, OwnProject) else each.source_title
    return {
        "name": each.name,
        "district": place_words(each.district_codes, each.city_code),
        "technology": lab("technology", each.technology) if each.technology else "",
        "capacity": power_words(each.capacity_mw),
        "status": lab("status", each.status) if each.status else "",
        "owner": each.owner,
        "source": source,
    }
