"""How points are joined to districts elsewhere; each way answers place → (points, sum)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.districts import Districts
from geo.join.points import join_points
from geo.join.tally import Tally

Floats = npt.NDArray[np.float64]
Answer = dict[str, tuple[int, float]]
Way = Callable[[], Answer]


def ours(lon: Floats, lat: Floats, mw: Floats, districts: Districts) -> Answer:
    """Fengtu's own way, from arrays to sums."""
    tally = Tally(districts.codes, ["mw"])
    tally.add(join_points(lon, lat, districts=districts, crs="wgs84"), {"mw": mw})
    lines = {code: tally.line([code]) for code in districts.codes}
    return {code: (line.points, line.sums[0] or 0.0) for code, line in lines.items() if line.points}


def geopandas(lon: Floats, lat: Floats, mw: Floats, districts: Districts) -> Answer:
    """`points_from_xy`, `sjoin` and `groupby`."""
    points = gpd.GeoDataFrame({"mw": mw}, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    outlines = districts.frame[["code", "geometry"]].reset_index(drop=True)
    joined = gpd.sjoin(points, outlines, predicate="intersects")
    sums = joined.groupby("code")["mw"].agg(["size", "sum"])
    return {str(code): (int(row["size"]), float(row["sum"])) for code, row in sums.iterrows()}


def duckdb(lon: Floats, lat: Floats, mw: Floats, districts: Districts) -> Way | None:
    """DuckDB's spatial join on one thread; None where it is not installed.

    The extension is loaded from its package's own file; nothing is fetched.
    """
    try:
        import duckdb as library
        import duckdb_extension_spatial as extension
    except ImportError:
        return None
    connection = library.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    (file,) = Path(extension.__file__).parent.glob("extensions/*/spatial.duckdb_extension")
    connection.execute(f"LOAD '{file.as_posix()}'")
    connection.execute("SET threads = 1")
    geometry = districts.frame.geometry.to_wkb()
    connection.register("raw", pa.table({"code": districts.codes, "wkb": geometry.to_list()}))
    connection.execute("CREATE TABLE outlines AS SELECT code, ST_GeomFromWKB(wkb) AS geom FROM raw")
    connection.register("points", pa.table({"lon": lon, "lat": lat, "mw": mw}))
    query = (
        "SELECT code, count(*), sum(mw) FROM points JOIN outlines "
        "ON ST_Intersects(geom, ST_Point(lon, lat)) GROUP BY code"
    )

    def answer() -> Answer:
        rows = connection.execute(query).fetchall()
        return {code: (int(count), float(total)) for code, count, total in rows}

    return answer


def geotoolcn(lon: Floats, lat: Floats, mw: Floats) -> Way | None:
    """GeoToolCN with the boundaries of its own; None where it is not installed."""
    try:
        from GeoToolCN import GeoTool
    except ImportError:
        return None
    tool, spots = GeoTool(), list(zip(lat.tolist(), lon.tolist(), strict=True))

    def answer() -> Answer:
        sums: Answer = {}
        for place, value in zip(tool.reverse_batch(spots), mw.tolist(), strict=True):
            if place.district is not None:
                count, total = sums.get(place.district.code, (0, 0.0))
                sums[place.district.code] = count + 1, total + value
        return sums

    return answer
