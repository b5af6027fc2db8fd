"""Pages of priorities: all of them, one, and regions by domains."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.exhibits.priorities import priorities_exhibit
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer
from dashboards.strategy_forms import MAP, PRIORITY_PAGES, VIEWS, MatrixQuery
from dashboards.views.answers import page_or_table
from sources.facets import Found, encode
from sources.queryforms import validate
from strategies.matrix import domain_matrix
from strategies.queries import alike, listed_priorities, taxonomy_note
from strategies.tables import matrix_table, priority_table


def index(request: HttpRequest) -> HttpResponse:
    """Priorities narrowed by facets and words, as a list or on a map."""
    page = ListPage(
        listing=PRIORITY_PAGES,
        template="strategies/priority_index.html",
        table=lambda found, address: priority_table(found, address=address),
        more=_views,
    )
    return list_answer(request, page, listed_priorities())


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One priority, and who else has it."""
    validate(PageQuery, page_params(request))
    found = listed_priorities().prefetch_related("references").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no priority %(number)d.") % {"number": pk})
    context = {
        "priority": found,
        "strategy": found.strategy,
        "alike": alike(found),
        "taxonomy": taxonomy_note(),
    }
    return render(request, "strategies/priority_detail.html", context)


def matrix(request: HttpRequest) -> HttpResponse:
    """Regions by domains, of one country or all."""
    query = validate(MatrixQuery, page_params(request))
    asked = {name: query[name] for name in ("kind", "country", "period")}
    context = {
        "matrix": domain_matrix(**asked),
        "fields": MatrixQuery(request.GET),
        "taxonomy": taxonomy_note(),
        **asked,
    }
    return page_or_table(
        request,
        "strategies/matrix.html",
        context,
        lambda address: matrix_table(context["matrix"], address=address),
    )


def _views(found: Found) -> dict[str, Any]:
    """The two ways to look at what was found, and the map where it is chosen."""
    asked = dict(found.query)
    is_map = asked.pop("view", "") == MAP
    return {
        "views": [
            (label, encode({**asked, "view": name if name == MAP else ""}), is_current)
            for (name, label), is_current in zip(
                VIEWS, (not is_map, is_map), strict=True
            )
        ],
        "exhibit": priorities_exhibit(found.query) if is_map else None,
        "taxonomy": taxonomy_note(),
    }
