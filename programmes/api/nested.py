"""Programmes and calls below what they belong to, and one support activity."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from programmes.api.serializers import SupportSerializer
from programmes.api.views import CallListView, ProgrammeListView
from programmes.eligibility import open_to
from programmes.models import Programme
from programmes.queries import listed_support
from regions.api.parents import OfRegion
from sources.queryforms import QueryForm, validate


@extend_schema_view(get=extend_schema(operation_id="regions_programmes_list"))
class RegionProgrammeListView(OfRegion, ProgrammeListView):
    """Programmes of all periods whose eligible area takes in the region."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        return super().records().filter(open_to(self.region()))


@extend_schema_view(get=extend_schema(operation_id="programmes_calls_list"))
class ProgrammeCallListView(CallListView):
    """The calls of one programme, open ones first."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        slug = self.kwargs["slug"]
        found = Programme.objects.public().filter(slug=slug).first()
        if found is None:
            raise Http404(_("There is no programme %(slug)s.") % {"slug": slug})
        return super().records().filter(programme=found)


class SupportDetailView(APIView):
    """One support activity."""

    @extend_schema(operation_id="support_retrieve", responses=SupportSerializer)
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        found = listed_support().filter(slug=slug).first()
        if found is None:
            detail = _("There is no support activity %(slug)s.") % {"slug": slug}
            raise Http404(detail)
        return Response(SupportSerializer(found).data)
