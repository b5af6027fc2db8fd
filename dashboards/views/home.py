"""The start page."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.addresses import page_params
from dashboards.exhibits.base import all_indicators, overview_of
from dashboards.exhibits.lookup import indicator_of, with_covered_year
from dashboards.exhibits.maps import map_exhibit
from dashboards.forms import MapQuery
from dashboards.news import holdings, news, open_calls, themes
from indicators.forms import reading_of
from indicators.models import Dataflow
from indicators.past import describe_as_of
from indicators.reading import Reading
from regions.atlas import atlas
from sources.queryforms import validate

THEMES = 5
STARTING_POINTS = ("ES21", "FRF3", "ITI1", "EE00", "DEA1")


def home(request: HttpRequest) -> HttpResponse:
    """Search, a map of Europe by a headline indicator, the ways in, what is new."""
    query: Mapping[str, Any] = validate(MapQuery, page_params(request))
    reading = reading_of(query)
    overview = overview_of(indicator_of(query), reading=reading)
    query, absent_year = with_covered_year(query, overview)
    exhibit = map_exhibit(query, overview=overview)
    regions = atlas(reading.version)
    flows = _loaded(reading)
    context = {
        "exhibit": exhibit,
        "absent_year": absent_year,
        "starting_points": [regions[c] for c in STARTING_POINTS if c in regions],
        "indicators": all_indicators(),
        "eu_regions": len(regions.eu(2)),
        "countries": len(regions.at_level(0)),
        "dataflows": len(flows),
        "news": news(flows),
        "open_calls": open_calls(),
        "holdings": holdings(),
        "themes": themes()[:THEMES],
    }
    return render(request, "dashboards/home.html", context)


def _loaded(reading: Reading) -> list[Dataflow]:
    """The dataflows held, the last one fetched first."""
    flows = list(Dataflow.objects.select_related("source"))
    if reading.as_of:
        describe_as_of(flows, reading.as_of)
    fetched = [(flow.fetched_at, flow) for flow in flows if flow.fetched_at]
    fetched.sort(key=itemgetter(0), reverse=True)
    return [flow for _moment, flow in fetched]
