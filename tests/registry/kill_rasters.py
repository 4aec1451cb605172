"""A process that adds, chooses and removes rasters without end, to be killed at any moment."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from registry.own_rasters import Told, add_raster, choose_raster, remove_raster
from registry.raster_records import own_rasters
from store.engine import database_url
from store.rasters import digest_of
from store.store import Store
from terms.kinds import RasterKind
from tests.geo.rasters.builders import geotiff
from tests.keeping import person

TOLD = Told("高程", RasterKind.HEIGHT, "m")


def work(url: str, folder: Path) -> None:
    """Add one, choose it, take it away again, and the next."""
    store, cells = Store(database_url(url, Path())), np.random.default_rng()
    with tempfile.TemporaryDirectory() as beside:
        print("begun", flush=True)
        while True:
            path = geotiff(Path(beside) / "a.tif", cells.random((700, 700), np.float32))
            one, _ = add_raster(store, person(), folder, TOLD, path.read_bytes())
            print("added", flush=True)
            choose_raster(store, person(), one.id)
            if cells.random() < 0.5:
                remove_raster(store, person(), one.id)
            print("changed", flush=True)


def kill_once(url: str, folder: Path, chance: random.Random) -> None:
    """Let a process write a little and kill it without warning."""
    words = [sys.executable, "-m", "tests.registry.kill_rasters", url, str(folder)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    for _ in range(chance.randrange(4)):
        assert process.stdout.readline()
    time.sleep(chance.uniform(0.0, 0.1))
    process.kill()
    process.wait()
    process.stdout.close()


def half_written(store: Store, folder: Path) -> list[str]:
    """Records whose file is not whole, or that the log does not tell; empty as it should be."""
    found = [f"{each.id}: no file" for each in own_rasters(store.book(), folder).missing]
    lines = store.history("raster", limit=100_000)
    entries = {each.id: each for each in store.entries("raster")}
    hidden = store.withdrawn("raster")
    for id in {*entries, *hidden, *(each.record_id for each in lines)}:
        digest = digest_of(folder / f"{id}.tif")
        if not id.endswith(digest[:8]):
            found.append(f"{id}: its file is {digest}")
        told = [each for each in lines if each.record_id == id]
        revision = entries[id].revision if id in entries else hidden.get(id)
        if [each.revision for each in told] != list(range(revision or 0, 0, -1)) or not told:
            found.append(f"{id}: revision {revision}, {len(told)} lines")
    if sum(each.record.is_chosen for each in entries.values()) > 1:
        found.append("two are chosen")
    return found


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]))
