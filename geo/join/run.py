"""A file of points counted and summed by district, in one process and constant memory."""

from __future__ import annotations

from geo.districts import Districts
from geo.join.points import join_points
from geo.join.source import Batch, Source, batches
from geo.join.tally import Tally


def tally_source(source: Source, districts: Districts) -> Tally:
    """Count the points of a file and sum its columns by district, batch after batch."""
    tally = Tally(districts.codes, source.columns)
    for batch in batches(source):
        add_batch(tally, batch, source=source, districts=districts)
    return tally


def add_batch(tally: Tally, batch: Batch, *, source: Source, districts: Districts) -> None:
    """Join a batch and take it into the tally."""
    joined = join_points(batch.lon, batch.lat, districts=districts, crs=source.crs)
    tally.add(joined, batch.values)
