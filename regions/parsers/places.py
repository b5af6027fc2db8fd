"""Does a boundary file put its regions where they are?"""

from collections.abc import Mapping, Sequence

import shapely
from pyproj import Transformer

from regions.parsers.boundaries import BoundaryRow
from regions.parsers.errors import FormatError
from regions.parsers.projection import PLANE

# Points come with two decimals, islets may be missing at small scales.
MAX_DISTANCE_KM = 100.0


def check_places(
    rows: Sequence[BoundaryRow],
    points: Mapping[str, tuple[float, float]],
    *,
    file: str,
) -> None:
    """Raise FormatError when most outlines lie far from the known points.

    ``points`` are longitude and latitude by code. It takes a wrong reference system
    or exchanged axes to get there: both give valid shapes in the wrong place.
    """
    placed = [row for row in rows if row.code in points]
    if not placed:
        return
    transformer = Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
    lons, lats = zip(*(points[row.code] for row in placed), strict=True)
    plane_points = shapely.points(*transformer.transform(lons, lats))
    outlines = [row.outline for row in placed]
    distances = shapely.distance(outlines, plane_points) / 1000
    far = [
        (row.code, distance)
        for row, distance in zip(placed, distances.tolist(), strict=True)
        if not distance <= MAX_DISTANCE_KM
    ]
    if len(far) * 2 > len(placed):
        code, distance = far[0]
        raise FormatError(
            f"{len(far)} of {len(placed)} regions lie elsewhere "
            f"({code} is {distance:,.0f} km off)",
            file=file,
            advice="Longitude and latitude are exchanged, or the reference system is "
            "another one. Get the file in EPSG:4326 from GISCO.",
        )
