"""Good practices below a region and below a project."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from practices.models import GoodPractice
from practices.territory import in_region
from projects.models import Project
from regions.api.parents import OfRegion
from sources.queryforms import QueryForm, validate


class PracticeOfSerializer(serializers.Serializer[Any]):
    """A practice in short; the names are as its source gives them."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    organisation = serializers.CharField(source="organisation_name")
    project = serializers.CharField(
        source="public_project.slug", default=None, allow_null=True
    )
    country = serializers.CharField()
    regions = serializers.SerializerMethodField()
    start = serializers.CharField(source="start_text")
    end = serializers.CharField(source="end_text")
    is_verified = serializers.BooleanField()

    def get_regions(self, item: Any) -> list[str]:
        return [region.code for region in item.regions.all()]


class PracticesOf(ListAPIView[GoodPractice]):
    """Public practices in order of their titles, of what the address names."""

    serializer_class = PracticeOfSerializer
    queryset = GoodPractice.objects.none()

    def get_queryset(self) -> QuerySet[GoodPractice]:
        if getattr(self, "swagger_fake_view", False):
            return GoodPractice.objects.none()
        validate(QueryForm, self.request.query_params)
        found = GoodPractice.objects.public().select_related("project")
        return self.narrowed(found.prefetch_related("regions").order_by("title", "pk"))

    def narrowed(self, found: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
        raise NotImplementedError


class RegionPracticeListView(OfRegion, PracticesOf):
    """Practices of the region, or of a part of it."""

    @extend_schema(operation_id="regions_practices_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def narrowed(self, found: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
        return found.filter(in_region(self.region()))


class ProjectPracticeListView(PracticesOf):
    """Practices that a project left behind."""

    @extend_schema(operation_id="projects_practices_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def narrowed(self, found: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
        slug = self.kwargs["slug"]
        project = Project.objects.public().filter(slug=slug).first()
        if project is None:
            raise Http404(_("There is no project %(slug)s.") % {"slug": slug})
        return found.filter(project=project)
