"""Addresses below a region, a project, an organisation or a programme."""

from django.urls import path

from dashboards.api.transfer import RegionTransferView
from practices.api.nested import (
    OrganisationPracticeListView,
    ProjectPracticeListView,
    RegionAdoptionListView,
    RegionPracticeListView,
)
from programmes.api.nested import (
    ProgrammeCallListView,
    RegionProgrammeListView,
    SupportDetailView,
)
from projects.api.nested import (
    OneProjectPartnerListView,
    OrganisationProjectListView,
    PartnerListView,
    ProgrammeProjectListView,
    RegionOrganisationListView,
    RegionPartnerListView,
    RegionProjectListView,
)
from projects.api.network import NetworkView, RegionNetworkView
from strategies.api.nested import RegionPriorityListView, RegionStrategyListView

REGION = {
    "network": RegionNetworkView,
    "projects": RegionProjectListView,
    "partners": RegionPartnerListView,
    "organisations": RegionOrganisationListView,
    "practices": RegionPracticeListView,
    "adoptions": RegionAdoptionListView,
    "transfer": RegionTransferView,
    "priorities": RegionPriorityListView,
    "strategies": RegionStrategyListView,
    "programmes": RegionProgrammeListView,
}
PROJECT = {
    "partners": OneProjectPartnerListView,
    "practices": ProjectPracticeListView,
}
PROGRAMME = {"projects": ProgrammeProjectListView, "calls": ProgrammeCallListView}

nested = [
    *(
        path(f"regions/<slug:code>/{name}/", view.as_view(), name=f"region-{name}")
        for name, view in REGION.items()
    ),
    *(
        path(f"projects/<slug:slug>/{name}/", view.as_view(), name=f"project-{name}")
        for name, view in PROJECT.items()
    ),
    *(
        path(
            f"programmes/<slug:slug>/{name}/", view.as_view(), name=f"programme-{name}"
        )
        for name, view in PROGRAMME.items()
    ),
    path(
        "organisations/<slug:slug>/projects/",
        OrganisationProjectListView.as_view(),
        name="organisation-projects",
    ),
    path(
        "organisations/<slug:slug>/practices/",
        OrganisationPracticeListView.as_view(),
        name="organisation-practices",
    ),
    path("partners/", PartnerListView.as_view(), name="partner-list"),
    path("network/", NetworkView.as_view(), name="network"),
    path("support/<slug:slug>/", SupportDetailView.as_view(), name="support-detail"),
]
