"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.exhibits.base import all_indicators
from dashboards.exhibits.maps import map_exhibit
from dashboards.forms import MapQuery
from indicators.models import Dataflow
from regions.atlas import atlas
from sources.queryforms import validate

STARTING_POINTS = ("ES21", "FRF3", "ITI1", "EE00", "DEA1")


def home(request: HttpRequest) -> HttpResponse:
    """Search, a map of Europe by a headline indicator, and the ways in."""
    query = validate(MapQuery, request.GET)
    exhibit = map_exhibit(query)
    regions = atlas(int(query["version"]))
    context = {
        "exhibit": exhibit,
        "starting_points": [regions[c] for c in STARTING_POINTS if c in regions],
        "indicators": all_indicators(),
        "eu_regions": len(regions.eu(2)),
        "countries": len(regions.at_level(0)),
        "dataflows": Dataflow.objects.filter(fetched_at__isnull=False).count(),
        "latest": Dataflow.objects.filter(fetched_at__isnull=False)
        .select_related("source")
        .order_by("-fetched_at")[:4],
    }
    return render(request, "dashboards/home.html", context)
