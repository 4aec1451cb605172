"""Where a row of a file is: by its coordinates, else by the county or city that it names."""

from __future__ import annotations

from dataclasses import dataclass

from registry.intake.gazetteer import NOTHING, Found, Gazetteer
from registry.intake.lacking import has_place
from registry.intake.points import Spot
from registry.intake.row_reader import RowReader
from terms.kinds import Precision


@dataclass(frozen=True)
class Place:
    """Districts, city and point of a project, with how exactly they are known."""

    codes: tuple[str, ...]
    city_code: str
    precision: Precision
    township: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: int | None = None


def place_row(
    reader: RowReader,
    spot: Spot,
    gazetteer: Gazetteer,
    *,
    accuracy: tuple[Precision, int | None],
) -> Place | None:
    """The place of a row; None where a fault was noted.

    A point stands above a name: where they disagree, the row gets the point's district and a
    remark. A point in no district (at sea, outside the province) needs a name.
    """
    if spot.fault:
        header = spot.header
        shown = reader.sheet.fault(reader.row, header, spot.printed, spot.fault)
        reader.faults.append(shown)
        return None
    if spot.waits:  # the file is refused until its system is said: its names may yet not matter
        return Place((), "", Precision.CITY)
    stated = _stated(reader, gazetteer, has_point=spot.lon is not None)
    if stated is None:
        return None
    if spot.lon is not None:
        return _by_point(reader, spot, stated, gazetteer, accuracy)
    if stated == NOTHING and not has_place(reader.sheet, reader.mapping):
        return None  # said once, of the whole file
    if stated == NOTHING:
        expected = (
            "位置：经纬度，或县（市、区）的名称或代码 · a place: longitude and latitude, or "
            "the name or code of a county"
        )
        reader.fault("district", "", expected)
        return None
    township = reader.said("township") or stated.rest
    return Place(stated.codes, stated.city_code, _precision(stated, township), township)


def _precision(stated: Found, township: str) -> Precision:
    if not stated.codes:
        return Precision.CITY
    if len(stated.codes) > 1:
        return Precision.MULTI
    return Precision.TOWNSHIP if township else Precision.DISTRICT


def _stated(reader: RowReader, gazetteer: Gazetteer, *, has_point: bool) -> Found | None:
    """What the row names as its county, or its city alone; None where a fault was noted.

    Beside a point a name that nobody knows is only told: the point says where the row is.
    """
    city_text, text = reader.said("city"), reader.said("district")
    city = gazetteer.city(city_text) if city_text else ""
    if city_text and not city:
        _unknown(reader, "city", city_text, gazetteer, has_point=has_point)
        if not has_point:
            return None
    if not text:
        return Found(city_code=city) if city else NOTHING
    chosen = reader.mapping.choice(f"{city_text}{text}") or reader.mapping.choice(text)
    found = gazetteer.find(chosen or text, city_code="" if chosen else city)
    if found.candidates:
        if not has_point:
            labels = gazetteer.labels(found.candidates)
            expected = (
                f"其中之一：{labels}；请写明城市，或在“不认识的词与重名的县”里选定（命令行 --set "
                f"district:名称=代码） · one of {labels}; name the city, or choose one under the "
                "words and names to settle (command line --set district:NAME=CODE)"
            )
            reader.fault("district", text, expected)
            return None
        return found
    if found == NOTHING:
        _unknown(reader, "district", text, gazetteer, has_point=has_point)
        return NOTHING if has_point else None
    return found


def _unknown(
    reader: RowReader, name: str, text: str, gazetteer: Gazetteer, *, has_point: bool
) -> None:
    what, what_en = ("城市", "a city") if name == "city" else ("县（市、区）", "a county")
    if has_point:
        shown = text[:60].replace(" · ", " ")
        message = (
            f"“{shown}”不是山东的{what}，按坐标定位 · {shown} is not {what_en} of Shandong; "
            "placed by the coordinates"
        )
        reader.remark(name, message)
        return
    expected = (
        f"山东的{what}：名称（市中区须写城市）或六位代码 · {what_en} of Shandong: its name "
        "(with the city where two share it) or its six-digit code"
    )
    reader.fault(name, text, expected)


def _by_point(
    reader: RowReader,
    spot: Spot,
    stated: Found,
    gazetteer: Gazetteer,
    accuracy: tuple[Precision, int | None],
) -> Place | None:
    districts = gazetteer.districts
    precision, metres = accuracy
    if not spot.code:
        if not stated.is_known:
            expected = (
                "山东境内的坐标；海上或省外的请写明县（市、区） · a place in Shandong; at sea "
                "or outside name the county that it belongs to"
            )
            shown = reader.sheet.fault(reader.row, spot.header, spot.printed, expected)
            reader.faults.append(shown)
            return None
        message = (
            "坐标不在任何县区内（海上或省外），按所写县区归属 · the point lies in no county "
            "(at sea or outside); it counts for the one named"
        )
        reader.remark("lon", message)
        codes, city = stated.codes, stated.city_code
    else:
        codes, city = (spot.code,), districts.city_code(spot.code)
        _compare(reader, spot, stated, gazetteer)
    township = reader.said("township") or stated.rest
    return Place(codes, city, precision, township, spot.lon, spot.lat, metres)


def _compare(reader: RowReader, spot: Spot, stated: Found, gazetteer: Gazetteer) -> None:
    """Tell where the point lies elsewhere than the row says."""
    districts = gazetteer.districts
    options = stated.codes or stated.candidates
    city = districts.city_code(spot.code)
    if options:
        if spot.code in options:
            return
        said, said_en = (
            "、".join(districts.label(code, language) for code in options[:3])
            for language in ("zh", "en")
        )
    elif stated.city_code and stated.city_code != city:
        said, said_en = (
            districts.city_name(stated.city_code, "zh"),
            districts.city_name(stated.city_code, "en"),
        )
    else:
        return
    message = (
        f"写的是{said}，坐标在{districts.label(spot.code)}，按坐标归属，请核对 · it says "
        f"{said_en}, the point lies in {districts.label(spot.code, 'en')}; placed by the point, "
        "check it"
    )
    reader.remark("district", message)
