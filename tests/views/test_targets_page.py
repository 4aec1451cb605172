"""The page of targets without a browser: figures, ledger, filters, rules, downloads."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from capacity.check import Rules, check
from registry.registry import Registry
from terms.columns import CHECK_COLUMNS, LINE_COLUMNS
from tests.views.test_pages import open_app, shown
from views import cache
from views.targets.downloads import name_of

DAY = "2026-11-21"


def open_targets(**query: str) -> AppTest:
    """The page of targets as a link opens it."""
    app = open_app(asof=DAY, **query)
    app.switch_page("views/pages/targets.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_mapped_target_has_a_card_with_its_verdict(language: str, registry: Registry) -> None:
    page = shown(open_targets(lang=language))
    cards = re.findall(r'data-target="([^"]+)".*?data-verdict="(\w+)"', page, re.DOTALL)
    results = check(registry, Rules(date.fromisoformat(DAY)))
    assert dict(cards) == {result.target.key: result.verdict.value for result in results}


def test_jinings_solar_pipeline_names_its_rows() -> None:
    page = shown(open_targets(plan="jining", focus="jining:pv:2030"))
    ledger = page[page.index('<div class="fg-ledger">') :]
    rows = ["时代永福1.1GW", "300万千瓦“光伏+基地”", "15万千瓦", "8万千瓦", "200万千瓦分布式"]
    assert all(name in ledger for name in rows)
    assert "载明 300 万千瓦，成员已列 110 万千瓦，余额计入" in ledger
    assert "<td>523 万千瓦</td><td>523 万千瓦 起</td>" in ledger
    assert "仅凭在列低值 523 万千瓦 尚缺 277 万千瓦" in page and "不足</em>" not in page


def test_every_line_of_a_ledger_is_on_the_page(registry: Registry) -> None:
    results = check(registry, Rules(date.fromisoformat(DAY)))
    result = next(each for each in results if each.target.key == "binzhou:renewable:2030")
    page = shown(open_targets(plan="binzhou", focus=result.target.key))
    for line in result.pipeline.lines:
        assert (
            f"focus={line.row}&" in page
            or f"focus={line.row}&quot;" in page
            or (f"focus={line.row}" in page)
        )


def test_filters_by_year_and_department() -> None:
    page = shown(open_targets(year="2025", department="市应急局"))
    assert set(re.findall(r'data-target="([^"]+)"', page)) == {
        "binzhou:hydrogen_stations:2025",
        "binzhou:storage:2025",
        "binzhou:coal_start:2025",
    }


def test_a_draft_carries_its_mark() -> None:
    assert "济南市历下区（征求意见稿）" in shown(open_targets(plan="lixia"))


def test_a_rule_says_what_it_changed_and_can_be_undone() -> None:
    app = open_targets(plan="binzhou", inferred="off")
    notice = (
        "滨州市 光伏发电装机 2030：规模盘子 380 万千瓦 → 700 万千瓦、低值 700 万千瓦 → 1,020 万千瓦"
    )
    assert notice in shown(app)
    app.button(key="usual").click().run()
    assert app.session_state["fengtu"].selection.inferred is True
    assert "与默认口径相比" not in shown(app)


def test_no_filter_hits_says_so() -> None:
    page = shown(open_targets(plan="lixia", year="2025"))
    assert "没有符合条件的目标" in page


def test_before_2026_the_targets_of_2025_are_ahead() -> None:
    app = open_app(asof="2024-06-01", plan="binzhou", year="2025")
    app.switch_page("views/pages/targets.py").run()
    page = shown(app)
    assert "仅凭在列低值 800 万千瓦 尚缺 700 万千瓦" in page
    assert "到期待核" not in page


def test_the_downloads_hold_what_is_shown(registry: Registry) -> None:
    results = check(registry, Rules(date.fromisoformat(DAY)))
    taken = list(csv.DictReader(io.StringIO(cache.check_csv(results).decode("utf-8-sig"))))
    assert list(taken[0]) == list(CHECK_COLUMNS) and len(taken) == len(results)
    lines = list(csv.DictReader(io.StringIO(cache.lines_csv(results).decode("utf-8-sig"))))
    assert list(lines[0]) == list(LINE_COLUMNS)
    for row in taken:
        mine = [line for line in lines if line["metric"] == row["metric"]]
        mine = [line for line in mine if (line["plan"], line["year"]) == (row["plan"], row["year"])]
        assert sum(float(line["low"]) for line in mine) == pytest.approx(float(row["pipeline_low"]))


def test_the_self_check_shows_both_clauses() -> None:
    page = shown(open_targets(plan="binzhou"))
    assert "方案自校：不一致 1" in page
    assert "滨城区、高新区、无棣县" in page


RECORDS = """installed:
- {plan: taian, metric: new_storage, district: "370983", date: 2025-12-31,
   value: 30, unit: 万千瓦, source: 甲}
- {plan: taian, metric: new_storage, date: 2026-10-31, value: 40, unit: 万千瓦, source: 乙}
- {plan: taian, metric: pv, date: 2025-12-31, value: 700, unit: 万千瓦, source: 丙}
"""


def test_figures_that_are_not_held_against_a_target_are_named(own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "records.yaml").write_text(RECORDS, encoding="utf-8")
    app = open_app(asof="2026-06-30", plan="taian", focus="taian:new_storage:2030")
    app.switch_page("views/pages/targets.py").run()
    page = shown(app)
    assert "存量未录入" in page and "另有 2 条录入数据未用于核对" in page
    assert "泰安市·肥城市 2025-12-31：30 万千瓦（只是县区或功能区的数据）" in page
    assert "2026-10-31：40 万千瓦（晚于核对基准日）" in page
    renewable = open_app(asof="2026-06-30", plan="taian", focus="taian:renewable:2030")
    renewable.switch_page("views/pages/targets.py").run()
    assert "2025-12-31：700 万千瓦（只含本目标的一部分）" in shown(renewable)


def test_a_sum_of_unknown_sizes_is_not_zero() -> None:
    page = shown(open_targets(plan="lixia", focus="lixia:pv:2030"))
    total = page[page.index('<tr class="fg-sum">') :]
    assert total.startswith(
        '<tr class="fg-sum"><th scope="row">合计</th><td></td><td>方案未载</td><td>方案未载</td>'
    )
    page = shown(open_targets(plan="jining", focus="jining:pv:2030"))
    assert "<td>523 万千瓦</td><td>523 万千瓦 起</td>" in page


def test_a_file_is_named_for_how_it_was_counted(registry: Registry) -> None:
    rules = Rules(date(2024, 6, 1), inferred=False, external=True)
    results = check(registry, rules)
    assert name_of(registry, results, rules) == "asof-20240601-no-inferred-external-draft"
    jining = [each for each in results if each.target.plan == "jining"]
    assert name_of(registry, jining, Rules(date(2026, 11, 21))) == "asof-20261121"


def test_things_are_counted_in_the_readers_language() -> None:
    page = shown(open_targets(plan="jining", lang="en"))
    assert "target 15 stations" in page and "15 座</" not in page.replace("printed: 15座", "")
