"""Writing drafts with the token of an organisation."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import TokenAuthentication
from accounts.api.permissions import HasScope
from practices.analysis.completeness import completeness
from practices.api.rights import fields_of, own_draft, revision_of, sent, told, writer
from practices.api.serializers import DraftSerializer
from practices.api.views import PracticeDetailReading, PracticeReading
from practices.models import GoodPractice
from practices.services import (
    autosave,
    content_in_work,
    content_with_files,
    create_draft,
    submit,
)
from sources.queryforms import QueryForm, validate

MAY_WRITE = HasScope.of("practices:write")
PROBLEM = OpenApiResponse(OpenApiTypes.OBJECT, "A problem document (RFC 9457).")
REFUSALS = {401: PROBLEM, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM}
CONTENT = {
    "title": "Innovation vouchers for small firms",
    "summary": "Small firms get a voucher for a first project with a laboratory.",
    "regions": ["ES21"],
    "themes": ["innovation-support"],
    "start": "2015-03",
    "cost_eur": "750000.00",
    "evidence": [
        {
            "kind": "figure",
            "indicator": "Firms with a first joint project",
            "baseline_value": 12,
            "baseline_year": 2015,
            "result_value": 30,
            "result_year": 2019,
            "source_url": "https://example.org/evaluation",
        }
    ],
}
EXAMPLE = OpenApiExample("A first draft", value=CONTENT, request_only=True)
CHANGE = OpenApiExample(
    "A change",
    value={"revision": 3, "content": {"status": "running"}},
    request_only=True,
)


class ChangeSerializer(serializers.Serializer[Any]):
    """The revision that was read, and the fields to change."""

    revision = serializers.IntegerField()
    content = serializers.DictField()


class SubmissionSerializer(serializers.Serializer[Any]):
    revision = serializers.IntegerField()


class ByToken(APIView):
    """Reading is open to all; whatever else is asked needs a token that may write."""

    authentication_classes = [TokenAuthentication]

    def get_permissions(self) -> list[BasePermission]:
        if self.request.method in {"GET", "HEAD", "OPTIONS"}:
            return []
        return [MAY_WRITE()]


class PracticeListView(ByToken, PracticeReading):
    """Good practices; with a token, a new draft of the token's organisation."""

    @extend_schema(
        operation_id="practices_create",
        request=OpenApiTypes.OBJECT,
        responses={201: DraftSerializer, 400: PROBLEM, **REFUSALS},
        examples=[EXAMPLE],
        description="The fields of a practice, title at least. Nobody sees the draft "
        "but its authors, until it was submitted and published.",
    )
    def post(self, request: Request) -> Response:
        validate(QueryForm, request.query_params)
        with told():
            practice = create_draft(writer(request), fields_of(request, request.data))
        return Response(draft(practice), status=status.HTTP_201_CREATED)


class PracticeDetailView(ByToken, PracticeDetailReading):
    """One practice; with a token, a change of its text in work."""

    @extend_schema(
        operation_id="practices_partial_update",
        request=ChangeSerializer,
        responses={200: DraftSerializer, 400: PROBLEM, **REFUSALS},
        examples=[CHANGE],
        description="409 where somebody changed it since: the problem holds both "
        "texts (theirs, yours) and the revision of now.",
    )
    def patch(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        practice = own_draft(request, slug)
        revision = revision_of(request)
        fields = fields_of(request, sent(request, "content"))
        with told():
            return Response(
                draft(autosave(practice, fields, revision, by=writer(request)))
            )


class DraftView(APIView):
    """The text in work of one's own practice."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [MAY_WRITE]

    @extend_schema(
        operation_id="practices_draft_retrieve",
        responses={200: DraftSerializer, **REFUSALS},
    )
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        return Response(draft(own_draft(request, slug)))


class SubmitView(APIView):
    """Into review; 409 lists what is missing."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [MAY_WRITE]

    @extend_schema(
        operation_id="practices_submit",
        request=SubmissionSerializer,
        responses={200: DraftSerializer, 400: PROBLEM, **REFUSALS},
    )
    def post(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        practice = own_draft(request, slug)
        with told():
            moved = submit(practice, by=writer(request), revision=revision_of(request))
        return Response(draft(moved))


def draft(practice: GoodPractice) -> Any:
    """The text in work with what it lacks."""
    found = completeness(content_with_files(practice))
    return DraftSerializer(
        {
            "slug": practice.slug,
            "stage": practice.stage,
            "revision": practice.revision,
            "percent": found.percent,
            "missing": found.missing,
            "content": content_in_work(practice),
        }
    ).data
