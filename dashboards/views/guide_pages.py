"""Pages of the guide: the glossary, the six steps and the lists."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dashboards.addresses import carried, page_params, page_reading
from dashboards.forms import CodeField, PageQuery
from dashboards.guide_page import (
    STEPS,
    public_list,
    region_choices,
    region_of,
    stops,
)
from regions.text import fold
from sources.queryforms import validate
from strategies.glossary import find_terms, listed_terms, term_address
from strategies.models import CodeList, GlossaryTerm


class GlossaryQuery(PageQuery):
    q = forms.CharField(max_length=100, required=False)


class StepQuery(PageQuery):
    region = CodeField(required=False)


def index(request: HttpRequest) -> HttpResponse:
    """What the guide has."""
    validate(PageQuery, page_params(request))
    lists = CodeList.objects.public().exclude(code=STEPS).order_by("title")
    return render(request, "guide/guide_index.html", {"lists": lists})


def glossary(request: HttpRequest) -> HttpResponse:
    """All terms by letter, or those in which the words are found."""
    query = validate(GlossaryQuery, page_params(request))
    terms = find_terms(query["q"]) if query["q"] else list(listed_terms())
    terms.sort(key=lambda term: fold(term.term))
    letters = [
        (letter, list(items))
        for letter, items in groupby(terms, key=lambda t: fold(t.term)[:1].upper())
    ]
    context = {"letters": letters, "total": len(terms), "q": query["q"]}
    return render(request, "guide/glossary.html", context)


def term(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of one term leads to its place in the glossary."""
    if not GlossaryTerm.objects.public().filter(slug=slug).exists():
        raise Http404(_("There is no term %(slug)s.") % {"slug": slug})
    return redirect(term_address(slug))


def steps(request: HttpRequest) -> HttpResponse:
    """The six steps, for a region where one is chosen."""
    return render(request, "guide/steps.html", _path(request))


def step(request: HttpRequest, number: int) -> HttpResponse:
    """One step: what it asks, where the portal helps, what to check."""
    context = _path(request)
    lines = context["steps"].lines
    if not 1 <= number <= len(lines):
        detail = _("There is no step %(number)d; the last one is %(last)d.")
        raise Http404(detail % {"number": number, "last": len(lines)})
    context |= {
        "number": number,
        "line": lines[number - 1],
        "stops": [
            replace(stop, url=carried(stop.url, page_reading(request)))
            for stop in stops(number, context["region"])
        ],
        "before": number - 1,
        "after": number + 1 if number < len(lines) else 0,
    }
    return render(request, "guide/step.html", context)


def code_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list with its lines and sources."""
    validate(PageQuery, page_params(request))
    return render(request, "guide/code_list.html", {"list": public_list(code)})


def _path(request: HttpRequest) -> dict[str, Any]:
    query = validate(StepQuery, page_params(request))
    return {
        "steps": public_list(STEPS),
        "region": region_of(query["region"]),
        "choices": region_choices(),
    }
