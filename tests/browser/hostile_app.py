"""Fengtu itself over a registry of hostile texts: `python -m tests.browser.hostile_app` serves it.

As in `bench.large_page` only the loader of plans is another one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.web import cli

from geo.districts import Districts
from registry.registry import Registry, build_registry
from tests.hostile import HOSTILE, hostile_registry
from views import cache


def _load(districts: Districts, *, folder: Path, public: bool) -> Registry:
    return hostile_registry(build_registry(districts, folder=folder, public=public), HOSTILE)


def main() -> None:
    """Serve the app."""
    cache.build_registry = _load
    sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
