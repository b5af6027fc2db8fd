"""Who writes a practice: authors, invitations, joining and leaving."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.views.practice_work import own_practice
from practices import services
from practices.actors import may
from practices.errors import PracticeError
from practices.machine import Action
from practices.models import Authorship, GoodPractice
from sources.numbers import row_number
from sources.visitors import HoneypotMixin, within_limit

MOST_AN_HOUR = 20
HOUR = 3600


class InviteForm(HoneypotMixin):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of a co-author"),
        help_text=gettext_lazy(
            "They get a link that serves once, within 14 days. The address is used for "
            "nothing else."
        ),
        max_length=254,
    )


@personal("GET", "POST")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    user = person(request)
    practice = own_practice(user, slug)
    if request.method != "POST":
        return _page(request, practice, InviteForm())
    name = request.POST.get("action", "")
    if name == "invite":
        return _invite(request, practice)
    act = _ACTS.get(name)
    try:
        if act is None:
            raise ValidationError(_("Choose what is to be done."))
        messages.success(request, act(practice, user, _number(request)))
    except (PracticeError, ValidationError) as error:
        return _page(request, practice, InviteForm(), _sentences(error), 409)
    if name == "leave":
        return redirect("practices:mine")
    return redirect("practices:people", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to; accepted by whoever holds the link and signs in."""
    found = services.find_invitation(token)
    signed_in = request.user.is_authenticated
    if request.method == "POST" and signed_in:
        try:
            practice = services.accept_invitation(token, by=person(request))
        except PracticeError as error:
            messages.warning(request, str(error))
            return redirect("practices:mine")
        messages.success(request, _("You write it with the others now."))
        return redirect("practices:work", practice.slug)
    context = {"invitation": found, "is_signed_in": signed_in}
    status = 200 if found else 410
    return render(request, "practices/people/invitation.html", context, status=status)


def _invite(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    form = InviteForm(request.POST)
    status = 400
    if form.is_valid():
        if form.is_of_a_program:
            return redirect("practices:people", practice.slug)
        if within_limit(request, "invitations", most=MOST_AN_HOUR, seconds=HOUR):
            try:
                email = form.cleaned_data["email"]
                services.send_invitation(practice, email, by=person(request))
            except (PracticeError, ValidationError) as error:
                form.add_error("email", _sentences(error))
            else:
                text = _("%(email)s was sent a link.") % {"email": email}
                messages.success(request, text)
                return redirect("practices:people", practice.slug)
        else:
            text = _("Many mails were asked for from here. Try again in an hour.")
            form.add_error(None, text)
            status = 429
    return _page(request, practice, form, status=status)


def _page(
    request: HttpRequest,
    practice: GoodPractice,
    form: InviteForm,
    errors: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = person(request)
    seats = list(practice.authorships.select_related("user"))
    role = next((seat.role for seat in seats if seat.user_id == user.pk), "")
    context = {
        "practice": practice,
        "form": form,
        "errors": errors or [],
        "seats": seats,
        "is_lead": role == Authorship.Role.LEAD,
        "may_invite": Action.INVITE in may(user, practice),
        "invitations": practice.invitations.open(),
    }
    return render(request, "practices/people/people.html", context, status=status)


def _withdraw(practice: GoodPractice, user: User, number: int) -> str:
    services.withdraw_invitation(practice, number, by=user)
    return _("The invitation is withdrawn: its link is of no use any more.")


def _appoint(practice: GoodPractice, user: User, number: int) -> str:
    seat = practice.authorships.select_related("user").filter(pk=number).first()
    if seat is None:
        raise ValidationError(_("They are no author of it any more."))
    services.appoint_lead(practice, seat.user, by=user)
    return _("%(who)s leads now.") % {"who": seat.user}


def _leave(practice: GoodPractice, user: User, _number: int) -> str:
    services.leave(practice, by=user)
    return _("You are no author of “%(title)s” any more.") % {"title": practice.title}


def _number(request: HttpRequest) -> int:
    return row_number(request.POST.get("number", ""))


def _sentences(error: Any) -> list[str]:
    return list(getattr(error, "messages", None) or [str(error)])


_ACTS: dict[str, Callable[[GoodPractice, User, int], str]] = {
    "withdraw": _withdraw,
    "appoint": _appoint,
    "leave": _leave,
}
