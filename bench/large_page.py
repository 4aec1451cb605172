"""Fengtu itself over ten thousand rows: `python -m bench.large_page` takes Streamlit's options.

Only the loader of plans is another one. It gives the five plans' rows again and again, so that
names, places, layers and memberships are as the plans have them; pages, caches and files are the
app's own.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from streamlit.web import cli

from geo.districts import Districts
from registry.registry import Registry, build_registry
from views import cache

ROWS = 10_000


def enlarged(registry: Registry, rows: int) -> Registry:
    """The registry with its rows repeated up to `rows`; each round has ids and names of its own."""
    projects = list(registry.projects)
    labels = dict(registry.labels)
    number = 2
    while len(projects) < rows:
        for row in registry.projects[: rows - len(projects)]:
            id = f"{row.id}-{number}"
            projects.append(
                replace(
                    row,
                    id=id,
                    name=f"{row.name}（{number}）",
                    name_en=f"{row.name_en} ({number})",
                    part_of=f"{row.part_of}-{number}" if row.part_of else "",
                    restates_target="",
                )
            )
            labels[id] = registry.labels[row.id]
        number += 1
    known = {row.id for row in projects}
    whole = tuple(row if row.part_of in known else replace(row, part_of="") for row in projects)
    return replace(registry, projects=whole, labels=labels)


def _load(districts: Districts, *, folder: Path, public: bool) -> Registry:
    return enlarged(build_registry(districts, folder=folder, public=public), ROWS)


def main() -> None:
    """Serve the app."""
    cache.build_registry = _load
    sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
