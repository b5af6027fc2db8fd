"""The facets that only practices have: their territory, and their programme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from practices.models import GoodPractice
from programmes.models import Programme
from projects.territory_facet import COUNTRY, TerritoryFacet
from sources.curation import Publication
from sources.facets import NOT_RECORDED, Facet, Records
from sources.facets.kinds import Member, Members, with_missing

PUBLISHED = Publication.PUBLISHED


def region_rows() -> QuerySet[Any]:
    """Practice and region, with the region's country."""
    links = GoodPractice.regions.through._default_manager
    return links.annotate(country=F("region__country"))


@dataclass(frozen=True, kw_only=True)
class PlaceFacet(TerritoryFacet):
    """A region takes in its parts; a country, too, what names no region of it.

    The same practices as ``territory.in_region`` has.
    """

    link: str = "goodpractice"

    def condition(self, chosen: Sequence[str]) -> Q:
        countries = [code for code in chosen if len(code) == COUNTRY]
        return super().condition(chosen) | Q(country__in=countries)

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        """Two statements: by region, and by the country of the practice itself."""
        found = super().members(records, keys)
        for key, country in records.order_by().values_list("pk", "country"):
            if country:
                member = found.setdefault(country, Member(country, is_shown=False))
                member.keys.add(key)
        return found


@dataclass(frozen=True, kw_only=True)
class ProgrammeFacet(Facet):
    """The programme a practice names itself, or that of its project."""

    def condition(self, chosen: Sequence[str]) -> Q:
        own = Q(programme__slug__in=chosen, programme__state=PUBLISHED)
        through = Q(project__programme__slug__in=chosen)
        wanted = own | through & _OF_PROJECT
        if NOT_RECORDED in chosen:
            named = Q(programme__state=PUBLISHED) | _OF_PROJECT
            shown = GoodPractice.objects.filter(named)
            wanted |= ~Q(pk__in=shown.values("pk"))
        return wanted

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        found: Members = {}
        rows = records.order_by()
        for path, seen in (
            ("programme", Q(programme__state=PUBLISHED)),
            ("project__programme", _OF_PROJECT),
        ):
            named = (f"{path}__slug", f"{path}__acronym")
            for key, slug, name in rows.filter(seen).values_list("pk", *named):
                found.setdefault(slug, Member(name)).keys.add(key)
        return with_missing(found, keys)

    def words(self, value: str) -> str:
        named = Programme.objects.public().filter(slug=value)
        return named.values_list("acronym", flat=True).first() or super().words(value)


_OF_PROJECT = Q(project__state=PUBLISHED, project__programme__state=PUBLISHED)
