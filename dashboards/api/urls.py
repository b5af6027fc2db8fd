"""Addresses of the REST API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from dashboards.api.docs import ExplorerView
from dashboards.api.nested import nested
from dashboards.api.status import StatusView
from dashboards.api.views import FigureView, RegionProfileView, RootView
from desk.api.views import CorrectionListView
from indicators.api.revisions import RevisionListView
from indicators.api.views import (
    IndicatorDetailView,
    IndicatorListView,
    ObservationListView,
)
from practices.api.urls import practice_paths
from programmes.api.views import (
    CallListView,
    ProgrammeDetailView,
    ProgrammeListView,
    SupportListView,
)
from projects.api.views import (
    OrganisationDetailView,
    OrganisationListView,
    ProjectDetailView,
    ProjectListView,
)
from regions.api.views import RegionDetailView, RegionListView
from search.api.views import SearchView
from strategies.api.views import (
    DomainListView,
    PriorityListView,
    StrategyDetailView,
    StrategyListView,
    TermListView,
)

v1 = [
    path("", RootView.as_view(), name="root"),
    path("regions/", RegionListView.as_view(), name="region-list"),
    path("regions/<slug:code>/", RegionDetailView.as_view(), name="region-detail"),
    path(
        "regions/<slug:code>/profile/",
        RegionProfileView.as_view(),
        name="region-profile",
    ),
    *nested,
    path("indicators/", IndicatorListView.as_view(), name="indicator-list"),
    path(
        "indicators/<slug:slug>/",
        IndicatorDetailView.as_view(),
        name="indicator-detail",
    ),
    path(
        "indicators/<slug:slug>/revisions/",
        RevisionListView.as_view(),
        name="indicator-revisions",
    ),
    path("observations/", ObservationListView.as_view(), name="observation-list"),
    path("projects/", ProjectListView.as_view(), name="project-list"),
    path("projects/<slug:slug>/", ProjectDetailView.as_view(), name="project-detail"),
    path("organisations/", OrganisationListView.as_view(), name="organisation-list"),
    path(
        "organisations/<slug:slug>/",
        OrganisationDetailView.as_view(),
        name="organisation-detail",
    ),
    path("strategies/", StrategyListView.as_view(), name="strategy-list"),
    path(
        "strategies/<slug:slug>/", StrategyDetailView.as_view(), name="strategy-detail"
    ),
    path("priorities/", PriorityListView.as_view(), name="priority-list"),
    path("domains/", DomainListView.as_view(), name="domain-list"),
    path("glossary/", TermListView.as_view(), name="glossary-list"),
    path("programmes/", ProgrammeListView.as_view(), name="programme-list"),
    path(
        "programmes/<slug:slug>/",
        ProgrammeDetailView.as_view(),
        name="programme-detail",
    ),
    path("calls/", CallListView.as_view(), name="call-list"),
    path("support/", SupportListView.as_view(), name="support-list"),
    *practice_paths,
    path("search/", SearchView.as_view(), name="search"),
    path("corrections/", CorrectionListView.as_view(), name="correction-list"),
    path("status/", StatusView.as_view(), name="status"),
    path("figures/<slug:kind>/", FigureView.as_view(), name="figure"),
]

urlpatterns = [
    path("v1/", include((v1, "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", ExplorerView.as_view(), name="api-docs"),
]
