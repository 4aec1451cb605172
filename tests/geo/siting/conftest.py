"""The field on which siting is worked by hand."""

from __future__ import annotations

import pytest
from siting_field import unit_field

from geo.siting.ground import Ground


@pytest.fixture
def field() -> Ground:
    """Ten by ten cells of one square kilometre, two counties of five columns each."""
    return unit_field()
