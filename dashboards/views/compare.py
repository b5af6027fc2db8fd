"""Up to six regions side by side."""

from django.http import HttpRequest, HttpResponse

from dashboards.addresses import page_params
from dashboards.compare_page import compare_page
from dashboards.forms import ComparePageQuery
from dashboards.page_tables import comparison_table
from dashboards.views.answers import page_or_table
from indicators.forms import reading_of
from sources.queryforms import validate


def compare(request: HttpRequest) -> HttpResponse:
    """Several indicators for several regions, as lines, bars or a table."""
    query = validate(ComparePageQuery, page_params(request))
    context = compare_page(query)
    return page_or_table(
        request,
        "dashboards/compare.html",
        context,
        lambda address: comparison_table(
            context["table"], query["region"], address, reading_of(query)
        ),
    )
