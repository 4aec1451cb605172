"""Faults of an import name their field as the form on the page does."""

from __future__ import annotations

import pytest

from terms.errors import Fault
from terms.messages import text
from views.intake import found as intake_found


def test_a_field_is_named_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_found, "t", lambda key: text(key, "zh"))
    fault = Fault("a.csv", "3", "name", "", "须填 · required")
    assert intake_found._named(fault).field == "项目名称"
    assert intake_found._named(Fault("a", "1", "crs", "", "")).field == "文件里坐标的坐标系"
    assert intake_found._named(Fault("a", "1", "其他", "", "")).field == "其他"
