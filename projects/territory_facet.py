"""The facet of territories: a region takes in its parts, a country all partners."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from regions.atlas import atlas
from regions.countries import country_name
from sources.facets import Records, RelatedFacet
from sources.facets.kinds import Member, Members, with_missing

COUNTRY = 2  # characters of a country's code
_ABOVE = ("region__parent__code", "region__parent__parent__code")


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

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        """As asked of each code: a NUTS 1 region has what its parts have, too.

        Shown are the codes that rows themselves have.
        """
        rows = self.rows().filter(
            **{f"{self.link}__in": records.order_by().values("pk")}
        )
        named = ("region__code", "region__name", *_ABOVE, "country", self.link)
        found: Members = {}
        recorded = Member("")
        for code, name, *above, country, key in rows.order_by().values_list(*named):
            if code is not None:
                member = found.setdefault(code, Member(name))
                member.label, member.is_shown = name, True
                recorded.keys.add(key)
            for each in _around(code, above, country):
                found.setdefault(each, Member(each, is_shown=False)).keys.add(key)
        missing = with_missing({"": recorded}, keys)
        missing.pop("")
        return found | missing


def _around(code: str | None, above: Sequence[str | None], country: str) -> set[str]:
    """The codes that a row is found under: those for which ``inside`` finds it."""
    found = {each for each in (code, *above) if each and len(each) > COUNTRY}
    return found | {country} if country else found


def inside(code: str) -> Q:
    """Rows in the territory of the code or a part of it."""
    if len(code) == COUNTRY:
        return Q(country=code)
    return (
        Q(region__code=code)
        | Q(region__parent__code=code)
        | Q(region__parent__parent__code=code)
    )
