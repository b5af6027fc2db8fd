"""Writes of this app: regions with their changes and layouts, and boundaries."""

from regions.services.boundaries import BoundaryLoad, load_boundaries
from regions.services.correspondences import rebuild_correspondences
from regions.services.counts import LoadCounts
from regions.services.nuts import NutsRows, load_nuts, load_starter_regions

__all__ = [
    "BoundaryLoad",
    "LoadCounts",
    "NutsRows",
    "load_boundaries",
    "load_nuts",
    "load_starter_regions",
    "rebuild_correspondences",
]
