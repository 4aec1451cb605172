"""The pages of the table under the map."""

from __future__ import annotations

import pytest

from views.listing import PAGE_ROWS, page_of


@pytest.mark.parametrize(
    ("rows", "wanted", "found"),
    [
        (0, 1, (1, 1)),
        (PAGE_ROWS, 1, (1, 1)),
        (PAGE_ROWS + 1, 2, (2, 2)),
        (10_000, 7, (7, 200)),
        (PAGE_ROWS + 1, 9, (2, 2)),
        (PAGE_ROWS + 1, 0, (1, 2)),
    ],
)
def test_a_page_is_one_that_exists(rows: int, wanted: int, found: tuple[int, int]) -> None:
    assert page_of(rows, wanted) == found
