"""One file written so that a crash, a full disk or a second process loses nothing.

The lock is the operating system's own, on a file beside: it ends with its process, so that none
is ever left over. A home on a network drive must support such locks.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from terms.errors import StoreError
from terms.os_reasons import os_reason

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAIT_S = 10.0
_PAUSE_S = 0.05


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process and session from changing a file; waits ten seconds at most."""
    beside = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = beside.open("ab")
    except OSError as error:
        raise _cannot_write(path, error) from error
    with stream:
        _wait_for(stream, path)
        try:
            yield
        finally:
            _let_go(stream)


def replace_text(path: Path, text: str) -> None:
    """Put a new text in a file's place, in one step; what stood there is kept as `.bak`."""
    try:
        if path.exists():
            _put(path.with_name(f"{path.name}.bak"), path.read_bytes(), like=path)
        _put(path, text.encode("utf-8"), like=path)
    except OSError as error:
        raise _cannot_write(path, error) from error


def put_text(path: Path, text: str) -> None:
    """Put a text in a file's place in one step; raises OSError."""
    _put(path, text.encode("utf-8"), like=path)


def put_bytes(path: Path, data: bytes) -> None:
    """Put a file in place in one step; raises OSError."""
    _put(path, data, like=path)


def _put(path: Path, data: bytes, *, like: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if like.exists():
            shutil.copymode(like, new)
        _replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    _settle(path.parent)


def _replace(new: Path, path: Path) -> None:
    """Windows refuses while somebody reads the old file, so it is tried for a second."""
    for _ in range(20):
        try:
            new.replace(path)
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(_PAUSE_S)
        else:
            return
    new.replace(path)


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where the system lets one open a folder."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _wait_for(stream: IO[bytes], path: Path) -> None:
    end = time.monotonic() + WAIT_S
    while not _take(stream):
        if time.monotonic() > end:
            raise StoreError(
                f"{path} 正被另一处写入，请稍后重试 · "
                f"{path} is being written by somebody else; try again in a moment"
            )
        time.sleep(_PAUSE_S)


def _take(stream: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise _cannot_write(Path(stream.name), error) from error
    return True


def _let_go(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(stream.fileno(), fcntl.LOCK_UN)


def _cannot_write(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"不能写入 {path}（{os_reason(error, 'zh')}），原文件未动；请检查权限和磁盘空间 · "
        f"cannot write {path} ({os_reason(error, 'en')}), the file is as it was; "
        "check permissions and disk space"
    )
