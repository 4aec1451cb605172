"""Single cells of a project row: words of closed lists, years, dates, accuracies."""

from __future__ import annotations

import re
from datetime import date

from registry.intake.mapping import FileMapping
from registry.intake.words import folded, is_not_stated, known_words, look_up
from terms.kinds import Layer, Precision, Status, Technology

LAYER_OF: dict[Technology, Layer] = {
    Technology.PV: Layer.PV,
    Technology.PV_DISTRIBUTED: Layer.PV_DISTRIBUTED,
    Technology.WIND: Layer.WIND,
    Technology.WIND_SOLAR_STORAGE: Layer.INTEGRATED_ENERGY,
    Technology.PUMPED_STORAGE: Layer.PUMPED_STORAGE,
    Technology.COMPRESSED_AIR_STORAGE: Layer.NEW_STORAGE,
    Technology.NEW_STORAGE: Layer.NEW_STORAGE,
    Technology.BIOMASS: Layer.BIOMASS,
    Technology.WASTE_TO_ENERGY: Layer.BIOMASS,
    Technology.GAS: Layer.GAS_POWER,
    Technology.COAL: Layer.COAL_POWER,
}
_LISTS: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "technology": tuple(Technology),
}
_YEAR = re.compile(r"(19[5-9]\d|20\d\d)(?:\.0+)?(?!\d)(?:年|[-/.].*)?.{0,12}")
_PERIODS = {"十四五": 2025, "十五五": 2030, "十三五": 2020, "十二五": 2015}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: .*)?")
_METRES = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*(m|米|km|公里|千米)?", re.IGNORECASE)
_EXACT = ("exact", "site", "精确", "准确", "点位", "实测", "high")
_ROUGH = tuple("approximate approx 约 大致 近似 概略 township 乡镇 low medium".split())
IGNORED = "-"  # what a person sets for a word that is to count as nothing stated
_SITE_M = 2_000  # a point known less exactly stands for its township


class WordError(ValueError):
    """A word that nobody knows; says what was expected as a pair of languages."""


def read_word(name: str, cell: str, mapping: FileMapping) -> str | None:
    """Our key for a word of a closed list, None where nothing is stated; raises WordError."""
    settled = mapping.value(name, cell)
    if settled == IGNORED:
        return None
    if settled:
        if settled not in _LISTS.get(name, (settled,)):
            raise WordError(known(name))
        return settled
    if is_not_stated(cell):
        return None
    found = look_up(name, cell)
    if found is None:
        raise WordError(known(name))
    return found


def read_year(cell: str) -> int | None:
    """A year, of a date or a five-year period too; raises WordError."""
    if is_not_stated(cell):
        return None
    plain = folded(cell)
    for period, year in _PERIODS.items():
        if period in plain:
            return year
    match = _YEAR.match(plain)
    if match is None:
        raise WordError("年份，如 2027 或 2027-06 · a year, such as 2027 or 2027-06")
    return int(match[1])


def read_date(cell: str) -> str:
    """An ISO date, empty where nothing is stated; raises WordError."""
    if is_not_stated(cell):
        return ""
    match = _DATE.fullmatch(folded(cell))
    try:
        if match is None:
            raise ValueError(cell)
        found = date(int(match[1]), int(match[2]), int(match[3]))
        if not found.year >= 1950 or found > date.today():
            raise ValueError(cell)
        return found.isoformat()
    except ValueError:
        raise WordError(
            "今天或以前的日期，如 2025-12-31 · a date, today or before, such as 2025-12-31"
        ) from None


def read_accuracy(cell: str) -> tuple[Precision, int | None]:
    """How exactly a point is known, and its metres if stated; raises WordError."""
    plain = folded(cell)
    if is_not_stated(cell) or plain.startswith(_EXACT):
        return Precision.SITE, None
    if plain.startswith(_ROUGH):
        return Precision.TOWNSHIP, None
    match = _METRES.fullmatch(plain)
    if match is None:
        raise WordError("精确、近似或米数，如 50m · exact, approximate or metres such as 50m")
    metres = round(float(match[1]) * (1000 if match[2] in ("km", "公里", "千米") else 1))
    if metres > 1_000_000:
        raise WordError("不超过 1000 公里的精度 · an accuracy of at most 1,000 km")
    return (Precision.SITE if metres <= _SITE_M else Precision.TOWNSHIP), metres


def known(name: str) -> str:
    """What a fault of a closed list expects, with the two ways to mend it."""
    chinese, english = known_words(name).split(" · ")
    return (
        f"认识的词（{chinese}），或在“不认识的词与重名的县”里选定（命令行 --set {name}:词=代码） · "
        f"a known word ({english}), or choose one under the words and names to settle "
        f"(command line --set {name}:WORD=KEY)"
    )
