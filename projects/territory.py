"""What lies within a region, for anything that has a region and a country."""

from django.db.models import Q

from regions.models import Region


def within(region: Region, prefix: str = "") -> Q:
    """In the region itself or a part of it; a country takes in all that name it.

    ``prefix`` leads to the row with ``region`` and ``country``, as "partners__" does
    from a project.
    """
    if region.level == 0:
        return Q(**{f"{prefix}country": region.code})
    inside = Q()
    for path in ("region", "region__parent", "region__parent__parent"):
        inside |= Q(**{f"{prefix}{path}": region})
    return inside
