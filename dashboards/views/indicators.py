"""Pages of indicators: all of them, and one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.exhibits.base import all_indicators
from dashboards.forms import IndicatorPageQuery
from dashboards.indicator_page import indicator_index, indicator_page
from dashboards.page_tables import indicator_table
from dashboards.views.answers import page_or_table
from sources.queryforms import QueryForm, validate


def index(request: HttpRequest) -> HttpResponse:
    """All indicators by theme with their coverage."""
    validate(QueryForm, request.GET)
    context = indicator_index()
    entries = [entry for _theme, listed in context["themes"] for entry in listed]
    return page_or_table(
        request,
        "indicators/indicator_index.html",
        context,
        lambda address: indicator_table(entries, address),
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Definition, map, ranking, distribution and coverage of one indicator."""
    indicator = next((item for item in all_indicators() if item.slug == slug), None)
    if indicator is None:
        raise Http404(_("There is no indicator %(slug)s.") % {"slug": slug})
    params = request.GET.copy()
    params["indicator"] = slug
    query = validate(IndicatorPageQuery, params)
    context = indicator_page(indicator, query)
    return render(request, "indicators/indicator_detail.html", context)
