"""Read-only endpoints for programmes, calls and support."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from programmes.api.serializers import (
    CallSerializer,
    ProgrammeDetailSerializer,
    ProgrammeSerializer,
    SupportSerializer,
)
from programmes.calls import CALLS, listed_calls
from programmes.listing import PROGRAMMES
from programmes.models import Call, Programme, SupportActivity
from programmes.queries import found_programmes, listed_support, whole_programmes
from programmes.support import SUPPORT
from sources.facets.api import ListingMixin, listing_parameters
from sources.queryforms import QueryForm, validate

REGION = OpenApiParameter(
    "region", description="Only programmes open to bodies of this region or country."
)


class ProgrammeListView(ListingMixin, ListAPIView[Programme]):
    """Programmes, narrowed and ordered as on their page."""

    listing = PROGRAMMES
    serializer_class = ProgrammeSerializer
    queryset = Programme.objects.none()

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return found_programmes(
            validate(PROGRAMMES.form_class(), self.request.query_params)
        )

    @extend_schema(
        operation_id="programmes_list",
        parameters=[*listing_parameters(PROGRAMMES), REGION],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ProgrammeDetailView(APIView):
    """All that is known of one programme, with its calls."""

    @extend_schema(
        operation_id="programmes_retrieve", responses=ProgrammeDetailSerializer
    )
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        programme = whole_programmes().filter(slug=slug).first()
        if programme is None:
            raise Http404(_("There is no programme %(slug)s.") % {"slug": slug})
        return Response(ProgrammeDetailSerializer(programme).data)


class CallListView(ListingMixin, ListAPIView[Call]):
    """Calls: open ones first, then announced, then closed."""

    listing = CALLS
    serializer_class = CallSerializer
    queryset = Call.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_calls()

    @extend_schema(operation_id="calls_list", parameters=[*listing_parameters(CALLS)])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class SupportListView(ListingMixin, ListAPIView[SupportActivity]):
    """Support without a grant: platforms, peer reviews, networks, data tools."""

    listing = SUPPORT
    serializer_class = SupportSerializer
    queryset = SupportActivity.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_support()

    @extend_schema(
        operation_id="support_list", parameters=[*listing_parameters(SUPPORT)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
