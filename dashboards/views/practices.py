"""Pages of good practices: all of them, one, its versions, and the feed of new ones."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dashboards.addresses import page_params
from dashboards.exhibits.practices import practices_exhibit
from dashboards.forms import PageQuery
from dashboards.listing_page import ListPage, list_answer
from dashboards.practice_forms import CARDS, MAP, PRACTICE_PAGES, TABLE, VIEWS
from dashboards.practice_page import bibtex, practice_page
from dashboards.practice_version import version_rows
from practices.feeds import atom
from practices.listing import PRACTICES
from practices.models import GoodPractice
from practices.published import listed_practices, whole_practices
from practices.tables import practice_table
from sources.facets import Found, encode
from sources.queryforms import validate


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Practices narrowed by facets and words: cards, a table, or a map."""
    page = ListPage(
        listing=PRACTICE_PAGES,
        template="practices/practice_index.html",
        table=lambda found, address: practice_table(found, address=address),
        more=_views,
    )
    return list_answer(request, page, listed_practices())


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is told of one practice, and what is not."""
    validate(PageQuery, page_params(request))
    context = practice_page(_one(slug), request)
    return render(request, "practices/practice_detail.html", context)


@require_safe
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    """The practice for a reference manager."""
    validate(PageQuery, page_params(request))
    response = HttpResponse(
        bibtex(_one(slug), request), content_type="application/x-bibtex; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}.bib"'
    return response


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What readers saw from one day on, and what had changed."""
    validate(PageQuery, page_params(request))
    found = GoodPractice.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404(_missing(slug))
    shown = get_object_or_404(found.versions, number=number)
    others = list(found.versions.defer("content", "names"))
    earlier = found.versions.filter(number=number - 1).first()
    context = {
        "practice": found,
        "version": shown,
        "versions": others,
        "is_latest": others[0].number == shown.number,
        "rows": version_rows(shown, earlier),
        "earlier": earlier,
        "title": shown.content.get("title", found.title),
        "old_title": (earlier.content.get("title", "") if earlier
                      and "title" in shown.changed else ""),
    }  # fmt: skip
    return render(request, "practices/practice_version.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of the practices found as an Atom feed; it takes the same filters."""
    query = validate(PRACTICE_PAGES.form_class(), page_params(request))
    found = PRACTICES.narrowed(listed_practices(), query)
    text = atom(
        found.order_by("-first_published", "-pk"),
        root=request.build_absolute_uri("/")[:-1],
        address=request.get_full_path(),
        page=reverse("practices:index"),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _one(slug: str) -> Any:
    found = whole_practices().filter(slug=slug).first()
    if found is None:
        raise Http404(_missing(slug))
    return found


def _missing(slug: str) -> str:
    return _("There is no good practice %(slug)s.") % {"slug": slug}


def _views(found: Found) -> dict[str, Any]:
    """The ways to look at what was found, the map where it is chosen, and the feed."""
    asked = dict(found.query)
    view = asked.pop("view", "") or CARDS
    feed_query = encode({name: asked.get(name) for name in PRACTICES.own})
    return {
        "views": [
            (
                label,
                encode({**asked, "view": name if name != CARDS else ""}),
                name == view,
            )
            for name, label in VIEWS
        ],
        "exhibit": practices_exhibit(found.query) if view == MAP else None,
        "is_table": view == TABLE,
        "feed_query": feed_query,
    }
