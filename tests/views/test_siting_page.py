"""The page of siting without a browser: both languages, changes, links, files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from terms.selection import SitingRecipe

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGE = "views/siting.py"


def open_page(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    return app.switch_page(PAGE).run()


def shown(app: AppTest) -> str:
    """All our own HTML on the page."""
    return "\n".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("recipe", get_args(SitingRecipe))
def test_every_recipe_opens_in_both_languages(recipe: str, language: str) -> None:
    app = open_page(recipe=recipe, lang=language, plan="taian")
    page = shown(app)
    assert not app.exception and 'class="fg-error"' not in page and "fg-notice fg-bad" not in page
    assert 'class="fg-siting-picture"' in page and "fg-fall" in page
    assert ("示意性筛查" if language == "zh" else "A sketch for comparing") in page
