"""For curators: who says they work where."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.curators import may_decide
from accounts.models import Membership
from accounts.services import memberships
from accounts.views.people import person, personal


@personal("GET")
def index(request: HttpRequest) -> HttpResponse:
    _require_curator(request)
    waiting = Membership.objects.waiting().select_related("user", "organisation")
    return render(request, "accounts/memberships.html", {"waiting": waiting})


@personal("POST")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    _require_curator(request)
    confirmed = request.POST.get("decision") == "confirm"
    try:
        done = memberships.decide(pk, by=person(request), confirmed=confirmed)
    except PermissionError:
        raise PermissionDenied from None
    if done is None:
        messages.warning(request, _("Somebody else decided this already."))
    else:
        messages.success(request, _("Decided; the person was told."))
    return redirect("accounts:memberships")


def _require_curator(request: HttpRequest) -> None:
    if not may_decide(person(request)):
        raise PermissionDenied
