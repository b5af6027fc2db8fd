"""What would transfer to a region, through the API."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from dashboards.practice_forms import MOST_WEIGHT, TransferQuery
from dashboards.transfer_page import Ranked, ranked_practices, weights_of
from practices.analysis.transfer import WEIGHTS, Part, Verdict
from practices.models import GoodPractice
from regions.api.parents import OfRegion
from sources.queryforms import validate

PARAMETERS = [
    OpenApiParameter(
        f"w_{part.value}", OpenApiTypes.FLOAT,
        description=f"Weight of this part, 0 to {MOST_WEIGHT}; {WEIGHTS[part]:g} when "
        "absent.",
    )
    for part in Part
]  # fmt: skip


class WeightsQuery(TransferQuery):
    region = None  # type: ignore[assignment]  # the address names it


class TransferReasonSerializer(serializers.Serializer[Any]):
    """``value`` is 0 to 100, null where it is not known."""

    part = serializers.ChoiceField(choices=[part.value for part in Part])
    verdict = serializers.ChoiceField(choices=[item.value for item in Verdict])
    value = serializers.FloatField(allow_null=True)
    words = serializers.CharField()


class TransferSerializer(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    score = serializers.FloatField()
    practice = serializers.CharField(source="practice.slug")
    title = serializers.CharField(source="practice.title")
    regions = serializers.SerializerMethodField()
    reasons = TransferReasonSerializer(many=True)

    def get_regions(self, item: Ranked) -> list[str]:
        return [region.code for region in item.practice.regions.all()]


class RegionTransferView(OfRegion, ListAPIView[GoodPractice]):
    """Practices ranked for a region, with what speaks for and against each."""

    serializer_class = TransferSerializer
    queryset = GoodPractice.objects.none()

    @extend_schema(operation_id="regions_transfer_list", parameters=PARAMETERS)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = validate(WeightsQuery, request.query_params)
        ranked = ranked_practices(self.region(), weights_of(query))
        page = self.paginate_queryset(ranked)
        return self.get_paginated_response(TransferSerializer(page, many=True).data)
