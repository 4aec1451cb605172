"""What the codes mean that stand in the cells of an extract's tables, one row a code."""

from __future__ import annotations

from layers.exports.extract import Extract
from layers.exports.fields import codes
from layers.own_words import own_word
from layers.plan_names import plan_label
from registry.own import USER
from terms.columns import CHECK_COLUMNS, LEDGER_COLUMNS, PROJECT_COLUMNS, TARGET_COLUMNS, Row
from terms.language import Language
from terms.messages import text

CODE_COLUMNS = ("column", "code", "zh", "en")
_BOTH: tuple[Language, ...] = ("zh", "en")


def code_rows(extract: Extract) -> list[Row]:
    """The plans, then every code of every column; users' words only where users wrote."""
    has_own = bool(extract.registry.own.projects)
    rows = [
        _row("plan", plan.id, {each: plan_label(extract.registry, plan.id, each) for each in _BOTH})
        for plan in extract.registry.groups
    ]
    columns = (*PROJECT_COLUMNS, *TARGET_COLUMNS, *CHECK_COLUMNS, *LEDGER_COLUMNS)
    for column in dict.fromkeys(columns):
        words = {each: codes(column, each) for each in _BOTH}
        for code in words["zh"]:
            if code == USER and not has_own:
                continue  # nobody wrote it
            rows.append(_row(column, code, {each: words[each][code] for each in _BOTH}))
            if has_own and own_word(USER, column, code, "zh"):
                rows.append(_row(column, code, {each: _own(column, code, each) for each in _BOTH}))
    return rows


def _row(column: str, code: str, words: dict[Language, str]) -> Row:
    return {"column": column, "code": code, "zh": words["zh"], "en": words["en"]}


def _own(column: str, code: str, language: Language) -> str:
    """What a code means in a user's row, which no plan lists or prints."""
    return text("own.code_of_own", language, words=own_word(USER, column, code, language))
