"""Finding a region or an indicator by what a person types."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dashboards.forms import SearchQuery
from indicators.models import Indicator
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
    q = validate(SearchQuery, request.GET)["q"]
    return render(request, "dashboards/search.html", {"q": q, "hits": find(q, RESULTS)})


def suggest(request: HttpRequest) -> JsonResponse:
    """The first few results, for the search box."""
    q = validate(SearchQuery, request.GET)["q"]
    hits = find(q, SUGGESTIONS)
    return JsonResponse(
        {
            "results": [
                {"kind": hit.kind, "label": hit.label, "note": hit.note, "url": hit.url}
                for hit in hits
            ]
        }
    )


def find(q: str, limit: int) -> list[Hit]:
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
    return hits[:limit]
