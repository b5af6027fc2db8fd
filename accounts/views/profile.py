"""/account/: name, region, organisation, roles, and where the rest is."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.curators import may_decide
from accounts.forms.profile import ChoiceForm, OrganisationForm, ProfileForm
from accounts.models import Organisation, Scope
from accounts.services import memberships
from accounts.similar import similar_organisations
from accounts.views.people import person, personal

# Roles in which good practices are reviewed.
REVIEW = (Scope.Role.SECRETARIAT, Scope.Role.EXPERT)


@personal("GET", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "memberships": user.memberships.select_related("organisation"),
        "roles": user.scopes.select_related("region", "organisation"),
        "has_second_factor": is_mfa_enabled(user),
        "may_decide": may_decide(user),
        "reviews": may_decide(user) or user.scopes.filter(role__in=REVIEW).exists(),
    }
    status = 400 if form.errors else 200
    return render(request, "accounts/profile.html", context, status=status)


@personal("GET", "POST")
def organisation(request: HttpRequest) -> HttpResponse:
    """Name, then a choice among similar ones where there are any."""
    form = OrganisationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.errors else 200
        return render(
            request, "accounts/organisation.html", {"form": form}, status=status
        )
    name, country = form.cleaned_data["name"], form.cleaned_data["country"]
    similar = similar_organisations(name, country)
    if similar:
        asked = "choice" in request.POST or "choosing" in request.POST
        choice = ChoiceForm(request.POST if asked else None, similar=similar)
        if not asked or not choice.is_valid():
            choice = choice if asked else _begun(form, similar)
            context: dict[str, Any] = {"form": choice, "name": name, "choosing": True}
            status = 400 if choice.errors else 200
            return render(request, "accounts/organisation.html", context, status=status)
        _take(request, choice.cleaned_data["choice"], name, country)
    else:
        _take(request, ChoiceForm.NEW, name, country)
    messages.success(request, _("A curator was asked to confirm your organisation."))
    return redirect("accounts:profile")


@personal("POST")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership, confirmed or not."""
    if not memberships.leave(person(request), pk):
        raise Http404
    messages.success(request, _("Removed."))
    return redirect("accounts:profile")


def _begun(form: OrganisationForm, similar: list[Organisation]) -> ChoiceForm:
    return ChoiceForm(initial=form.cleaned_data, similar=similar)


def _take(request: HttpRequest, choice: str, name: str, country: str) -> None:
    if choice == ChoiceForm.NEW:
        memberships.ask_for_new(person(request), name, country)
        return
    named = Organisation.objects.public().standing().get(pk=choice)
    memberships.ask_for(person(request), named)
