"""The cells of the user's own rasters: one file each, put into the folder in one step.

What is told of a raster is a record of the store; here bytes are kept. A file is put before its
record, so that no record names a missing one, and stays when the record is hidden.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.safe_file import locked
from terms.errors import StoreError
from terms.os_reasons import os_reason

MAX_UPLOAD_MB = 50  # through the page; a larger file is named by its path, or lies at an address
MAX_FILE_GB = 8
_ID = re.compile(r"[a-z_]+-[0-9a-f]{8}")
_PIECE = 1024 * 1024
_COMING = ".incoming-"
_LEFT_OVER_S = 24 * 3600  # what a killed process left is removed after a day


@contextmanager
def incoming(folder: Path, source: bytes | Path) -> Iterator[Path]:
    """A copy of what is offered, under a name of its own in the folder, removed at the end."""
    path: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        handle, name = tempfile.mkstemp(prefix=_COMING, suffix=".tif", dir=folder)
        path = Path(name)
        with os.fdopen(handle, "wb") as stream:
            if isinstance(source, bytes):
                stream.write(source)
            else:
                _check_room(source)
                with source.open("rb") as given:
                    shutil.copyfileobj(given, stream, _PIECE)
            stream.flush()
            os.fsync(stream.fileno())
        yield path
    except OSError as error:
        raise _failed(folder, error) from error
    finally:
        if path is not None:
            path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """The hash of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def file_of(folder: Path, id: str) -> Path:
    """Where the cells of a raster lie; raises StoreError for an id that is none."""
    if not _ID.fullmatch(id):
        raise StoreError(f"栅格代号 {id} 不合规 · {id} is no id of a raster of the user")
    return folder / f"{id}.tif"


@contextmanager
def placing(folder: Path) -> Iterator[None]:
    """Nobody else puts a raster into the folder meanwhile."""
    with locked(folder / "rasters"):
        yield


@contextmanager
def placed(folder: Path, id: str, file: Path | None) -> Iterator[None]:
    """Put a raster's file (none for an address) in its place for a record to be written inside.

    Where that fails, a file that was not there before is taken away again; within `placing`.
    """
    target = file_of(folder, id)
    was_there = target.exists()
    try:
        if file is not None:
            file.replace(target)
    except OSError as error:
        raise _failed(folder, error) from error
    try:
        yield
    except BaseException:
        if file is not None and not was_there:
            target.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{_COMING}*"):
        if time.time() - path.stat().st_mtime > _LEFT_OVER_S:
            path.unlink(missing_ok=True)


def _check_room(source: Path) -> None:
    size = source.stat().st_size
    if size > MAX_FILE_GB * 1024**3:
        told = f"{source.name} {size / 1024**3:.0f} GB > {MAX_FILE_GB} GB"
        raise StoreError(
            f"文件太大（{told}）：请用 gdalwarp -te 裁出本省 · "
            f"the file is too large ({told}): cut it with gdalwarp -te"
        )


def _failed(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"栅格不能存入 {folder}（{os_reason(error, 'zh')}）：请检查路径、权限和磁盘空间 · "
        f"the raster cannot be kept in {folder} ({os_reason(error, 'en')}): "
        "check path, permissions and disk space"
    )
