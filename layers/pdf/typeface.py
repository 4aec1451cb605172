"""The Chinese typeface that a PDF embeds: named by the user, or the first usable on the system.

No font ships with Fengtu. What is taken must carry outlines that a PDF can embed: variable fonts
and those that a system draws by means of its own are passed over. What is wrong is said as
"中文 · English", of which a page shows one half (`terms.language.half`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from terms.errors import SetupError
from terms.messages import text

FONT_VARIABLE = "FENGTU_FONT"
_NEEDED = "县市碳达峰项目简报未载，。；：（）《》、·"
_BOLD_FROM = 600  # OS/2 weight class


@dataclass(frozen=True)
class Face:
    """One face: a file, and its number where the file is a collection."""

    path: str
    number: int = 0


@dataclass(frozen=True)
class Typeface:
    """The regular face and the bold one; they are the same where there is no bold."""

    regular: Face
    bold: Face

    @property
    def has_bold(self) -> bool:
        """Is the bold face one of its own?"""
        return self.bold != self.regular


@dataclass(frozen=True)
class _Known:
    """A family as systems ship it: files by preference, words that its simplified face bears."""

    regular: tuple[str, ...]
    bold: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()


# In order of preference; file names in small letters.
_KNOWN = (
    _Known(("notosanscjk-regular.ttc",), ("notosanscjk-bold.ttc",), (" sc",)),
    _Known(("notosanscjksc-regular.otf",), ("notosanscjksc-bold.otf",)),
    _Known(("notosanssc-regular.otf", "notosanssc-regular.ttf"), ("notosanssc-bold.otf",)),
    _Known(("sourcehansanssc-regular.otf", "sourcehansanscn-regular.otf"),
           ("sourcehansanssc-bold.otf", "sourcehansanscn-bold.otf")),
    _Known(("sourcehansans.ttc",), (), (" sc",)),
    _Known(("msyh.ttc", "msyh.ttf"), ("msyhbd.ttc", "msyhbd.ttf"), ("yahei",)),
    _Known(("deng.ttf",), ("dengb.ttf",)),
    _Known(("pingfang.ttc",), ("pingfang.ttc",), (" sc",)),
    _Known(("hiragino sans gb.ttc",), ("hiragino sans gb.ttc",), ("hiragino sans gb",)),
    _Known(("stheiti light.ttc", "stheiti medium.ttc"), ("stheiti medium.ttc",), (" sc",)),
    _Known(("simhei.ttf",)),
    _Known(("wqy-microhei.ttc", "wqy-zenhei.ttc"), (), ("wenquanyi",)),
    _Known(("notoserifcjk-regular.ttc",), ("notoserifcjk-bold.ttc",), (" sc",)),
    _Known(("simsun.ttc",), (), ("simsun",)),
    _Known(("droidsansfallbackfull.ttf", "droidsansfallback.ttf")),
)  # fmt: skip


def typeface() -> Typeface:
    """The typeface in force; raises SetupError with the remedy where there is none."""
    named = os.environ.get("FENGTU_FONT", "").strip()
    return _named(named) if named else _found(_folders())


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts, the user's own after the shared ones."""
    return tuple(map(Path, _folders()))


def _folders() -> tuple[str, ...]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        folders = [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    elif sys.platform == "darwin":
        system = Path("/System/Library")
        folders = [system / "Fonts", Path("/Library/Fonts"), home / "Library" / "Fonts"]
        folders += sorted(system.glob("AssetsV2/com_apple_MobileAsset_Font*"))
    else:
        folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
        folders += [home / ".local" / "share" / "fonts", home / ".fonts"]
    return tuple(str(folder) for folder in folders)


@lru_cache(maxsize=4)
def _found(folders: tuple[str, ...]) -> Typeface:
    files = _font_files(folders)
    for known in _KNOWN:
        if regular := _first(files, known.regular, known.wanted, is_bold=False):
            bold = _first(files, known.bold, known.wanted, is_bold=True)
            return Typeface(regular, bold or regular)
    for name in sorted(files):  # an unknown family is better than none
        if face := _first(files, (name,), (), is_bold=False):
            return Typeface(face, face)
    raise SetupError(" · ".join(text("brief.no_font", language) for language in ("zh", "en")))


@lru_cache(maxsize=4)
def _named(path: str) -> Typeface:
    """The file that the user names; of a collection the simplified faces."""
    try:
        faces = list(_faces(path))
    except (OSError, TTLibError) as error:
        raise _unusable(path, str(error)) from error
    usable = [face for face, font in faces if _is_usable(font)]
    if not usable:
        raise _unusable(path, "")
    wanted = [face for face, font in faces if face in usable and _bears(font, (" sc", " gb"))]
    chosen = {face: font for face, font in faces if face in (wanted or usable)}
    light = [face for face, font in chosen.items() if not _is_bold(font)]
    heavy = [face for face, font in chosen.items() if _is_bold(font)]
    regular = (light or heavy)[0]
    return Typeface(regular, (heavy or light)[0])


def _unusable(path: str, cause: str) -> SetupError:
    said = {
        language: text("brief.bad_font", language, path=path, cause=f" ({cause})" if cause else "")
        for language in ("zh", "en")
    }
    return SetupError(f"{said['zh']} · {said['en']}")


def _font_files(folders: Iterable[str]) -> Mapping[str, str]:
    """Every font file by its name in small letters; the first folder wins."""
    found: dict[str, str] = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith((".ttc", ".otc", ".ttf", ".otf")):
                    found.setdefault(name.lower(), str(Path(place) / name))
    return found


def _first(
    files: Mapping[str, str], names: Iterable[str], wanted: tuple[str, ...], *, is_bold: bool
) -> Face | None:
    """The first usable face of the named files; a bold one must be bold."""
    for name in names:
        if name not in files:
            continue
        try:
            faces = list(_faces(files[name]))
        except (OSError, TTLibError):
            continue  # a broken file is as good as none; the next one may serve
        fits = [(face, font) for face, font in faces if _bears(font, wanted)]
        own = [(face, font) for face, font in fits if _is_bold(font) is is_bold]
        for face, font in own or ([] if is_bold else fits):
            if _is_usable(font):
                return face
    return None


def _faces(path: str) -> Iterator[tuple[Face, TTFont]]:
    if path.lower().endswith((".ttc", ".otc")):
        for number, font in enumerate(TTCollection(path, lazy=True).fonts):
            yield Face(path, number), font
    else:
        yield Face(path), TTFont(path, lazy=True)


def _is_usable(font: TTFont) -> bool:
    """Can a PDF embed it, and does it write Chinese?"""
    if "fvar" in font or not ("glyf" in font or "CFF " in font):
        return False
    known = font.getBestCmap() or {}
    return all(ord(sign) in known for sign in _NEEDED)


def _bears(font: TTFont, wanted: tuple[str, ...]) -> bool:
    """Does its English name hold one of the words? Interface faces (UI), Mono are other ones."""
    name = f" {font['name'].getBestFullName() or ''} ".lower()
    if not wanted:
        return True
    return any(word in name for word in wanted) and " ui " not in name and " mono " not in name


def _is_bold(font: TTFont) -> bool:
    return bool(font["OS/2"].usWeightClass >= _BOLD_FROM)
