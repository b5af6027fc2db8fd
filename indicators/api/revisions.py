"""What each run has revised of an indicator."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from indicators.api.parameters import AS_OF_PARAMETER, let_past_be_kept
from indicators.forms import ReadingQuery, reading_of
from indicators.history import RunRevision, revision_history
from indicators.models import Indicator
from regions.api.views import VERSION_PARAMETER
from sources.queryforms import validate

RELATED = ("dataflow", "numerator", "denominator")


class MoveSerializer(serializers.Serializer[Any]):
    """The observation of one region that was revised most."""

    geo = serializers.CharField()
    time_period = serializers.CharField()
    old = serializers.FloatField()
    new = serializers.FloatField()


class RevisionSerializer(serializers.Serializer[RunRevision]):
    """One run. Sizes are of changed values; null where none was."""

    moment = serializers.DateTimeField(help_text="From when on its values were held.")
    run = serializers.IntegerField(source="run.pk")
    reverses = serializers.IntegerField(
        source="run.reverses_id", allow_null=True, help_text="The run it rolled back."
    )
    source_updated = serializers.DateTimeField(
        source="run.source_updated", allow_null=True
    )
    regions = serializers.IntegerField(source="revision.regions")
    added = serializers.IntegerField(source="revision.added")
    changed = serializers.IntegerField(source="revision.changed")
    removed = serializers.IntegerField(source="revision.removed")
    mean_absolute = serializers.FloatField(
        source="revision.mean_absolute", allow_null=True
    )
    largest_absolute = serializers.FloatField(
        source="revision.largest_absolute", allow_null=True
    )
    mean_relative = serializers.FloatField(
        source="revision.mean_relative", allow_null=True,
        help_text="As a share of the old value: 0.01 is one per cent.",
    )  # fmt: skip
    largest_relative = serializers.FloatField(
        source="revision.largest_relative", allow_null=True
    )
    moves = MoveSerializer(source="revision.moves", many=True)


class RevisionListView(ListAPIView[Any]):
    """Runs that changed an indicator, newest first: how many observations, how much.

    ``moves`` are the five regions revised most, each with its largest change.
    """

    serializer_class = RevisionSerializer
    queryset = Indicator.objects.none()
    csv_columns: ClassVar[list[str]] = list(RevisionSerializer().fields)

    @extend_schema(
        operation_id="indicators_revisions_list",
        parameters=[
            VERSION_PARAMETER,
            AS_OF_PARAMETER,
            OpenApiParameter("page_size", OpenApiTypes.INT, description="Up to 10000."),
        ],
    )
    def get(self, request: Request, slug: str, **kwargs: object) -> Response:
        reading = reading_of(validate(ReadingQuery, request.query_params))
        indicator = Indicator.objects.select_related(*RELATED).filter(slug=slug).first()
        if indicator is None:
            raise Http404(_("There is no indicator %(slug)s.") % {"slug": slug})
        history = revision_history(indicator, reading=reading)
        page = self.paginate_queryset(history)
        serializer = self.get_serializer(page, many=True)
        return let_past_be_kept(self.get_paginated_response(serializer.data), reading)
