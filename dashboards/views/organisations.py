"""Pages of organisations: all of them, and one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.catalogue_words import unconfirmed
from dashboards.exhibits.organisations import organisations_exhibit
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer
from dashboards.organisation_forms import ORGANISATION_PAGES
from dashboards.project_forms import MAP, VIEWS
from practices.models import GoodPractice
from projects.organisations import (
    listed_organisations,
    organisation_table,
    successor_of,
    whole_organisations,
)
from sources.facets import Found, encode
from sources.models import ErrorReport
from sources.queryforms import validate

PAGE = ListPage(
    listing=ORGANISATION_PAGES,
    template="organisations/organisation_index.html",
    table=lambda found, address: organisation_table(found, address=address),
    more=lambda found: _views(found),
)


def index(request: HttpRequest) -> HttpResponse:
    """Organisations narrowed by country, kind, region and words."""
    return list_answer(request, PAGE, listed_organisations())


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; a merged one leads to the one it was merged into."""
    validate(PageQuery, page_params(request))
    item = whole_organisations().filter(slug=slug).first()
    if item is None:
        return _elsewhere(slug)
    context = {
        "organisation": item,
        "practices": GoodPractice.objects.public().filter(organisation=item),
        "unconfirmed": unconfirmed(item),
        "corrections": ErrorReport.objects.of(item).corrections(),
    }
    return render(request, "organisations/organisation_detail.html", context)


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
        "exhibit": organisations_exhibit(found.query) if is_map else None,
    }


def _elsewhere(slug: str) -> HttpResponse:
    survivor = successor_of(slug)
    if survivor is None:
        raise Http404(_("There is no organisation %(slug)s.") % {"slug": slug})
    return redirect(survivor)
