"""Reading practices: the list, one, and what belongs to it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from practices.api.serializers import (
    AdoptionSerializer,
    EvidenceSerializer,
    PracticeDetailSerializer,
    PracticeSerializer,
    VersionDetailSerializer,
    VersionSerializer,
)
from practices.listing import PRACTICES
from practices.models import Adoption, EvidenceItem, GoodPractice, PublishedVersion
from practices.published import listed_practices, whole_practices
from sources.facets.api import ListingMixin, listing_parameters
from sources.queryforms import QueryForm, validate


def public_practice(slug: str) -> GoodPractice:
    """404 where readers may see no such practice."""
    found = GoodPractice.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no good practice %(slug)s.") % {"slug": slug})
    return found


class PracticeReading(ListingMixin, ListAPIView[GoodPractice]):
    """Good practices, narrowed and ordered as on their page."""

    listing = PRACTICES
    serializer_class = PracticeSerializer
    queryset = GoodPractice.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_practices()

    @extend_schema(
        operation_id="practices_list",
        parameters=[*listing_parameters(PRACTICES)],
        auth=[],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PracticeDetailReading(APIView):
    """All that readers see of one practice."""

    @extend_schema(
        operation_id="practices_retrieve",
        responses=PracticeDetailSerializer,
        auth=[],
    )
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        practice = whole_practices().filter(slug=slug).first()
        if practice is None:
            raise Http404(_("There is no good practice %(slug)s.") % {"slug": slug})
        return Response(PracticeDetailSerializer(practice).data)


class PartList(ListAPIView[Any]):
    """A list that belongs to one practice."""

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        validate(QueryForm, self.request.query_params)
        return self.parts(public_practice(self.kwargs["slug"]))

    def parts(self, practice: GoodPractice) -> QuerySet[Any]:
        raise NotImplementedError


class EvidenceListView(PartList):
    """The evidence of a practice, piece by piece."""

    queryset = EvidenceItem.objects.all()
    serializer_class = EvidenceSerializer

    @extend_schema(operation_id="practices_evidence_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def parts(self, practice: GoodPractice) -> QuerySet[Any]:
        return practice.evidence_items.all()


class AdoptionListView(PartList):
    """Regions that adapted a practice, in order of the years."""

    queryset = Adoption.objects.all()
    serializer_class = AdoptionSerializer

    @extend_schema(operation_id="practices_adoptions_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def parts(self, practice: GoodPractice) -> QuerySet[Any]:
        return practice.adoptions.public().select_related("region")


class VersionListView(PartList):
    """Published versions of a practice, the newest first."""

    queryset = PublishedVersion.objects.all()
    serializer_class = VersionSerializer

    @extend_schema(operation_id="practices_versions_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def parts(self, practice: GoodPractice) -> QuerySet[Any]:
        return practice.versions.defer("content", "names")


class VersionDetailView(APIView):
    """One published version, with its text."""

    @extend_schema(
        operation_id="practices_versions_retrieve", responses=VersionDetailSerializer
    )
    def get(self, request: Request, slug: str, number: int) -> Response:
        validate(QueryForm, request.query_params)
        found = public_practice(slug).versions.filter(number=number).first()
        if found is None:
            detail = _("%(slug)s has no version %(number)d.")
            raise Http404(detail % {"slug": slug, "number": number})
        return Response(VersionDetailSerializer(found).data)
