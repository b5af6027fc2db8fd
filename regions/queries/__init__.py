"""Answers of the regions app that are not querysets."""

from regions.queries.maps import Cell, boundary_rings, layout_cells
from regions.queries.search import RegionMatch, search_regions
from regions.queries.today import Resolution, Successor, today

__all__ = [
    "Cell",
    "RegionMatch",
    "Resolution",
    "Successor",
    "boundary_rings",
    "layout_cells",
    "search_regions",
    "today",
]
