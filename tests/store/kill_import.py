"""Kill `cli.py import` at random moments: `python -m tests.store.kill_import 200`.

Each file has rows that nobody else wrote. Afterwards all of them are there or none, in the records
and in the change log alike, and the next command runs without a word of repair.
"""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

from store.engine import database_url
from store.store import DATABASE_VARIABLE, Store
from tests.store.postgres import Server, find_programs, why_not

_ROOT = Path(__file__).parents[2]
_GROUP = 20
_ROWS = 120
_HEAD = ("项目编号", "项目名称", "县区", "技术类型", "装机（MW）", "状态")


def rows_file(mark: str) -> str:
    """A list of projects that are told from all others by their names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for number in range(_ROWS):
        writer.writerow([f"{mark}{number}", f"{mark}第{number}", "肥城市", "光伏", 7, "在建"])
    return out.getvalue()


def start(file: Path, source: str) -> tuple[int, int]:
    """Begin the import in a process that has read all libraries; its id and where it tells.

    It tells a byte when it begins and one at each statement that it sends to the database.
    """
    there, here = os.pipe()
    child = os.fork()
    if child:
        os.close(here)
        return child, there
    os.close(there)
    try:
        _import(file, source, here)
    finally:
        os._exit(0)


def _import(file: Path, source: str, here: int) -> None:
    import sqlalchemy as sa

    import cli

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def _(*_: object) -> None:
        os.write(here, b".")

    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        sys.stdout = nothing
        os.write(here, b".")
        cli.app(["import", str(file), "--set", f"source={source}", "--yes"], standalone_mode=False)


def kill_once(file: Path, source: str, chance: random.Random, statements: int) -> int:
    """Kill an import after so many statements and a moment; how many it had told by then.

    One in five is left to run for a while of any length instead.
    """
    child, told = start(file, source)
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 2))
    else:
        for _ in range(chance.randrange(1, max(statements, 2))):
            if not os.read(told, 1):
                break
        time.sleep(chance.choice([0, chance.uniform(0, 0.02)]))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seen = 0
    while piece := os.read(told, 65536):
        seen += len(piece)
    os.close(told)
    return seen


def measured(file: Path) -> int:
    """How many statements a whole import sends."""
    child, told = start(file, "whole")
    seen = 0
    while piece := os.read(told, 65536):
        seen += len(piece)
    os.waitpid(child, 0)
    os.close(told)
    return seen


def in_part(store: Store) -> tuple[int, list[str]]:
    """How many files came whole, and what of any is there in part."""
    found: list[str] = []
    names = Counter(each.name.partition("第")[0] for each in store.book().projects)
    lines = Counter(
        str(each.after and each.after["name"]).partition("第")[0]
        for each in store.history("project", limit=1_000_000)
    )
    for mark in {*names, *lines}:
        if (names[mark], lines[mark]) != (_ROWS, _ROWS):
            found.append(f"{mark}: {names[mark]} rows and {lines[mark]} lines of {_ROWS}")
    batches = {each.batch for each in store.history(limit=1_000_000)}
    if int(store.revision().split(":")[1]) != len(batches):
        found.append(f"{store.revision()} after {len(batches)} batches")
    return len(names), found


def run(url: str, times: int, seed: int, folder: Path) -> tuple[int, list[str]]:
    """Kill so many imports on one database; how many files are there whole, what in part."""
    os.environ[DATABASE_VARIABLE], os.environ["FENGTU_HOME"] = url, str(folder / "home")
    chance = random.Random(seed)
    file = folder / "list.csv"
    file.write_text(rows_file(f"a{seed}x"), encoding="utf-8")
    statements = measured(file)
    for number in range(times):
        file.write_text(rows_file(f"{chance.getrandbits(40):x}x"), encoding="utf-8")
        kill_once(file, f"第{number}份", chance, statements)
    store = Store(database_url(url, Path()))
    whole, found = in_part(store)
    store.close()
    return whole, found + _next_command(whole)


def _next_command(whole: int) -> list[str]:
    """The program started anew lists what came, and says nothing besides."""
    words = [sys.executable, "cli.py", "projects", "--city", "user"]
    done = subprocess.run(words, cwd=_ROOT, capture_output=True, check=False)
    rows = done.stdout.decode("utf-8").count("\nuser-")
    if (done.returncode, done.stderr, rows) == (0, b"", whole * _ROWS):
        return []
    return [f"exit {done.returncode}, {rows} rows: {done.stderr.decode('utf-8', 'replace')}"]


def main() -> int:
    """Kill on SQLite and on PostgreSQL; 1 if anything was found in part."""
    import cli  # noqa: F401 - read once, before the forks

    times = int(sys.argv[1])
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = (f"sqlite:///{folder}/{number}.sqlite" for number in count())
        failed += _say("SQLite", files.__next__, times, folder)
        programs = find_programs()
        if why_not() or programs is None:
            print(f"PostgreSQL is left out: {why_not()}")
            return int(failed > 0)
        server = Server(programs, durable=True)
        try:
            failed += _say("PostgreSQL", server.new_database, times, folder)
        finally:
            server.stop()
    return int(failed > 0)


def _say(name: str, new_database: Callable[[], str], times: int, folder: Path) -> int:
    """Kill in groups, each on a database of its own; how many were found in part."""
    begun = time.monotonic()
    whole, found = 0, list[str]()
    for first in range(0, times, _GROUP):
        came, broken = run(new_database(), min(_GROUP, times - first), first, folder)
        whole += came - 1  # one was let run through
        found += broken
    took = time.monotonic() - begun
    print(f"{name}: {times} imports killed, {whole} whole, {len(found)} in part, {took:.0f} s")
    for each in found:
        print(f"  {each}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
