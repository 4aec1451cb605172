"""What our own components report: a numbered list, of which each act is taken once.

They send anew what was not named as done, since the library keeps one of two messages that wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from views import selection

_WEB = Path(__file__).parent / "web"


def done_of(key: str) -> int:
    """The number of the last act of a component that was taken; 0 for none."""
    return selection.kept(f"done-{key}") or 0


def taker(key: str, do: Callable[[Mapping[str, Any]], object]) -> Callable[[], None]:
    """The callback of a component: it does each act that was not done before."""
    return lambda: selection.take_acts(key, do)


@cache
def script(name: str) -> str:
    """A component's script without comments and indents, since it travels with each component."""
    files = ((_WEB / each).read_text(encoding="utf-8") for each in ("acts.js", name))
    lines = (line.strip() for file in files for line in file.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
