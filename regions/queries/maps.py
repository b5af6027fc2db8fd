"""Places and outlines of regions, for maps."""

from dataclasses import dataclass

from django.db.models import Count

from regions.gisco import SCALES
from regions.models import Boundary, MapCell
from regions.parsers.projection import Ring


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a schematic map, in the units of ``MapCell``; tiles have no ``r``."""

    x: float
    y: float
    r: float | None
    inset: bool


def layout_cells(version: int, layout: str) -> dict[str, Cell]:
    """Places of a version's level-2 regions by code; empty where none were drawn."""
    rows = MapCell.objects.filter(region__version=version, layout=layout)
    return {
        code: Cell(x, y, r, inset)
        for code, x, y, r, inset in rows.order_by("region__code").values_list(
            "region__code", "x", "y", "r", "inset"
        )
    }


def boundary_rings(version: int, level: int) -> dict[str, list[Ring]]:
    """Outlines by code as ``Boundary.rings`` describes them; empty without any.

    All of one scale, so that neighbours fit: the one with most regions, then the
    finest.
    """
    loaded = Boundary.objects.filter(region__version=version, region__level=level)
    counted = {
        row["scale"]: row["regions"]
        for row in loaded.values("scale").annotate(regions=Count("pk"))
    }
    if not counted:
        return {}
    scale = max(counted, key=lambda name: (counted[name], -SCALES.index(name)))
    rows = loaded.filter(scale=scale).order_by("region__code")
    return dict(rows.values_list("region__code", "rings"))
