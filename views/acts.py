"""What our own components report: a numbered list, of which each act is taken once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from views import selection

_WEB = Path(__file__).parent / "web"
_ACT = "act"


def new_acts(key: str) -> list[dict[str, Any]]:
    """What a component reports that was not taken before; for its callback.

    It sends anew what was not named as done, since the library keeps one of two messages that wait.
    """
    done = done_of(key)
    acts = [each for each in selection.said(key, _ACT) or () if each["n"] > done]
    if acts:
        selection.keep(f"done-{key}", acts[-1]["n"])
    return acts


def done_of(key: str) -> int:
    """The number of the last act of a component that was taken; 0 for none."""
    return selection.kept(f"done-{key}") or 0


@cache
def script(name: str) -> str:
    """A component's script without comments and indents, since it travels with each component."""
    files = ((_WEB / each).read_text(encoding="utf-8") for each in ("acts.js", name))
    lines = (line.strip() for file in files for line in file.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
