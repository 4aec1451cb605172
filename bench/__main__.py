"""`python -m bench NAME [--json]`: run one benchmark; the last line of output is its result."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping

from bench import check, export, zonal

Result = Mapping[str, float | int | bool | None]


def _page() -> Result:
    from bench import page  # needs playwright, which the others do without

    return page.measure()


def _crowd() -> Result:
    from bench import crowd  # needs playwright too

    return crowd.measure()


def _desks() -> Result:
    from bench import desks  # and websocket-client

    return desks.measure()


def _join() -> Result:
    from bench import join  # needs dask, which the others do without

    return join.measure()


# Each benchmark by its name; the next ones are added here.
NAMES: Mapping[str, Callable[[], Result]] = {
    "check": check.measure,
    "crowd": _crowd,
    "desks": _desks,
    "export": export.measure,
    "join": _join,
    "page": _page,
    "zonal": zonal.measure,
}


def main(arguments: list[str] | None = None) -> None:
    """Run a benchmark; with `--json` its result is one line of JSON, else one figure a line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(NAMES))
    parser.add_argument("--json", action="store_true", help="end with one JSON line")
    options = parser.parse_args(arguments)
    result = NAMES[options.name]()
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        for key, value in result.items():
            sys.stdout.write(f"{key:>20}  {value}\n")


if __name__ == "__main__":
    main()
