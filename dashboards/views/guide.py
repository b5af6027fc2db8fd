"""Pages that explain: methods, flags, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import wording
from indicators.models import Indicator
from sources.queryforms import QueryForm, validate


def methods(request: HttpRequest) -> HttpResponse:
    """How every computed number is computed, and what the flags mean."""
    validate(QueryForm, request.GET)
    derived = Indicator.objects.exclude(formula="")
    return render(
        request, "dashboards/methods.html", {"flags": wording.FLAGS, "derived": derived}
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    validate(QueryForm, request.GET)
    return render(request, "dashboards/accessibility.html")
