"""Which programmes the bodies of a region can apply to, and why.

The rules are data: the eligible areas of a programme, countries or regions, which come
from the pages that the programme cites. Categories of regions (less developed, in
transition) are not held, so that no answer depends on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import EligibleArea, Programme
from regions.countries import country_name
from regions.models import Region

COUNTRY = 2  # characters of a country's code


@dataclass(frozen=True, slots=True)
class Eligibility:
    """A programme that is open to a region, and the reason in words."""

    programme: Any
    reason: str


def eligible_programmes(
    region: Region, *, year: int | None = None
) -> list[Eligibility]:
    """The public programmes open to the region that run in ``year`` (this one).

    Latest end first. A programme without a recorded area is left out: not known is
    not yes.
    """
    day = year or timezone.localdate().year
    programmes = (
        Programme.objects.public()
        .filter(open_to(region), first_year__lte=day, last_year__gte=day)
        .prefetch_related(
            "policy_areas",
            "references",
            Prefetch("areas", _areas(region), to_attr="open_areas"),
        )
        .order_by("acronym", "period")
    )
    return [Eligibility(item, reason(item, region)) for item in programmes]


def open_to(region: Region) -> Q:
    """Programmes with an eligible area that takes in the region."""
    return Q(pk__in=_areas(region).values("programme"))


def reason(programme: Any, region: Region) -> str:
    """ "Spain takes part in INTERREG EUROPE 2021–2027"; by ``open_areas``."""
    areas = list(programme.open_areas)
    wide = next((area for area in areas if area.region_id is None), None)
    if wide is not None:
        words = _("%(country)s takes part in %(programme)s")
        return words % {
            "country": country_name(region.country),
            "programme": programme,
        }
    words = _("%(region)s is in the eligible area of %(programme)s")
    return words % {"region": areas[0].region.name, "programme": programme}


def without_area(year: int | None = None) -> list[Programme]:
    """The programmes of the year for which no eligible area is recorded."""
    day = year or timezone.localdate().year
    return list(
        Programme.objects.public()
        .filter(areas__isnull=True, first_year__lte=day, last_year__gte=day)
        .order_by("acronym")
    )


def _areas(region: Region) -> Any:
    """Areas that take in the whole of the region."""
    around = Q(region__isnull=True) | Q(region__code__in=list(_lineage(region.code)))
    return EligibleArea.objects.filter(around, country=region.country).select_related(
        "region"
    )


def _lineage(code: str) -> Iterator[str]:
    """The codes of a region and all that it lies in: ES21, ES2, ES."""
    for length in range(COUNTRY, len(code) + 1):
        yield code[:length]
