"""Addresses of the pages; each app's nouns keep their own namespace."""

from django.urls import include, path

from dashboards.views import compare, guide, home, indicators, regions, search, sources

region_pages = [
    path("", regions.index, name="index"),
    path("<str:code>/", regions.detail, name="detail"),
]
indicator_pages = [
    path("", indicators.index, name="index"),
    path("<slug:slug>/", indicators.detail, name="detail"),
]
source_pages = [
    path("", sources.index, name="index"),
    path("runs/<int:pk>/", sources.run, name="run"),
]
site_pages = [
    path("", home.home, name="home"),
    path("compare/", compare.compare, name="compare"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("methods/", guide.methods, name="methods"),
    path("accessibility/", guide.accessibility, name="accessibility"),
]

urlpatterns = [
    path("", include((site_pages, "dashboards"))),
    path("regions/", include((region_pages, "regions"))),
    path("indicators/", include((indicator_pages, "indicators"))),
    path("sources/", include((source_pages, "sources"))),
]
