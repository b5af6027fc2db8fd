"""Pages of regions: all of them, and one."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dashboards.addresses import page_params
from dashboards.exhibits.base import all_indicators
from dashboards.exhibits.standings import standing_table
from dashboards.forms import RegionPageQuery, RegionsPageQuery
from dashboards.page_tables import profile_table
from dashboards.region_index import region_index
from dashboards.region_page import region_page
from dashboards.views.answers import page_or_table
from indicators.forms import reading_of
from regions.atlas import atlas
from regions.queries import today
from sources.queryforms import validate


def index(request: HttpRequest) -> HttpResponse:
    """Funnel, map and sortable table of one indicator."""
    query = validate(RegionsPageQuery, page_params(request))
    context = region_index(query)
    return page_or_table(
        request,
        "regions/region_index.html",
        context,
        lambda address: standing_table(
            context["view"], address=address, rows=context["rows"]
        ),
    )


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The profile of a region; old codes lead to today's."""
    query = validate(RegionPageQuery, page_params(request))
    reading = reading_of(query)
    regions = atlas(reading.version)
    if code not in regions:
        return elsewhere(request, code)
    page = region_page(
        code, atlas=regions, indicators=all_indicators(reading.as_of), reading=reading
    )
    page["was"] = query["was"]
    return page_or_table(
        request,
        "regions/region_detail.html",
        page,
        lambda address: profile_table(page["profile"], address, reading),
    )


def elsewhere(
    request: HttpRequest, code: str, page: str = "regions:detail"
) -> HttpResponse:
    """A code of another version: on to its successor, or to a choice of them."""
    resolution = today(code)
    if resolution.region is not None:
        address = reverse(page, args=[resolution.region.code])
        if resolution.code == resolution.region.code or page != "regions:detail":
            return redirect(address)
        return redirect(f"{address}?{urlencode({'was': resolution.code})}")
    status = 200 if resolution.successors else 404
    context = {"code": code, "resolution": resolution}
    return render(request, "regions/region_elsewhere.html", context, status=status)
