"""Internal or public: how exactly rows may be shown (FENGTU_MODE)."""

from __future__ import annotations

import os
from typing import Literal

from terms.errors import SetupError

Mode = Literal["internal", "public"]


def mode() -> Mode:
    """The mode in force; anything but internal or public raises, so that a slip hides nothing."""
    chosen = os.environ.get("FENGTU_MODE", "").strip().lower() or "internal"
    if chosen == "internal":
        return "internal"
    if chosen == "public":
        return "public"
    raise SetupError(f"FENGTU_MODE={chosen}: write internal (the default) or public")
