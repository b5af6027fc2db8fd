"""Finding anything by what a person types: a page of results, and suggestions."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import carried, page_params
from dashboards.forms import SearchQuery
from indicators.forms import reading_of
from indicators.reading import Reading
from search.hits import Hit
from search.makers import MAKERS
from search.queries import Found, find, suggest
from sources.facets.pages import leaf
from sources.queryforms import validate

SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class KindLink:
    """A kind of which something was found; ``kind`` is None for all of them."""

    kind: str | None
    label: str
    count: int
    is_chosen: bool


def search(request: HttpRequest) -> HttpResponse:
    """Results as a page; works without a script."""
    query = validate(SearchQuery, page_params(request))
    found = find(query["q"], query["kind"])
    shown = leaf(request, found.records, total=found.total)
    hits = found.hits(list(shown.page))
    context = {
        "q": query["q"],
        "found": found,
        "hits": _carried(hits, reading_of(query)),
        "meant": found.meant(hits),
        "kinds": kind_links(found),
        "page": shown.page,
        "shown_pages": shown.shown_pages,
    }
    return render(request, "dashboards/search.html", context)


def suggestions(request: HttpRequest) -> JsonResponse:
    """The first few results, for the search box.

    ``parts`` are the label in pieces, each with whether it answers to what was typed.
    """
    query = validate(SearchQuery, request.GET)
    hits = _carried(suggest(query["q"], SUGGESTIONS), reading_of(query))
    return JsonResponse({"results": [_suggestion(hit) for hit in hits]})


def kind_links(found: Found) -> list[KindLink]:
    """All kinds of which there is something, or that are chosen; all first."""
    links = [
        KindLink(
            maker.kind,
            str(maker.plural),
            found.counts.get(maker.kind, 0),
            maker.kind in found.kinds,
        )
        for maker in MAKERS
        if maker.kind in found.counts or maker.kind in found.kinds
    ]
    return [KindLink(None, _("All"), found.everything, not found.kinds), *links]


def _carried(hits: list[Hit], reading: Reading) -> list[Hit]:
    return [replace(hit, url=carried(hit.url, reading)) for hit in hits]


def _suggestion(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind_label,
        "label": hit.label,
        "note": hit.note,
        "url": hit.url,
        "parts": [[part.text, part.is_marked] for part in hit.title],
    }
