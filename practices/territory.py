"""Which practices are of a region, and which it adapted from elsewhere."""

from django.db.models import Q, QuerySet

from practices.models import Adoption, GoodPractice
from regions.models import Region


def in_region(region: Region) -> Q:
    """Of the region or a part of it; a country takes in all that name it."""
    links = GoodPractice.regions.through._default_manager
    inside = Q()
    for path in ("region", "region__parent", "region__parent__parent"):
        inside |= Q(**{path: region})
    found = Q(pk__in=links.filter(inside).values("goodpractice"))
    return found | Q(country=region.code) if region.level == 0 else found


def adoptions_in(region: Region) -> QuerySet[Adoption]:
    """Public adoptions by the region and its parts, the earliest first."""
    inside = Q()
    for path in ("region", "region__parent", "region__parent__parent"):
        inside |= Q(**{path: region})
    return _adoptions().filter(inside)


def adoptions_from(region: Region) -> QuerySet[Adoption]:
    """Public adoptions elsewhere of what the region and its parts began."""
    practices = GoodPractice.objects.public().filter(in_region(region))
    return _adoptions().filter(practice__in=practices.order_by().values("pk"))


def _adoptions() -> QuerySet[Adoption]:
    found = Adoption.objects.public()
    return found.select_related("region", "practice", "organisation")
