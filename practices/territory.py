"""Which practices are of a region."""

from django.db.models import Q

from practices.models import GoodPractice
from regions.models import Region


def in_region(region: Region) -> Q:
    """Of the region or a part of it; a country takes in all that name it."""
    links = GoodPractice.regions.through._default_manager
    inside = Q()
    for path in ("region", "region__parent", "region__parent__parent"):
        inside |= Q(**{path: region})
    found = Q(pk__in=links.filter(inside).values("goodpractice"))
    return found | Q(country=region.code) if region.level == 0 else found
