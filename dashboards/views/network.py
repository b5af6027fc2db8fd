"""Pages of the partnership network: of all regions, and of one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.addresses import page_params
from dashboards.network_forms import NetworkPageQuery, RegionNetworkPageQuery
from dashboards.network_page import (
    link_row,
    network_page,
    network_table,
    region_network_page,
    region_network_table,
)
from dashboards.views.answers import page_or_table, view_address
from dashboards.views.regions import elsewhere
from regions.atlas import atlas
from sources.facets.pages import leaf
from sources.queryforms import validate
from sources.tables import download

PAGE_SIZE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Which regions work with which: a map of links, and all links in a table."""
    query = validate(NetworkPageQuery, page_params(request))
    context = network_page(query, NetworkPageQuery(page_params(request)))
    links = context["links"]
    shown = leaf(request, links, total=len(links), size=PAGE_SIZE)
    regions = atlas(settings.NUTS_VERSION)
    context |= {
        "page": shown.page,
        "rows": [link_row(link, regions) for link in shown.page],
        "shown_pages": shown.shown_pages,
    }
    return page_or_table(
        request,
        "projects/network.html",
        context,
        lambda address: network_table(context, address=address),
    )


def region(request: HttpRequest, code: str) -> HttpResponse:
    """The partners of one region, and the partners of those."""
    query = validate(RegionNetworkPageQuery, page_params(request))
    if code not in atlas(settings.NUTS_VERSION):
        return elsewhere(request, code, page="regions:network")
    if file_format := request.GET.get("format"):
        table = region_network_table(code, query, address=view_address(request))
        return download(table, file_format)
    form = RegionNetworkPageQuery(page_params(request))
    context = region_network_page(code, query, form)
    return render(request, "regions/region_network.html", context)
