"""Finding a region or an indicator by what a person types."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.addresses import carried, page_params
from dashboards.forms import SearchQuery
from indicators.forms import reading_of
from indicators.models import Indicator
from indicators.reading import Reading
from regions.queries import search_regions
from sources.queryforms import validate

SUGGESTIONS = 8
RESULTS = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A place the words lead to."""

    kind: str
    label: str
    note: str
    url: str


def search(request: HttpRequest) -> HttpResponse:
    """Results as a page; works without a script."""
    query = validate(SearchQuery, page_params(request))
    hits = find(query["q"], RESULTS, reading_of(query))
    return render(request, "dashboards/search.html", {"q": query["q"], "hits": hits})


def suggest(request: HttpRequest) -> JsonResponse:
    """The first few results, for the search box."""
    query = validate(SearchQuery, request.GET)
    hits = find(query["q"], SUGGESTIONS, reading_of(query))
    return JsonResponse(
        {
            "results": [
                {"kind": hit.kind, "label": hit.label, "note": hit.note, "url": hit.url}
                for hit in hits
            ]
        }
    )


def find(q: str, limit: int, reading: Reading) -> list[Hit]:
    """Indicators whose name says it, then regions, best match first."""
    if not q:
        return []
    hits = [
        Hit(_("Indicator"), item.name, item.unit, item.get_absolute_url())
        for item in Indicator.objects.filter(
            Q(name__icontains=q) | Q(slug__icontains=q) | Q(question__icontains=q)
        )[:limit]
    ]
    hits += [
        Hit(_("Region"), match.label, match.note, match.url)
        for match in search_regions(q, limit=limit)
    ]
    return [replace(hit, url=carried(hit.url, reading)) for hit in hits[:limit]]
