"""Archives of strangers: every danger is looked for before anything is unpacked."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from registry.intake.limits import Limits, refusal
from terms.errors import IntakeError

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".zst", ".kmz")
_MAGIC = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CHUNK = 1 << 20
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """A zip file that passed the door; `read` unpacks one member within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise _damaged(error) from None
        self._check_sizes()
        infos = self._zip.infolist()
        for info in infos:
            _check_member(info)
        self._members = {info.filename: info for info in infos if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, folders left out."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """One member, unpacked; a member that hides another archive is refused."""
        pieces, total = [], 0
        try:
            with self._zip.open(self._members[name]) as stream:
                while piece := stream.read(_CHUNK):
                    total += len(piece)
                    if total > self._limits.unpacked:
                        raise _bomb(self._limits)
                    pieces.append(piece)
        except BROKEN as error:
            raise _damaged(error) from None
        content = b"".join(pieces)
        if content.startswith(_MAGIC):
            raise _nested(name)
        return content

    def _check_sizes(self) -> None:
        infos, limits = self._zip.infolist(), self._limits
        if len(infos) > limits.members:
            raise refusal(
                f"压缩包里有 {len(infos)} 个文件，超过上限 {limits.members} 个，请只打包所需文件",
                f"the archive holds {len(infos)} files, more than {limits.members}; pack only "
                "what is needed",
            )
        if len({info.filename.casefold() for info in infos}) < len(infos):
            raise refusal(
                "压缩包里有同名文件，请重新打包",
                "the archive holds two files of one name; pack it anew",
            )
        if sum(info.file_size for info in infos) > limits.unpacked:
            raise _bomb(limits)
        for info in infos:
            packed = max(info.compress_size, 1)
            if info.file_size > limits.ratio_from and info.file_size / packed > limits.ratio:
                raise _bomb(limits)


def check_xml(content: bytes, name: str) -> None:
    """Refuse XML that brings its own entities or hides its signs in another encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:64]:
        raise refusal(
            f"{_shown(name)} 不是 UTF-8 编码的 XML，请用 Excel 或 WPS 重新保存",
            f"{_shown(name)} is not XML in UTF-8; save the file anew with Excel or WPS",
        )
    if _ENTITY.search(content):
        raise refusal(
            f"{_shown(name)} 含有 XML 实体或 DTD，有安全风险，不予读取，请用 Excel 或 WPS 重新保存",
            f"{_shown(name)} holds XML entities or a DTD, which is a risk and is not read; "
            "save the file anew with Excel or WPS",
        )


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_trick = (
        not parts or name.startswith(("/", "\\")) or ".." in parts or bool(_DRIVE.match(name))
    )
    if is_trick or "\x00" in info.orig_filename or stat.S_ISLNK(info.external_attr >> 16):
        raise refusal(
            f"压缩包里的路径 {_shown(name)} 指向包外，不予读取，请重新打包",
            f"the path {_shown(name)} leads out of the archive and is not read; pack it anew",
        )
    if info.flag_bits & 0x1:
        raise encrypted()
    if name.lower().endswith(_ARCHIVES):
        raise _nested(name)


def encrypted() -> IntakeError:
    """The refusal of what is locked."""
    return refusal(
        "文件已加密，请去掉密码后重新保存",
        "the file is encrypted; save it again without a password",
    )


def _bomb(limits: Limits) -> IntakeError:
    most = limits.unpacked // 1_000_000
    return refusal(
        f"压缩包解开后超过 {most} MB，或压缩比高于 {limits.ratio}，疑似压缩炸弹，请分成几个文件",
        f"unpacked the archive exceeds {most} MB or a ratio of {limits.ratio}, like a zip bomb; "
        "split the file",
    )


def _nested(name: str) -> IntakeError:
    return refusal(
        f"压缩包里又有压缩包 {_shown(name)}，请解开一层后重新打包",
        f"the archive holds another archive, {_shown(name)}; unpack it once and pack it anew",
    )


def _damaged(error: BaseException) -> IntakeError:
    reason = _shown(str(error) or type(error).__name__)
    return refusal(
        f"压缩包已损坏（{reason}），请重新保存或重新打包",
        f"the archive is damaged ({reason}); save or pack it anew",
    )


def _shown(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:80].replace(" · ", " ")
