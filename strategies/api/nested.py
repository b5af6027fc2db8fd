"""Strategies and priorities below a region."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from regions.api.parents import OfRegion
from strategies.api.views import PriorityListView, StrategyListView
from strategies.models import Strategy


@extend_schema_view(get=extend_schema(operation_id="regions_strategies_list"))
class RegionStrategyListView(OfRegion, StrategyListView):
    """The region's own strategies, and those of a wider area that cover it."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        covering = Strategy.objects.for_region(self.region())
        return super().records().filter(pk__in=covering.values("pk"))


@extend_schema_view(get=extend_schema(operation_id="regions_priorities_list"))
class RegionPriorityListView(OfRegion, PriorityListView):
    """The priorities of those strategies."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        covering = Strategy.objects.for_region(self.region())
        return super().records().filter(strategy__in=covering.values("pk"))
