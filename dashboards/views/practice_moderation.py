"""For curators: first messages of strangers, and practices nobody confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.views.people import person, personal
from dashboards.views.practice_reviews import no_reviewer
from practices import services
from practices.actors import is_curator
from practices.models import GoodPractice, Interest, Question, Reconfirmation

KINDS: dict[str, Any] = {"interest": Interest, "question": Question}


@personal("GET")
def heard(request: HttpRequest) -> HttpResponse:
    """Interests and questions that no author has seen yet, the oldest first."""
    if not is_curator(person(request)):
        return _for_curators(request)
    held = [
        (kind, row)
        for kind, model in KINDS.items()
        for row in model.objects.filter(is_held=True).select_related(
            "practice", "user", "region"
        )
    ]
    held.sort(key=lambda found: found[1].created_at)
    return render(request, "practices/review/heard.html", {"held": held})


@personal("POST")
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    user = person(request)
    if not is_curator(user):
        return _for_curators(request)
    found = KINDS[kind].objects.filter(pk=pk, is_held=True).first()
    if found is None:
        messages.warning(request, _("Somebody else decided this already."))
    elif request.POST.get("decision") == "through":
        services.let_through(found, by=user)
        messages.success(request, _("Let through: the authors were told."))
    elif request.POST.get("decision") == "back":
        services.hold_back(found, by=user)
        messages.success(request, _("Held back and deleted; nobody was told."))
    else:
        messages.warning(request, _("Choose what is to be done."))
    return redirect("practices:review-heard")


@personal("GET")
def confirmations(request: HttpRequest) -> HttpResponse:
    """Whose authors do not say whether it still runs."""
    if not is_curator(person(request)):
        return _for_curators(request)
    overdue = Reconfirmation.objects.overdue(timezone.localdate())
    lapsed = GoodPractice.objects.public().filter(is_lapsed=True)
    context = {
        "overdue": overdue.select_related("practice").order_by("due", "pk"),
        "lapsed": lapsed.order_by("confirmed_at", "title"),
    }
    return render(request, "practices/review/confirmations.html", context)


def _for_curators(request: HttpRequest) -> HttpResponse:
    return no_reviewer(request, _("This list is for curators."))
