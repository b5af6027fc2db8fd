"""The regions of one NUTS version as pages need them: read once, looked up often."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max

from regions.countries import country_name
from regions.models import Region

CACHE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Territory:
    """A region without its row: what lists, ranks and labels are made of."""

    code: str
    name: str
    name_native: str
    level: int
    country: str
    parent: str
    bloc: str

    @property
    def label(self) -> str:
        """What to call it: countries by their name in the reader's language."""
        return country_name(self.code) if self.level == 0 else self.name

    @property
    def in_eu(self) -> bool:
        return self.bloc == "EU"


@dataclass(frozen=True, slots=True)
class Atlas:
    """All regions of a NUTS version by code, in code order."""

    version: int
    territories: Mapping[str, Territory]

    def __contains__(self, code: object) -> bool:
        return code in self.territories

    def __getitem__(self, code: str) -> Territory:
        return self.territories[code]

    def name(self, code: str) -> str:
        """A country's name in the reader's language, a region's Latin name.

        The code itself for what is no region (EU27_2020).
        """
        found = self.territories.get(code)
        return found.label if found else code

    def at_level(self, level: int) -> list[Territory]:
        return [item for item in self.territories.values() if item.level == level]

    def eu(self, level: int) -> list[Territory]:
        """Regions of the EU's members at a level: the base of EU ranks."""
        return [item for item in self.at_level(level) if item.in_eu]

    def in_country(self, country: str, level: int) -> list[Territory]:
        return [item for item in self.at_level(level) if item.country == country]

    def children(self, code: str) -> list[Territory]:
        return [item for item in self.territories.values() if item.parent == code]

    def ancestors(self, code: str) -> list[Territory]:
        """From the country down to the parent; empty for a country."""
        chain: list[Territory] = []
        parent = self.territories[code].parent
        while parent:
            chain.insert(0, self.territories[parent])
            parent = self.territories[parent].parent
        return chain


def atlas(version: int) -> Atlas:
    """The atlas of a version; one small query, the rest from the cache."""
    stamp = Region.objects.aggregate(rows=Count("pk"), last=Max("pk"))
    key = f"atlas:{version}:{stamp['rows']}:{stamp['last']}"
    found: Atlas | None = cache.get(key)
    if found is None:
        found = _read(version)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _read(version: int) -> Atlas:
    rows = (
        Region.objects.in_version(version)
        .order_by("code")
        .values_list(
            "code", "name", "name_native", "level", "country", "parent__code", "bloc"
        )
    )
    return Atlas(
        version,
        {row[0]: Territory(*row[:5], row[5] or "", row[6]) for row in rows},
    )
