"""Pages of programmes, calls and support activities, and the calls as feeds."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.catalogue_words import unconfirmed
from dashboards.exhibits.budgets import budgets_exhibit
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer, table_answer
from dashboards.programme_forms import PROGRAMME_PAGES
from dashboards.programme_page import matrix, programme_page
from dashboards.views.answers import view_address
from programmes.calls import CALLS, STATES, listed_calls, state_of, today
from programmes.feeds import atom, calendar
from programmes.models import Period
from programmes.queries import found_programmes, listed_support, whole_programmes
from programmes.support import SUPPORT
from programmes.tables import call_table, programme_table, support_table
from regions.models import Region
from sources.facets import Found
from sources.models import ErrorReport
from sources.queryforms import validate

INDEX = ListPage(
    listing=PROGRAMME_PAGES,
    template="programmes/programme_index.html",
    table=lambda found, address: programme_table(found, address=address),
    more=lambda found: _around(found),
)
CALL_INDEX = ListPage(
    listing=replace(CALLS, form=PageQuery),
    template="programmes/call_index.html",
    table=lambda found, address: call_table(found, address=address),
    more=lambda found: {"day": today()},
)
SUPPORT_INDEX = ListPage(
    listing=replace(SUPPORT, form=PageQuery),
    template="programmes/support_index.html",
    table=lambda found, address: support_table(found, address=address),
)


def index(request: HttpRequest) -> HttpResponse:
    """Programmes as a matrix of periods and areas, and as a list to narrow."""
    query = validate(INDEX.listing.form_class(), page_params(request))
    return list_answer(request, INDEX, found_programmes(query))


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known of one programme, with its calls and projects."""
    validate(PageQuery, page_params(request))
    programme = whole_programmes().filter(slug=slug).first()
    if programme is None:
        raise Http404(_("There is no programme %(slug)s.") % {"slug": slug})
    if file_format := request.GET.get("format"):
        table = programme_table([programme], address=view_address(request))
        return table_answer(table, file_format)
    return render(
        request, "programmes/programme_detail.html", programme_page(programme)
    )


def calls(request: HttpRequest) -> HttpResponse:
    """Calls: open ones first, then announced, then closed."""
    return list_answer(request, CALL_INDEX, listed_calls())


def call(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One call."""
    validate(PageQuery, page_params(request))
    found = listed_calls().filter(programme__slug=slug, code=code).first()
    if found is None:
        detail = _("There is no call %(code)s of %(slug)s.")
        raise Http404(detail % {"code": code, "slug": slug})
    context = {
        "call": found,
        "unconfirmed": unconfirmed(found),
        "state_words": STATES[state_of(found)],
    }
    return render(request, "programmes/call_detail.html", context)


def calls_ics(request: HttpRequest) -> HttpResponse:
    """The dates of the calls found, for a calendar."""
    found = calendar(_narrowed(request), root=request.build_absolute_uri("/")[:-1])
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calls.ics"'
    return response


def calls_atom(request: HttpRequest) -> HttpResponse:
    """The calls found as an Atom feed."""
    root = request.build_absolute_uri("/")[:-1]
    feed = atom(_narrowed(request), root=root, address=request.get_full_path())
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


def support(request: HttpRequest) -> HttpResponse:
    """Support without a grant."""
    return list_answer(request, SUPPORT_INDEX, listed_support())


def support_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One support activity."""
    validate(PageQuery, page_params(request))
    item = listed_support().filter(slug=slug).first()
    if item is None:
        raise Http404(_("There is no support activity %(slug)s.") % {"slug": slug})
    context = {
        "item": item,
        "unconfirmed": unconfirmed(item),
        "corrections": ErrorReport.objects.of(item).corrections(),
    }
    return render(request, "programmes/support_detail.html", context)


def _narrowed(request: HttpRequest) -> Any:
    query = validate(CALL_INDEX.listing.form_class(), page_params(request))
    return CALLS.ordered(CALLS.narrowed(listed_calls(), query), query)


def _around(found: Found) -> dict[str, Any]:
    """The way in, and the region whose programmes these are."""
    code = found.query.get("region")
    return {
        "matrix": matrix(),
        "exhibit": budgets_exhibit(found.query),
        "periods": [period.label for period in Period],
        "region": Region.objects.current().filter(code=code).first() if code else None,
    }
