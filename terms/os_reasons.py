"""Why the operating system refused a file, in both languages: its own words are English."""

from __future__ import annotations

import errno
import os

from terms.language import Language

# By name, since no system knows them all.
_WORDS: dict[str, tuple[str, str]] = {
    "ENOSPC": ("磁盘空间已满", "no space left on the disk"),
    "EDQUOT": ("超出磁盘配额", "the disk quota is used up"),
    "EFBIG": ("文件超过系统允许的大小", "the file is larger than the system allows"),
    "EACCES": ("没有权限", "permission denied"),
    "EPERM": ("没有权限", "permission denied"),
    "EROFS": ("所在磁盘只读", "the disk is read-only"),
    "ENOENT": ("找不到文件或文件夹", "no such file or folder"),
    "ENOTDIR": ("路径中有一段不是文件夹", "a part of the path is no folder"),
    "EISDIR": ("这是文件夹，不是文件", "it is a folder, not a file"),
    "EEXIST": ("已有同名的文件", "a file of that name exists"),
    "ENOTEMPTY": ("文件夹不空", "the folder is not empty"),
    "ENAMETOOLONG": ("名称太长", "the name is too long"),
    "EBUSY": ("正被别的程序占用", "another program is using it"),
    "ETXTBSY": ("正被别的程序占用", "another program is using it"),
    "EMFILE": ("打开的文件太多", "too many files are open"),
    "ENFILE": ("打开的文件太多", "too many files are open"),
    "EIO": ("磁盘读写出错", "the disk failed to read or write"),
    "ENXIO": ("设备不可用", "the device is not available"),
    "ENODEV": ("设备不可用", "the device is not available"),
    "ELOOP": ("链接成环", "links run in a circle"),
    "EINVAL": ("路径或内容不合系统要求", "the system does not take this path or content"),
    "ETIMEDOUT": ("超时没有回应", "no answer in time"),
}


def os_reason(error: OSError, language: Language) -> str:
    """The reason in a few words; one that is not listed by the system's own, with its number."""
    known = _WORDS.get(errno.errorcode.get(error.errno or 0, ""))
    if known:
        return known[0] if language == "zh" else known[1]
    said = error.strerror or (os.strerror(error.errno) if error.errno else type(error).__name__)
    if language == "en":
        return said
    return f"系统错误 {error.errno}" if error.errno else f"系统错误 {said}"
