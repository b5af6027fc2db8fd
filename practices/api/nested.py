"""Good practices below a region, a project and an organisation."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Organisation
from practices.api.serializers import AdoptionSerializer
from practices.api.views import PracticeReading
from practices.models import Adoption
from practices.territory import adoptions_in, in_region
from projects.api.merged import LeadsToSurvivor
from projects.models import Project
from regions.api.parents import OfRegion
from sources.queryforms import QueryForm, validate


@extend_schema_view(get=extend_schema(operation_id="regions_practices_list"))
class RegionPracticeListView(OfRegion, PracticeReading):
    """Practices of the region, or of a part of it."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        return super().records().filter(in_region(self.region()))


@extend_schema_view(get=extend_schema(operation_id="projects_practices_list"))
class ProjectPracticeListView(PracticeReading):
    """Practices that a project left behind."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        slug = self.kwargs["slug"]
        project = Project.objects.public().filter(slug=slug).first()
        if project is None:
            raise Http404(_("There is no project %(slug)s.") % {"slug": slug})
        return super().records().filter(project=project)


@extend_schema_view(get=extend_schema(operation_id="organisations_practices_list"))
class OrganisationPracticeListView(LeadsToSurvivor, PracticeReading):
    """Practices that an organisation keeps."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        slug = self.kwargs["slug"]
        found = Organisation.objects.public().filter(slug=slug).first()
        if found is None:
            raise Http404(_("There is no organisation %(slug)s.") % {"slug": slug})
        return super().records().filter(organisation=found)


class RegionAdoptionSerializer(AdoptionSerializer):
    practice = serializers.CharField(source="practice.slug")
    practice_title = serializers.CharField(source="practice.title")


class RegionAdoptionListView(OfRegion, ListAPIView[Adoption]):
    """Practices that the region, or a part of it, adapted from elsewhere."""

    queryset = Adoption.objects.none()
    serializer_class = RegionAdoptionSerializer
    kwargs: dict[str, Any]

    @extend_schema(operation_id="regions_adoptions_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Adoption]:
        if self.is_described:
            return Adoption.objects.none()
        validate(QueryForm, self.request.query_params)
        return adoptions_in(self.region())
