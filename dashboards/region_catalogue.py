"""What the catalogue holds of a region: the first few of each kind, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import F

from dashboards.region_learning import lessons_of
from practices.models import GoodPractice
from practices.territory import in_region
from programmes.calls import listed_calls
from programmes.eligibility import eligible_programmes, open_to, without_area
from programmes.models import Programme
from projects.models import Partner
from projects.network import name_of, network_around
from projects.organisations import listed_organisations
from projects.queries import listed_projects
from projects.territory import within
from regions.atlas import atlas
from regions.models import Region
from strategies.queries import strategies_of

Record = TypeVar("Record")
FEW = 5
BOXES = 6
CALLS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Few(Generic[Record]):
    """The first of several records."""

    first: Sequence[Record]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.first)


@dataclass(frozen=True, slots=True)
class PartnerPlace:
    """A partner territory; ``has_page`` unless NUTS has it no longer (UK)."""

    code: str
    label: str
    has_page: bool
    count: int


def region_catalogue(code: str) -> dict[str, Any]:
    """Context of the sections; the number of statements is the same for any region."""
    region = Region.objects.current().get(code=code)
    return {
        "strategies": strategies_of(region),
        "eligible": eligible_programmes(region),
        "no_area": without_area(),
        "open_calls": open_calls(region),
        "projects": projects_of(region),
        "organisations": organisations_of(region),
        "practices": practices_of(region),
        "lessons": lessons_of(region),
        "network": partners_of(region),
    }


def projects_of(region: Region) -> Few[Any]:
    """The latest first; ``partners_here`` are those in the region."""
    seats = Partner.objects.public().in_territory(region)
    found = listed_projects().filter(pk__in=seats.values("project"))
    latest = found.order_by(F("start").desc(nulls_last=True), "acronym")
    first: list[Any] = list(latest[:FEW])
    here = set(
        seats.filter(project__in=[project.pk for project in first]).values_list(
            "pk", flat=True
        )
    )
    for project in first:
        project.partners_here = [p for p in project.seen_partners if p.pk in here]
    return Few(first, found.count())


def organisations_of(region: Region) -> Few[Any]:
    """Those with the most projects first."""
    found: Any = listed_organisations().filter(within(region))
    first = found.order_by("-projects_held", "name")[:FEW]
    return Few(list(first), found.count())


def practices_of(region: Region) -> Few[GoodPractice]:
    """Those of the region and its parts; a country takes in all that name it."""
    found = GoodPractice.objects.public().filter(in_region(region)).order_by("title")
    return Few(list(found[:BOXES]), found.count())


def partners_of(region: Region) -> Few[PartnerPlace]:
    """The territories of its level that it shares the most projects with."""
    regions = atlas(settings.NUTS_VERSION)
    links = network_around(region).partners(region.code)
    first = [
        PartnerPlace(code, name_of(code, regions), code in regions, link.weight)
        for link in links[:FEW]
        for code in (link.other(region.code),)
    ]
    return Few(first, len(links))


def open_calls(region: Region) -> Any:
    """Open and announced calls of the programmes open to it, the nearest first."""
    programmes = Programme.objects.public().filter(open_to(region))
    ranked: Any = listed_calls()
    return ranked.filter(programme__in=programmes.values("pk"), rank__lte=1)[
        :CALLS_SHOWN
    ]
