"""The user's own rasters on the disk: one file and its record each, put and taken in whole steps.

What a raster is and whether it may serve is decided elsewhere (`geo.rasters`); here bytes are
kept. A record is written after its file and removed before it, so that none names a missing one.
Every command takes who asks for it, and raises AccessError if that person may not.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from store.access import require
from store.safe_file import locked, replace_text
from terms.actor import Actor, Role
from terms.errors import StoreError

MAX_UPLOAD_MB = 50  # through the page; a larger file is named by its path, or lies at an address
MAX_FILE_GB = 8
_ID = re.compile(r"[a-z0-9_]+-[0-9a-f]{8}")
_PIECE = 1024 * 1024


@contextmanager
def incoming(folder: Path, source: bytes | Path) -> Iterator[Path]:
    """A copy of what is offered, under a name of its own in the folder, removed at the end."""
    path: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".incoming-", suffix=".tif", dir=folder)
        path = Path(name)
        with os.fdopen(handle, "wb") as stream:
            if isinstance(source, bytes):
                stream.write(source)
            else:
                _check_room(source)
                with source.open("rb") as given:
                    shutil.copyfileobj(given, stream, _PIECE)
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


def keep(actor: Actor, folder: Path, id: str, text: str, file: Path | None) -> None:
    """Put a raster into the folder: its file (none for an address), then its record."""
    require(actor, Role.EDITOR)
    _check_id(id)
    with locked(folder / "rasters"):
        try:
            if file is not None:
                shutil.copymode(file, folder / file.name)
                file.replace(folder / f"{id}.tif")
        except OSError as error:
            raise _failed(folder, error) from error
        replace_text(folder / f"{id}.json", text)


def rewrite(actor: Actor, folder: Path, texts: Mapping[str, str]) -> None:
    """Put new records in the place of those of some ids."""
    require(actor, Role.EDITOR)
    with locked(folder / "rasters"):
        for id, text in texts.items():
            _check_id(id)
            replace_text(folder / f"{id}.json", text)


def remove(actor: Actor, folder: Path, id: str) -> None:
    """Take a raster away: its record first, then its file."""
    require(actor, Role.EDITOR)
    _check_id(id)
    with locked(folder / "rasters"):
        try:
            for name in (f"{id}.json", f"{id}.json.bak", f"{id}.tif"):
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise _failed(folder, error) from error


def stamp_of(folder: Path) -> str:
    """Changes whenever a record in the folder does."""
    if not folder.is_dir():
        return ""
    found = (path.stat() for path in sorted(folder.glob("*.json")))
    return ",".join(f"{each.st_mtime_ns}:{each.st_size}" for each in found)


def _check_id(id: str) -> None:
    if not _ID.fullmatch(id):
        raise StoreError(f"栅格代号 {id} 不合规 · {id} is no id of a raster of the user")


def _check_room(source: Path) -> None:
    size = source.stat().st_size
    if size > MAX_FILE_GB * 1024**3:
        told = f"{source.name} {size / 1024**3:.0f} GB > {MAX_FILE_GB} GB"
        raise StoreError(
            f"文件太大（{told}）：请用 gdalwarp -te 裁出本省 · "
            f"the file is too large ({told}): cut it with gdalwarp -te"
        )


def _failed(folder: Path, error: OSError) -> StoreError:
    why = error.strerror or type(error).__name__
    return StoreError(
        f"栅格不能存入 {folder}（{why}）：请检查路径、权限和磁盘空间 · "
        f"the raster cannot be kept in {folder} ({why}): check path, permissions and disk space"
    )
