"""The facet of domains: a broad domain takes in the finer ones below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from sources.facets import NOT_RECORDED, Counts, Records, RelatedFacet
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

    def counts(self, records: Records) -> Counts:
        counts = super().counts(records)
        missing = counts.pop(NOT_RECORDED, None)
        for code, name, number in self._broad(records):
            counts[code] = (name, number)
        ordered = sorted(counts.items(), key=lambda item: (-item[1][1], item[1][0]))
        counts = dict(ordered)
        if missing:
            counts[NOT_RECORDED] = missing
        return counts

    def _broad(self, records: Records) -> QuerySet[Any, Any]:
        """Broad domains with the records that have them or a finer one."""
        rows = self.rows().filter(
            **{f"{self.link}__in": records.order_by().values("pk")}
        )
        found: QuerySet[Any, Any] = (
            rows.order_by()
            .values_list(
                Coalesce("domain__parent__code", "domain__code"),
                Coalesce("domain__parent__name", "domain__name"),
            )
            .annotate(n=Count(self.link, distinct=True))
        )
        return found
