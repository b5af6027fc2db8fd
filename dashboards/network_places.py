"""Where the regions of a level stand on a layout that draws level 2 only."""

from collections import defaultdict
from statistics import fmean

from django.conf import settings

from dashboards import geometry
from dashboards.figures.layouts import Point, Ring
from regions.atlas import atlas


def land(layout: str) -> list[Ring]:
    """The rings of every region of the layout."""
    outlines = geometry.outlines(settings.NUTS_VERSION, layout)
    return [ring for outline in outlines.values() for ring in outline.rings]


def places(layout: str, level: int) -> dict[str, Point]:
    """A point for each region of the level: the middle of its level-2 regions."""
    regions = atlas(settings.NUTS_VERSION)
    held: dict[str, list[Point]] = defaultdict(list)
    for code, outline in geometry.outlines(settings.NUTS_VERSION, layout).items():
        territory = regions[code]
        while territory.level > level:
            territory = regions[territory.parent]
        held[territory.code].append(outline.centre)
    return {
        code: (fmean(p[0] for p in points), fmean(p[1] for p in points))
        for code, points in held.items()
    }
