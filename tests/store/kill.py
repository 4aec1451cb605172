"""Kill a process that saves and imports, at random moments: `python -m tests.store.kill 200`.

Each batch of the process writes a note that tells how many records it has; afterwards all of them
are there or none, in the records and in the change log alike.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from store.drafts import Add, Edit, Hide
from store.engine import database_url
from store.store import Store
from terms.own_records import Note
from terms.records import InstalledFigure
from tests.keeping import keep, person
from tests.store.postgres import Server, find_programs, why_not

FIGURE = InstalledFigure("jining", "", "", "pv", "2024-12-31", Decimal("512.3"), "万千瓦", "月报")

_GROUP = 10


def work(url: str) -> None:
    """Save and import without end; what a batch is to hold stands in its first record."""
    store = Store(database_url(url, Path()))
    chance = random.Random()
    print("begun", flush=True)
    while True:
        name = f"{chance.getrandbits(60):x}"
        size = chance.choice([1, 2, 30, 300])
        records = [replace(FIGURE, source=f"{name} {number}") for number in range(size)]
        drafts = [Add(Note(name, json.dumps(size))), *map(Add, records)]
        store.apply(person(), drafts, why=name, imported=True)
        print("imported", flush=True)
        seen = [each for each in store.entries("installed") if each.why == name]
        edits = [Edit(each.id, each.revision, each.record) for each in seen[: size // 2]]
        hides = [Hide(each.id, each.revision) for each in seen[size // 2 :]]
        store.apply(person(), [*edits, *hides], why=f"{name} again")
        print("saved", flush=True)


def append(url: str, name: str, times: int) -> None:
    """Save so many figures one by one."""
    store = Store(database_url(url, Path()))
    for number in range(times):
        keep(replace(FIGURE, source=f"{name} {number}"), store=store)
    store.close()


def kill_once(url: str, *, after: int, and_s: float) -> None:
    """Let a process write so many batches and kill it so long afterwards, without warning."""
    words = [sys.executable, "-m", "tests.store.kill", "--work", url]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    for _ in range(after):
        assert process.stdout.readline()
    time.sleep(and_s)
    process.kill()
    process.wait()
    process.stdout.close()


def half_written(store: Store) -> list[str]:
    """What is there in part only; empty is as it should be."""
    found: list[str] = []
    changes = store.history(limit=10_000_000)
    sizes = {each.record.subject: int(each.record.text) for each in store.entries("note")}
    lines = Counter(each.why for each in changes)
    batches = {each.batch for each in changes}
    for name, size in sizes.items():
        if lines[name] != size + 1 or lines[f"{name} again"] not in (0, size):
            found.append(f"{name}: {lines[name]} lines, {lines[f'{name} again']} again, of {size}")
    in_force = {each.id: each.revision for each in store.entries("installed")}
    last = {}
    for each in reversed(changes):
        if each.kind == "installed":
            last[each.record_id] = each
    for record_id, change in last.items():
        if in_force.get(record_id) != (change.revision if change.after else None):
            found.append(f"{record_id}: {in_force.get(record_id)} in force, log {change.revision}")
    found += [record_id for record_id in in_force if record_id not in last]
    if int(store.revision().split(":")[1]) != len(batches):
        found.append(f"{store.revision()} after {len(batches)} batches")
    return found


def run(url: str, times: int, seed: int) -> tuple[int, list[str]]:
    """Kill so many times on one database; how many batches it has then, and what is in part."""
    chance = random.Random(seed)
    for _ in range(times):
        kill_once(url, after=chance.randrange(4), and_s=chance.uniform(0.0, 0.1))
    store = Store(database_url(url, Path()))
    batches, found = int(store.revision().split(":")[1]), half_written(store)
    store.close()
    return batches, found


def main() -> None:
    """Kill on SQLite and on PostgreSQL and say what was found."""
    if sys.argv[1] == "--work":
        work(sys.argv[2])
    if sys.argv[1] == "--append":
        append(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        return
    times = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        files = (f"sqlite:///{folder}/{number}.sqlite" for number in count())
        _say("SQLite", files.__next__, times)
    programs = find_programs()
    if why_not() or programs is None:
        print(f"PostgreSQL is left out: {why_not()}")
        return
    server = Server(programs, durable=True)
    try:
        _say("PostgreSQL", server.new_database, times)
    finally:
        server.stop()


def _say(name: str, new_database: Callable[[], str], times: int) -> None:
    """Kill in groups, each on a database of its own: a long one would only take longer to read."""
    begun = time.monotonic()
    batches, found = 0, list[str]()
    for first in range(0, times, _GROUP):
        url = new_database()
        whole, in_part = run(url, min(_GROUP, times - first), seed=first)
        batches += whole
        found += in_part
    took = time.monotonic() - begun
    print(f"{name}: {times} kills, {batches} batches whole, {len(found)} in part, {took:.0f} s")
    for each in found:
        print(f"  {each}")


if __name__ == "__main__":
    main()
