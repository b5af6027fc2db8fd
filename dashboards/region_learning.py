"""What a region learnt from others, and they from it, in the order of years."""

from collections.abc import Iterable
from dataclasses import dataclass

from practices.models import Adoption
from practices.territory import adoptions_from, adoptions_in
from regions.models import Region


@dataclass(frozen=True, slots=True)
class Lesson:
    """One adoption as seen from a territory: to it, from it, or between its parts."""

    adoption: Adoption
    origins: list[Region]
    is_learnt_here: bool
    is_taught_here: bool

    @property
    def way(self) -> str:
        if self.is_learnt_here and self.is_taught_here:
            return "within"
        return "in" if self.is_learnt_here else "out"


def lessons_of(territory: Region) -> list[Lesson]:
    """Each public adoption once, the earliest first."""
    found = adoptions_in(territory) | adoptions_from(territory)
    rows = found.order_by("year", "pk").prefetch_related("practice__regions")
    return list(_lessons(rows, territory.code))


def _lessons(rows: Iterable[Adoption], code: str) -> Iterable[Lesson]:
    for row in rows:
        origins = list(row.practice.regions.all())
        learnt = row.region.code.startswith(code)
        # A country takes in what names it alone, so what is not learnt here is taught.
        taught = any(origin.code.startswith(code) for origin in origins)
        taught = taught or row.practice.country == code or not learnt
        yield Lesson(row, origins, learnt, taught)
