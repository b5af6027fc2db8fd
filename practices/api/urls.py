"""Addresses of practices below /api/v1/."""

from django.urls import path

from practices.api.views import (
    AdoptionListView,
    EvidenceListView,
    VersionDetailView,
    VersionListView,
)
from practices.api.writing import (
    DraftView,
    PracticeDetailView,
    PracticeListView,
    SubmitView,
)

ONE = "practices/<slug:slug>/"
practice_paths = [
    path("practices/", PracticeListView.as_view(), name="practice-list"),
    path(ONE, PracticeDetailView.as_view(), name="practice-detail"),
    path(f"{ONE}evidence/", EvidenceListView.as_view(), name="practice-evidence"),
    path(f"{ONE}adoptions/", AdoptionListView.as_view(), name="practice-adoptions"),
    path(f"{ONE}versions/", VersionListView.as_view(), name="practice-versions"),
    path(
        f"{ONE}versions/<int:number>/",
        VersionDetailView.as_view(),
        name="practice-version",
    ),
    path(f"{ONE}draft/", DraftView.as_view(), name="practice-draft"),
    path(f"{ONE}submit/", SubmitView.as_view(), name="practice-submit"),
]
