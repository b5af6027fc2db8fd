"""Answers of the regions app that are not querysets."""

from regions.queries.flows import Weight, flows_into
from regions.queries.maps import Cell, boundary_rings, layout_cells
from regions.queries.search import RegionMatch, search_regions
from regions.queries.today import Resolution, Successor, today

__all__ = [
    "Cell",
    "RegionMatch",
    "Resolution",
    "Successor",
    "Weight",
    "boundary_rings",
    "flows_into",
    "layout_cells",
    "search_regions",
    "today",
]
