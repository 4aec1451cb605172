"""Reasons of the operating system, in the language of the sentence that they stand in."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from store.backup import write_backup
from terms.errors import StoreError
from terms.language import half
from terms.os_reasons import os_reason

_LATIN = re.compile("[A-Za-z]")


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (errno.ENOSPC, "磁盘空间已满", "no space left on the disk"),
        (errno.EACCES, "没有权限", "permission denied"),
        (errno.EROFS, "所在磁盘只读", "the disk is read-only"),
        (errno.ENOENT, "找不到文件或文件夹", "no such file or folder"),
    ],
)
def test_the_common_ones(number: int, chinese: str, english: str) -> None:
    error = OSError(number, "the system's own words")
    assert (os_reason(error, "zh"), os_reason(error, "en")) == (chinese, english)


def test_one_that_is_not_listed_keeps_its_number() -> None:
    error = OSError(errno.EDOM, "Numerical argument out of domain")
    assert os_reason(error, "zh") == f"系统错误 {errno.EDOM}"
    assert os_reason(error, "en") == "Numerical argument out of domain"
    assert os_reason(OSError(), "en") == "OSError"


def test_a_sentence_holds_one_language(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(StoreError) as told:
        write_backup(blocked / "inner" / "b.zip", b"")
    chinese = half(str(told.value), "zh").replace(str(blocked), "")
    reason = chinese[chinese.index("（") : chinese.index("）")]
    assert reason and not _LATIN.search(reason)
    assert "folder" in half(str(told.value), "en")
