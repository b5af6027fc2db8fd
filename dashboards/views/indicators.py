"""Pages of indicators: all of them, and one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.exhibits.lookup import indicator_of
from dashboards.forms import IndicatorPageQuery, PageQuery, RevisionsQuery
from dashboards.indicator_page import indicator_index, indicator_page
from dashboards.page_tables import indicator_table
from dashboards.revision_page import page_table, revision_page
from dashboards.views.answers import page_or_table
from indicators.forms import reading_of
from indicators.models import Indicator
from sources.queryforms import validate


def index(request: HttpRequest) -> HttpResponse:
    """All indicators by theme with their coverage."""
    query = validate(PageQuery, page_params(request))
    context = indicator_index(reading_of(query))
    entries = [entry for _theme, listed in context["themes"] for entry in listed]
    return page_or_table(
        request,
        "indicators/indicator_index.html",
        context,
        lambda address: indicator_table(entries, address, reading_of(query)),
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Definition, map, ranking, distribution and coverage of one indicator."""
    query = _checked(request, slug, IndicatorPageQuery)
    context = indicator_page(indicator_of(query), query)
    return render(request, "indicators/indicator_detail.html", context)


def revisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every load that changed the indicator, and by how much."""
    query = _checked(request, slug, RevisionsQuery)
    context = revision_page(indicator_of(query), query)
    return page_or_table(
        request,
        "indicators/indicator_revisions.html",
        context,
        lambda address: page_table(context, address, reading_of(query)),
    )


def _checked(
    request: HttpRequest, slug: str, form: type[RevisionsQuery | IndicatorPageQuery]
) -> dict[str, Any]:
    """The query of a page whose address names the indicator; 404 for none."""
    if not Indicator.objects.filter(slug=slug).exists():
        raise Http404(_("There is no indicator %(slug)s.") % {"slug": slug})
    params = page_params(request)
    params["indicator"] = slug
    return validate(form, params)
