"""The map in one file: nothing asked for, nothing run that was not ours, every row told."""

from __future__ import annotations

import re

import pytest

from layers.exports.extract import Extract
from layers.exports.formats import write
from layers.exports.html_map import PARTS
from views import assets


@pytest.fixture(scope="module")
def page(whole: Extract) -> str:
    return write(whole, "html").decode("utf-8")


def test_the_parts_are_those_of_the_app() -> None:
    assert PARTS == assets._PARTS


def test_nothing_in_the_file_asks_for_anything(page: str) -> None:
    assert not re.search(r"<(?:link|img|iframe|script)[^>]*(?:src|href)=", page)
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert "url(" not in styles and "@import" not in styles
    assert "default-src 'none'" in page


def test_every_row_is_in_the_list_and_its_words_run_nowhere(whole: Extract, page: str) -> None:
    assert len(re.findall(r'<tr data-id="', page)) == len(whole.rows)
    assert "<script>alert(1)" not in page and "<b>&amp;" not in page
    opened, closed = len(re.findall(r"<script>", page)), len(re.findall(r"</script>", page))
    assert opened == closed == len(PARTS) + 3
    page.encode("utf-8")
    assert not any(ord(sign) < 32 and sign not in "\n\t\r" for sign in page)
