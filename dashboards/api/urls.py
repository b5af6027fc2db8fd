"""Addresses of the REST API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from dashboards.api.docs import ExplorerView
from dashboards.api.views import FigureView, RegionProfileView, RootView
from indicators.api.views import (
    IndicatorDetailView,
    IndicatorListView,
    ObservationListView,
)
from regions.api.views import RegionDetailView, RegionListView

v1 = [
    path("", RootView.as_view(), name="root"),
    path("regions/", RegionListView.as_view(), name="region-list"),
    path("regions/<slug:code>/", RegionDetailView.as_view(), name="region-detail"),
    path(
        "regions/<slug:code>/profile/",
        RegionProfileView.as_view(),
        name="region-profile",
    ),
    path("indicators/", IndicatorListView.as_view(), name="indicator-list"),
    path(
        "indicators/<slug:slug>/",
        IndicatorDetailView.as_view(),
        name="indicator-detail",
    ),
    path("observations/", ObservationListView.as_view(), name="observation-list"),
    path("figures/<slug:kind>/", FigureView.as_view(), name="figure"),
]

urlpatterns = [
    path("v1/", include((v1, "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", ExplorerView.as_view(), name="api-docs"),
]
