"""The registry as it was known on a day: progress recorded later has not happened yet."""

from __future__ import annotations

from functools import lru_cache

from registry.additions import with_progress
from registry.registry import Registry


@lru_cache(maxsize=8)
def known_on(registry: Registry, day: str) -> Registry:
    """The registry with the statuses of an ISO date; itself where nothing was recorded later."""
    progress = tuple(record for record in registry.progress if record.date <= day)
    if len(progress) == len(registry.progress):
        return registry
    return with_progress(registry, progress)
