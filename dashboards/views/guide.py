"""Pages that explain: methods, flags, accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards import wording
from dashboards.addresses import page_params
from dashboards.forms import PageQuery
from dashboards.practice_words import GRADE_NAMES, RULES
from indicators.analysis.nuts import MAX_MISSING
from indicators.models import Indicator
from practices.analysis.matching import PRACTICE_WEIGHTS, REGION_WEIGHTS
from regions.flows import MIN_FLOW, MIN_LISTED
from sources.queryforms import validate


def methods(request: HttpRequest) -> HttpResponse:
    """How every computed number is computed, and what the flags mean."""
    validate(PageQuery, page_params(request))
    indicators = list(Indicator.objects.all())
    context = {
        "flags": wording.FLAGS,
        "derived": [item for item in indicators if item.formula],
        "converted": indicators,
        "max_missing": round(100 * MAX_MISSING),
        "min_flow": round(100 * MIN_FLOW),
        "min_listed": round(100 * MIN_LISTED),
        "grades": [(GRADE_NAMES[grade.value], rule) for grade, rule in RULES.items()],
        "match_weights": {
            part.value: f"{weight:g}"
            for part, weight in (*REGION_WEIGHTS.items(), *PRACTICE_WEIGHTS.items())
        },
    }
    return render(request, "dashboards/methods.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    validate(PageQuery, page_params(request))
    return render(request, "dashboards/accessibility.html")
