"""Addresses of the pages; each app's nouns keep their own namespace."""

from django.urls import include, path

from dashboards.api.status import StatusView
from dashboards.match_urls import match_pages
from dashboards.practice_author_urls import author_pages
from dashboards.practice_file_urls import file_pages
from dashboards.practice_people_urls import people_pages
from dashboards.practice_reader_urls import reader_pages
from dashboards.practice_review_urls import review_pages
from dashboards.views import (
    compare,
    corrections,
    crawlers,
    guide,
    guide_pages,
    home,
    indicators,
    network,
    organisations,
    priorities,
    programmes,
    projects,
    regions,
    report,
    rollback,
    runs,
    search,
    sources,
    strategies,
)

region_pages = [
    path("", regions.index, name="index"),
    path("<str:code>/", regions.detail, name="detail"),
    path("<str:code>/network/", network.region, name="network"),
]
indicator_pages = [
    path("", indicators.index, name="index"),
    path("<slug:slug>/", indicators.detail, name="detail"),
    path("<slug:slug>/revisions/", indicators.revisions, name="revisions"),
]
project_pages = [
    path("", projects.index, name="index"),
    path("<slug:slug>/", projects.detail, name="detail"),
]
organisation_pages = [
    path("", organisations.index, name="index"),
    path("<slug:slug>/", organisations.detail, name="detail"),
]
strategy_pages = [
    path("strategies/", strategies.index, name="index"),
    path("strategies/<slug:slug>/", strategies.detail, name="detail"),
    path("priorities/", priorities.index, name="priorities"),
    path("priorities/matrix/", priorities.matrix, name="matrix"),
    path("priorities/<int:pk>/", priorities.detail, name="priority"),
    path("domains/", strategies.domains, name="domains"),
    path("domains/<str:code>/", strategies.domain_by_code, name="domain-by-code"),
    path("domains/<str:kind>/<str:code>/", strategies.domain, name="domain"),
]
guide_page_list = [
    path("", guide_pages.index, name="index"),
    path("glossary/", guide_pages.glossary, name="glossary"),
    path("glossary/<slug:slug>/", guide_pages.term, name="term"),
    path("steps/", guide_pages.steps, name="steps"),
    path("steps/<int:number>/", guide_pages.step, name="step"),
    path("lists/<slug:code>/", guide_pages.code_list, name="list"),
]
programme_pages = [
    path("", programmes.index, name="index"),
    path("calls/", programmes.calls, name="calls"),
    path("calls.ics", programmes.calls_ics, name="calls-ics"),
    path("calls.atom", programmes.calls_atom, name="calls-atom"),
    path("support/", programmes.support, name="support-index"),
    path("support/<slug:slug>/", programmes.support_detail, name="support"),
    path("<slug:slug>/", programmes.detail, name="detail"),
    path("<slug:slug>/calls/<slug:code>/", programmes.call, name="call"),
]
# Those of readers last: their names of practices would take in the others' words.
practice_pages = [
    *author_pages,
    *people_pages,
    *file_pages,
    *review_pages,
    *reader_pages,
]
source_pages = [
    path("", sources.index, name="index"),
    path("runs/<int:pk>/", sources.run, name="run"),
    path("runs/<int:pk>/roll-back/", rollback.rollback, name="rollback"),
    path("runs/<int:pk>/progress.json", runs.progress, name="progress"),
    path("runs/<int:pk>/<slug:action>/", runs.act, name="act"),
]
site_pages = [
    path("", home.home, name="home"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawlers.sitemap_part, name="sitemap-part"),
    path("status.json", StatusView.as_view(), name="status"),
    path("compare/", compare.compare, name="compare"),
    path("network/", network.index, name="network"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggest"),
    path("methods/", guide.methods, name="methods"),
    path("report/", report.report, name="report"),
    path("report/thanks/", report.thanks, name="report-thanks"),
    path("corrections/", corrections.index, name="corrections"),
    path("corrections.atom", corrections.feed, name="corrections-atom"),
    path("accessibility/", guide.accessibility, name="accessibility"),
]

urlpatterns = [
    path("", include((site_pages, "dashboards"))),
    path("regions/", include((region_pages, "regions"))),
    path("indicators/", include((indicator_pages, "indicators"))),
    path("projects/", include((project_pages, "projects"))),
    path("organisations/", include((organisation_pages, "organisations"))),
    path("guide/", include((guide_page_list, "guide"))),
    path("", include((strategy_pages, "strategies"))),
    path("programmes/", include((programme_pages, "programmes"))),
    path("practices/", include((practice_pages, "practices"))),
    path("match/", include((match_pages, "match"))),
    path("sources/", include((source_pages, "sources"))),
]
