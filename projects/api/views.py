"""Read-only endpoints for projects and organisations."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Organisation
from projects.api.merged import LeadsToSurvivor
from projects.api.serializers import (
    OrganisationDetailSerializer,
    OrganisationSerializer,
    ProjectDetailSerializer,
    ProjectSerializer,
)
from projects.listing import PROJECTS
from projects.models import Project
from projects.organisations import (
    ORGANISATIONS,
    listed_organisations,
    whole_organisations,
)
from projects.queries import listed_projects, whole_projects
from sources.facets.api import ListingMixin, listing_parameters
from sources.queryforms import QueryForm, validate


class ProjectListView(ListingMixin, ListAPIView[Project]):
    """Projects, narrowed and ordered as on their page."""

    listing = PROJECTS
    serializer_class = ProjectSerializer
    queryset = Project.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_projects()

    @extend_schema(
        operation_id="projects_list", parameters=[*listing_parameters(PROJECTS)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ProjectDetailView(APIView):
    """All that is known of one project."""

    @extend_schema(operation_id="projects_retrieve", responses=ProjectDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        project = whole_projects().filter(slug=slug).first()
        if project is None:
            raise Http404(_("There is no project %(slug)s.") % {"slug": slug})
        return Response(ProjectDetailSerializer(project).data)


class OrganisationListView(ListingMixin, ListAPIView[Organisation]):
    """Organisations, narrowed and ordered as on their page."""

    listing = ORGANISATIONS
    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()

    def records(self) -> QuerySet[Any]:
        return listed_organisations()

    @extend_schema(
        operation_id="organisations_list",
        parameters=[*listing_parameters(ORGANISATIONS)],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OrganisationDetailView(LeadsToSurvivor, APIView):
    """One organisation with its seats in projects."""

    @extend_schema(
        operation_id="organisations_retrieve", responses=OrganisationDetailSerializer
    )
    def get(self, request: Request, slug: str) -> Response:
        validate(QueryForm, request.query_params)
        found = whole_organisations().filter(slug=slug).first()
        if found is None:
            detail = _("There is no organisation %(slug)s.") % {"slug": slug}
            raise Http404(detail)
        return Response(OrganisationDetailSerializer(found).data)
