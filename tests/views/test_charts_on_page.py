"""The charts of the map page: nothing is sent while closed, every figure is in a table too."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from layers.charts import technology_mix
from layers.figures import figures
from registry.registry import Registry
from tests.views.test_pages import open_app, shown


def opened(**query: str) -> AppTest:
    app = open_app(**query)
    app.session_state["charts"] = True
    return app.run()


def specs(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(each.proto.spec) for each in app.get("vega_lite_chart")]


def test_closed_charts_send_nothing() -> None:
    app = open_app()
    assert not app.get("vega_lite_chart")
    assert 'class="fg-chart-table"' not in shown(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_open_charts_draw_each_plan_apart(registry: Registry, language: str) -> None:
    app = opened(lang=language, unit="mw")
    assert not app.exception
    drawn = specs(app)
    mix = technology_mix(figures(registry, registry.projects), [p.id for p in registry.plans])
    plans = {bar.plan for bar in mix}
    assert len(drawn) == len(plans) + 2
    for spec in drawn:
        assert spec["usermeta"] == {"embedOptions": {"actions": False}}
        assert "http" not in json.dumps({**spec, "$schema": ""})
    table = shown(app)
    bar = next(bar for bar in mix if bar.plan == "binzhou" and bar.counted_w)
    assert f"{bar.counted_w // 10**6:,} MW" in table
    said = {"zh": "方案未载（", "en": "not stated ("}[language]
    assert said in table


def test_nothing_chosen_says_what_to_do() -> None:
    app = opened(layer="none")
    assert not app.exception and not app.get("vega_lite_chart")
    assert "没有可画的图" in shown(app)
