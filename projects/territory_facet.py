"""The facet of territories: a region takes in its parts, a country all partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from regions.atlas import atlas
from regions.countries import country_name
from sources.facets import Counts, Records, RelatedFacet

LEVEL_2 = 4  # characters of a level-2 code
COUNTRY = 2


@dataclass(frozen=True, kw_only=True)
class TerritoryFacet(RelatedFacet):
    """Regions of rows with ``region`` and ``country``, by their codes.

    ``version`` names the NUTS version whose names label a code that no record left
    has.
    """

    version: int
    field: str = "region__code"
    label_field: str = "region__name"

    def words(self, value: str) -> str:
        if len(value) == COUNTRY:
            return country_name(value)
        return atlas(self.version).name(value)

    def condition(self, chosen: Sequence[str]) -> Q:
        having = Q()
        for code in chosen:
            having |= inside(code)
        wanted = Q(pk__in=self.rows().filter(having).values(self.link))
        unknown = super().condition([v for v in chosen if v == "none"])
        return wanted | unknown if "none" in chosen else wanted

    def counts(self, records: Records) -> Counts:
        """As asked of each code: a NUTS 1 region counts what its parts have, too."""
        counts = super().counts(records)
        wide = [code for code in counts if len(code) < LEVEL_2 and code != "none"]
        if not wide:
            return counts
        rows = self.rows().filter(
            **{f"{self.link}__in": records.order_by().values("pk")}
        )
        found: dict[str, Any] = rows.order_by().aggregate(
            **{
                f"n{i}": Count(self.link, distinct=True, filter=inside(code))
                for i, code in enumerate(wide)
            }
        )
        for i, code in enumerate(wide):
            counts[code] = (counts[code][0], found[f"n{i}"])
        return counts


def inside(code: str) -> Q:
    """Rows in the territory of the code or a part of it."""
    if len(code) == COUNTRY:
        return Q(country=code)
    return (
        Q(region__code=code)
        | Q(region__parent__code=code)
        | Q(region__parent__parent__code=code)
    )
