"""The public log of corrections, as a page and as a feed."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.addresses import page_params
from dashboards.forms import PageQuery
from desk.corrections import KINDS, atom, corrections
from sources.queryforms import validate

ON_A_PAGE = 50


class CorrectionsPageQuery(PageQuery):
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    page = forms.IntegerField(min_value=1, required=False)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them, or those of one kind of record."""
    query = validate(CorrectionsPageQuery, page_params(request))
    found = corrections(query["kind"])
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(query["page"] or 1),
        "kind": query["kind"],
        "kinds": [(kind, model._meta.verbose_name) for kind, model in KINDS.items()],
    }
    return render(request, "reports/corrections.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same as an Atom feed."""
    query = validate(CorrectionsPageQuery, page_params(request))
    text = atom(
        corrections(query["kind"]),
        root=request.build_absolute_uri("/")[:-1],
        address=request.get_full_path(),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
