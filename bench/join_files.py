"""Files of points for the benchmark, and what one process needs to count them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from geo.districts import Districts, load_districts
from geo.join.run import tally_source
from geo.join.source import open_source

Floats = npt.NDArray[np.float64]
_AT_ONCE = 500_000
_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def inland(districts: Districts, count: int, *, seed: int) -> tuple[Floats, Floats, Floats]:
    """Points spread evenly over the districts, none outside, with an amount each."""
    draw = np.random.default_rng(seed)
    west, south, east, north = districts.frame.total_bounds
    lon, lat = np.empty(0), np.empty(0)
    while len(lon) < count:
        x, y = draw.uniform(west, east, count), draw.uniform(south, north, count)
        is_in = districts.cells.locate(x, y)[0] >= 0
        lon, lat = np.concatenate([lon, x[is_in]]), np.concatenate([lat, y[is_in]])
    return lon[:count], lat[:count], np.round(draw.uniform(0, 50, count), 2)


def write_points(path: Path, districts: Districts, count: int) -> Path:
    """GeoParquet of points with an amount, in WGS-84; written piece by piece."""
    geo = {"columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}}}
    geo |= {"version": "1.1.0", "primary_column": "geometry"}
    schema = pa.schema(
        [("mw", pa.float64()), ("geometry", pa.binary())], metadata={"geo": json.dumps(geo)}
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for seed, first in enumerate(range(0, count, _AT_ONCE)):
            lon, lat, mw = inland(districts, min(_AT_ONCE, count - first), seed=seed)
            writer.write_table(pa.table({"mw": mw, "geometry": _wkb(lon, lat)}, schema=schema))
    return path


def _wkb(lon: Floats, lat: Floats) -> pa.Array:
    raw = np.empty(len(lon), dtype=_POINT)
    raw["order"], raw["type"], raw["x"], raw["y"] = 1, 1, lon, lat
    ends = np.arange(len(lon) + 1, dtype=np.int32) * _POINT.itemsize
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(raw.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


def seconds(path: Path, districts: Districts) -> float:
    """Processor time to count and sum a file, with the grid laid."""
    source = open_source(path, columns=["mw"])
    start = time.process_time()
    tally_source(source, districts)
    return time.process_time() - start


def peak_mb(path: Path) -> float | None:
    """The most memory that a process of its own takes to count a file; None but on Linux."""
    command = [sys.executable, "-m", "bench.join_files", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
    found: float | None = json.loads(done.stdout)
    return found


def _own_peak_mb(path: Path) -> float | None:
    tally_source(open_source(path, columns=["mw"]), load_districts())
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    # Not getrusage: there a process begins with what its parent held.
    (peak_kb,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return round(int(peak_kb) / 1024, 1)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_own_peak_mb(Path(sys.argv[1]))))
