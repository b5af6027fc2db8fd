"""Read-only endpoint for the log of corrections."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from desk.corrections import KINDS, corrections
from desk.forms import CorrectionsQuery
from sources.queryforms import validate
from sources.reports import ErrorReport

OF_MODEL = {model._meta.model_name: kind for kind, model in KINDS.items()}


class CorrectionSerializer(serializers.ModelSerializer[ErrorReport]):
    """What was reported about, and what was changed; nothing of who reported it."""

    kind = serializers.SerializerMethodField()
    record = serializers.CharField(source="label")
    page = serializers.CharField(source="address")
    note = serializers.CharField(source="public_note")
    date = serializers.DateTimeField(source="decided_at")

    class Meta:
        model = ErrorReport
        fields = ("id", "date", "kind", "record", "page", "note")

    def get_kind(self, report: ErrorReport) -> str:
        found = report.content_type
        return OF_MODEL.get(found.model, found.model) if found else "portal"


class CorrectionListView(ListAPIView[ErrorReport]):
    """What was corrected after a reader's report, the newest first."""

    serializer_class = CorrectionSerializer
    queryset = ErrorReport.objects.none()

    @extend_schema(
        operation_id="corrections_list",
        parameters=[OpenApiParameter("kind", enum=list(KINDS))],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> "QuerySet[ErrorReport]":
        query = validate(CorrectionsQuery, self.request.query_params)
        return corrections(query["kind"])
