"""The facet of domains: a broad domain takes in the finer ones below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from sources.facets import NOT_RECORDED, Records, RelatedFacet
from sources.facets.kinds import Member, Members, with_missing
from strategies.models import Domain


@dataclass(frozen=True, kw_only=True)
class DomainFacet(RelatedFacet):
    """Domains of rows with ``domain``; each value counts what it finds."""

    field: str = "domain__code"
    label_field: str = "domain__name"

    def words(self, value: str) -> str:
        named = Domain.objects.filter(code=value).values_list("name", flat=True)
        return named.first() or super().words(value)

    def condition(self, chosen: Sequence[str]) -> Q:
        tagged = Q(domain__code__in=chosen) | Q(domain__parent__code__in=chosen)
        wanted = Q(pk__in=self.rows().filter(tagged).values(self.link))
        if NOT_RECORDED in chosen:
            wanted |= super().condition([NOT_RECORDED])
        return wanted

    def members(self, records: Records, keys: Iterable[Any]) -> Members:
        rows = self.rows().filter(
            **{f"{self.link}__in": records.order_by().values("pk")}
        )
        found: Members = {}
        for key, code, name, broad, broad_name in rows.order_by().values_list(
            self.link, "domain__code", "domain__name",
            "domain__parent__code", "domain__parent__name",
        ):  # fmt: skip
            found.setdefault(code, Member(name)).keys.add(key)
            if broad is not None:
                found.setdefault(broad, Member(broad_name)).keys.add(key)
        return with_missing(found, keys)
