"""Where the user's own files live."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The user's own folder: FENGTU_HOME, else the platform's data folder."""
    chosen = os.environ.get("FENGTU_HOME")
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_data_dir("fengtu", appauthor=False))


def records_path() -> Path:
    """The file in which an earlier version kept the records; `store.take_over` takes it in."""
    return home() / "records.yaml"


def copy_path() -> Path:
    """The last good copy of the records, for when the database cannot be reached."""
    return home() / "last-good.json"


def basemaps_path() -> Path:
    """The file of the base layers that the user set up; it may not exist."""
    return home() / "basemaps.yaml"


def rasters_path() -> Path:
    """The folder of the rasters that the user added; it may not exist."""
    return home() / "rasters"
