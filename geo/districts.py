"""The county-level districts: one frozen object that knows codes, names, outlines and places.

Codes are six-digit strings and the only key; names are for people, and two districts may share
one (市中区 is 370103 and 370402).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import Crs, area_km2
from geo.join.cells import Cells, build_cells
from geo.join.exact import locate_exactly
from terms.errors import BoundaryError, DistrictError
from terms.language import Language

# Laying the grid takes as long as locating so many points without it.
_MANY = 200_000
DATA = Path(__file__).resolve().parents[1] / "data"
COLUMNS = ("code", "name", "name_en", "city_code", "city", "city_en", "lon", "lat", "geometry")


@dataclass(frozen=True, eq=False)
class Districts:
    """All districts of one edition of the boundaries.

    `frame` has one row per district, indexed by code (the index has no name, the codes stand in a
    column too), sorted by code, WGS-84: code, name, name_en, city_code, city, city_en, lon, lat
    (the inner point), geometry. `display` has the simplified geometry under the same index.
    `edition` and `edition_en` are to be shown with every map; `digest` names the edition;
    `remarks` says what a reader of the boundary file let pass. Treat the frames as read-only.
    """

    frame: gpd.GeoDataFrame
    display: gpd.GeoDataFrame
    edition: str
    edition_en: str
    digest: str
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if list(self.frame.index) != sorted(set(self.frame["code"])):
            raise DistrictError("the districts are not indexed by sorted, unique codes")
        if list(self.display.index) != list(self.frame.index):
            raise DistrictError("the display outlines do not belong to the same codes")
        for language in ("zh", "en"):
            seen: dict[str, str] = {}
            for code in self.codes:
                label = self.label(code, language)
                if label in seen:
                    raise DistrictError(
                        f"{seen[label]} and {code} share the label {label!r}, expected unique "
                        "labels; mend the city or district names"
                    )
                seen[label] = code

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes, sorted."""
        return tuple(self.frame.index)

    @cached_property
    def cities(self) -> gpd.GeoDataFrame:
        """Display outline of each city, indexed by city_code, with city and city_en."""
        outlines = self.display.geometry.to_numpy()
        city_codes = self.frame["city_code"].to_numpy()
        names = self.frame.drop_duplicates("city_code").set_index("city_code", drop=False)
        geometry = [shapely.union_all(outlines[city_codes == code]) for code in names.index]
        cities = names[["city_code", "city", "city_en"]].rename_axis(None)
        return gpd.GeoDataFrame(cities, geometry=geometry, crs=self.frame.crs)

    def has(self, code: str) -> bool:
        """Is there a district of this code?"""
        return code in self._rows

    def name(self, code: str, language: Language = "zh") -> str:
        """The district's own name, such as 肥城市 or "Feicheng City"; not unique."""
        return self._row(code)["name" if language == "zh" else "name_en"]

    def city_code(self, code: str) -> str:
        """The code of the city to which a district belongs."""
        return self._row(code)["city_code"]

    def city_name(self, city_code: str, language: Language = "zh") -> str:
        """The name of a city, such as 泰安市 or "Tai'an"."""
        first = self.codes_in(city_code)[0]
        return self._row(first)["city" if language == "zh" else "city_en"]

    def label(self, code: str, language: Language = "zh") -> str:
        """A unique label to choose from: 枣庄市·市中区, "Shizhong District, Zaozhuang"."""
        row = self._row(code)
        if language == "zh":
            return f"{row['city']}·{row['name']}"
        return f"{row['name_en']}, {row['city_en']}"

    def codes_in(self, city_code: str) -> tuple[str, ...]:
        """The districts of a city; raises DistrictError when there is none."""
        codes = tuple(code for code in self.codes if self._rows[code]["city_code"] == city_code)
        if not codes:
            known = ", ".join(sorted({row["city_code"] for row in self._rows.values()}))
            raise DistrictError(
                f"no district belongs to city {city_code!r}, expected one of {known}"
            )
        return codes

    def find(self, name: str, *, city_code: str | None = None) -> tuple[str, ...]:
        """All districts that bear a name (in full, Chinese or English); empty when none does."""
        wanted = name.strip().casefold()
        return tuple(
            code
            for code, row in self._rows.items()
            if wanted in (row["name"], row["name_en"].casefold())
            and city_code in (None, row["city_code"])
        )

    def locate(self, lon: float, lat: float) -> str | None:
        """The district around a WGS-84 point; on a shared border the lowest code, outside None."""
        return str(self.locate_many(np.array([lon]), np.array([lat]))[0]) or None

    def locate_many(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> npt.NDArray[np.str_]:
        """The code around each WGS-84 point, '' for a point outside all or without coordinates.

        A point on a shared border goes to the lowest code, whatever other points are asked for.
        """
        places, _ = self.places_of(lons, lats)
        return np.array([*self.codes, ""], dtype="<U6")[places]

    def places_of(
        self, lons: npt.ArrayLike, lats: npt.ArrayLike, *, crs: Crs = Crs.WGS84
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        """The place in `codes` of each point's district, -1 for none; and is it on a border?

        Few points go through the districts one by one; for many the grid of cells is laid first.
        """
        x, y = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        if len(x) >= _MANY or "cells" in self.__dict__:
            return self.cells.locate(x, y, crs=crs)
        return locate_exactly(self.frame.geometry.to_numpy(), x, y, crs=crs)

    @cached_property
    def cells(self) -> Cells:
        """The grid by which many points are located; laid at its first use."""
        return build_cells(self.frame.geometry.to_numpy())

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The districts that share a stretch of border, not only a corner."""
        outline = self._row(code)["geometry"]
        near = self.frame.sindex.query(outline, predicate="intersects")
        others = self.frame.iloc[np.sort(near)]
        return tuple(
            other
            for other, geometry in zip(others.index, others.geometry, strict=True)
            if other != code and shapely.length(shapely.intersection(outline, geometry)) > 0
        )

    def inner_point(self, code: str) -> tuple[float, float]:
        """The stable (lon, lat) well inside a district at which its label may stand."""
        row = self._row(code)
        return (float(row["lon"]), float(row["lat"]))

    def area_km2(self, code: str) -> float:
        """Ellipsoidal area of a district, of the full outline."""
        return area_km2(self._row(code)["geometry"])

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        records = self.frame[list(COLUMNS)].to_dict("records")
        return {record["code"]: record for record in records}

    def _row(self, code: str) -> dict[str, Any]:
        try:
            return self._rows[code]
        except KeyError:
            raise DistrictError(
                f"no district has the code {code!r}, expected a six-digit code of this edition "
                f"({self.edition}) such as {self.codes[0]}"
            ) from None


def load_districts(path: Path | None = None) -> Districts:
    """Read the boundaries that ship with Fengtu, or a folder with the same three files."""
    folder = DATA if path is None else Path(path)
    wanted = [folder / name for name in ("districts.parquet", "districts_display.parquet")]
    missing = [file.name for file in [*wanted, folder / "districts.json"] if not file.is_file()]
    if missing:
        raise BoundaryError(
            f"{folder} lacks {', '.join(missing)}; make them with python -m data.recipes.boundaries"
        )
    try:
        frame, display = (by_code(gpd.read_parquet(file)) for file in wanted)
        record = json.loads((folder / "districts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:  # pyarrow's and json's errors are ValueErrors
        raise BoundaryError(
            f"the boundaries in {folder} cannot be read ({error}); "
            "make them anew with python -m data.recipes.boundaries"
        ) from error
    return Districts(
        frame=frame,
        display=display,
        edition=record["edition_zh"],
        edition_en=record["edition_en"],
        digest=record["sha256"],
    )


def by_code(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sort by code and index by it, keeping the column; the index gets no name."""
    return frame.sort_values("code").set_index("code", drop=False).rename_axis(None)


@cache
def usual_names() -> Mapping[str, str]:
    """Code → the name that documents use, from the hand-checked table beside the boundaries."""
    path = DATA / "district_names.csv"
    if not path.is_file():
        raise BoundaryError(f"{path} is missing; get Fengtu's files again")
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["name"] for row in csv.DictReader(stream)}
