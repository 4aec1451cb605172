"""The registry as it was known on a day: progress recorded later has not happened yet."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from registry.registry import Registry
from terms.kinds import Status
from terms.records import Progress


@lru_cache(maxsize=8)
def known_on(registry: Registry, day: str) -> Registry:
    """The registry with the statuses of an ISO date; itself where nothing was recorded later."""
    progress = tuple(record for record in registry.progress if record.date <= day)
    if len(progress) == len(registry.progress):
        return registry
    latest: dict[str, Progress] = {}
    for record in sorted(progress, key=lambda each: each.date):
        if record.status is not None:
            latest[record.project] = record
    touched = {record.project for record in registry.progress}
    rows = []
    for row in registry.projects:
        if row.id in touched:
            now = latest.get(row.id)
            status = now.status if now and now.status else Status.LISTED
            date, source = (now.date, now.source) if now else ("", "")
            row = replace(row, status=status, status_date=date, status_source=source)
        rows.append(row)
    return replace(registry, projects=tuple(rows), progress=progress)
