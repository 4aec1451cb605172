"""Fifty people at desks of their own: the server's part of a change, without their browsers.

`bench crowd` runs fifty browsers beside the server on the same cores, which the browsers then fill.
Here each session speaks the app's socket itself and changes the selection at a person's pace; every
answer's count of rows is held against the registry's own, and the server's memory is read through.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from websocket import WebSocketException

from bench.crowd import PROGRAM, cpu_seconds, memory_mb, percentile, slope_per_minute
from geo.own_boundaries import active_districts
from registry.registry import build_registry
from registry.select import select
from terms.selection import Selection
from tests.browser.raw_socket import Client, connected
from tests.browser.visit import serve

PAUSE_S = (2.0, 10.0)  # between an answer and the next change
_ENTER_S = 300.0
_ROWS = re.compile(r'data-figure="rows".*?<b>([\d,]+)</b>', re.DOTALL)


@dataclass
class Answers:
    """Milliseconds of each change, what was wrong, and the server's memory by seconds."""

    expected: dict[str, int]
    change_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    rss_mb: list[tuple[float, float]] = field(default_factory=list)
    door: threading.Lock = field(default_factory=threading.Lock)  # they come in one by one
    ended: threading.Event = field(default_factory=threading.Event)


def measure(*, sessions: int = 50, seconds: float = 120) -> dict[str, float | int | bool]:
    """Times of a change, wrong answers and memory under `sessions` at once."""
    answers = Answers(_expected())
    with TemporaryDirectory(prefix="fengtu-bench-") as home:
        for base in serve(Path(home), "", program=PROGRAM):
            used_s = _crowd(base, sessions, seconds, answers)
    for wrong in dict.fromkeys(answers.wrong):
        sys.stdout.write(f"error: {wrong}\n")
    return told(answers, seconds=seconds, used_s=used_s)


def told(answers: Answers, *, seconds: float, used_s: float) -> dict[str, float | int | bool]:
    """The figures of a run; the memory's slope is that of its second half."""
    late = answers.rss_mb[len(answers.rss_mb) // 2 :]
    return {
        "seconds": round(seconds),
        "changes": len(answers.change_ms),
        "identical": not answers.wrong,
        "median_ms": round(median(answers.change_ms)),
        "p95_ms": round(percentile(answers.change_ms, 95)),
        "max_ms": round(max(answers.change_ms)),
        "server_cores": round(used_s / seconds, 2),
        "rss_mb_start": round(median(mb for _, mb in answers.rss_mb[:5])),
        "rss_mb_end": round(median(mb for _, mb in answers.rss_mb[-5:])),
        "rss_mb_per_minute_late": round(slope_per_minute(late), 2),
    }


def _expected() -> dict[str, int]:
    """Rows of each choice of one or two plans, and of all: the link's query → their count."""
    registry = build_registry(active_districts())
    plans = [plan.id for plan in registry.plans]
    chosen = [(), *combinations(plans, 1), *combinations(plans, 2)]
    return {
        f"plan={','.join(each)}" if each else "": len(select(registry, Selection(plans=each)))
        for each in chosen
    }


def _crowd(base: str, sessions: int, seconds: float, answers: Answers) -> float:
    """Let all come in, then watch the server; gives back the seconds of a core that it used."""
    port = base.rsplit(":", 1)[1]
    gate = threading.Barrier(sessions + 1)
    people = [
        threading.Thread(target=_person, args=(base, Random(number), gate, answers), daemon=True)
        for number in range(sessions)
    ]
    for each in people:
        each.start()
    gate.wait(_ENTER_S)
    used_s, begun = cpu_seconds(port), time.monotonic()
    while time.monotonic() < begun + seconds:
        answers.rss_mb.append((time.monotonic(), memory_mb(port)))
        time.sleep(1)
    used_s = cpu_seconds(port) - used_s
    answers.ended.set()
    for each in people:
        each.join()
    return used_s


def _person(base: str, random: Random, gate: threading.Barrier, answers: Answers) -> None:
    try:
        with connected(base, "", "", claims=None, secret="") as client:
            with answers.door:
                _changed(client, "", answers)
            gate.wait(_ENTER_S)
            while not answers.ended.wait(random.uniform(*PAUSE_S)):
                query = random.choice([each for each in answers.expected if each != client.query])
                answers.change_ms.append(_changed(client, query, answers))
    except (OSError, WebSocketException) as error:  # a run that does not end is a TimeoutError
        answers.wrong.append(repr(error))
        gate.abort()


def _changed(client: Client, query: str, answers: Answers) -> float:
    """Milliseconds until the page of another selection has come; a wrong count is kept."""
    client.query = query
    begun = time.perf_counter()
    html = client.run()
    taken_ms = 1000 * (time.perf_counter() - begun)
    counted = [int(each.replace(",", "")) for each in _ROWS.findall(html)]
    if counted != [answers.expected[query]]:
        answers.wrong.append(f"{query}: {counted} rows in place of {answers.expected[query]}")
    return taken_ms
