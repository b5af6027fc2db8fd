"""Projects, partners and organisations below what they belong to."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from programmes.models import Programme
from projects.api.merged import LeadsToSurvivor
from projects.api.serializers import PartnerSerializer
from projects.api.views import OrganisationListView, ProjectListView
from projects.models import Partner, Project
from projects.organisations import public_organisations
from projects.partners import PARTNERS, listed_partners
from projects.territory import within
from regions.api.parents import OfRegion
from sources.facets.api import ListingMixin, listing_parameters


class ProjectPartnerSerializer(PartnerSerializer):
    """A seat, and the project it is in."""

    project = serializers.CharField(source="project.slug")
    acronym = serializers.CharField(source="project.acronym")


class PartnerListView(ListingMixin, ListAPIView[Partner]):
    """Seats in projects; a body that sits in two projects is listed twice."""

    listing = PARTNERS
    serializer_class = ProjectPartnerSerializer
    queryset = Partner.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_partners()

    @extend_schema(
        operation_id="partners_list", parameters=[*listing_parameters(PARTNERS)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


@extend_schema_view(get=extend_schema(operation_id="regions_projects_list"))
class RegionProjectListView(OfRegion, ProjectListView):
    """Projects with a partner in the region, or in a part of it."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        seats = Partner.objects.public().in_territory(self.region())
        return super().records().filter(pk__in=seats.values("project"))


@extend_schema_view(get=extend_schema(operation_id="regions_partners_list"))
class RegionPartnerListView(OfRegion, PartnerListView):
    """The seats in projects that are in the region, or in a part of it."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        return super().records().filter(within(self.region()))


@extend_schema_view(get=extend_schema(operation_id="regions_organisations_list"))
class RegionOrganisationListView(OfRegion, OrganisationListView):
    """Organisations in the region, or in a part of it."""

    def records(self) -> QuerySet[Any]:
        if self.is_described:
            return super().records()
        return super().records().filter(within(self.region()))


@extend_schema_view(get=extend_schema(operation_id="projects_partners_list"))
class OneProjectPartnerListView(PartnerListView):
    """The partners of one project, the lead first."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        return super().records().filter(project=public_project(self.kwargs["slug"]))


@extend_schema_view(get=extend_schema(operation_id="organisations_projects_list"))
class OrganisationProjectListView(LeadsToSurvivor, ProjectListView):
    """The projects that one organisation takes part in."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        slug = self.kwargs["slug"]
        found = public_organisations().filter(slug=slug).first()
        if found is None:
            detail = _("There is no organisation %(slug)s.") % {"slug": slug}
            raise Http404(detail)
        seats = Partner.objects.public().filter(organisation=found)
        return super().records().filter(pk__in=seats.values("project"))


@extend_schema_view(get=extend_schema(operation_id="programmes_projects_list"))
class ProgrammeProjectListView(ProjectListView):
    """The projects of one programme."""

    def records(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().records()
        slug = self.kwargs["slug"]
        found = Programme.objects.public().filter(slug=slug).first()
        if found is None:
            raise Http404(_("There is no programme %(slug)s.") % {"slug": slug})
        return super().records().filter(programme=found)


def public_project(slug: str) -> Project:
    """404 where readers may see no such project."""
    found = Project.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no project %(slug)s.") % {"slug": slug})
    return found
