"""See, take along and delete what the portal holds about oneself."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.personal import all_about
from accounts.services.leaving import LastAdministratorError, leave_portal
from accounts.views.people import person, personal


@personal("GET")
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything held, readable; what deleting the account does to each."""
    held = [
        (holding, rows, list(rows[0]) if rows else [])
        for holding, rows in all_about(person(request))
    ]
    return render(request, "accounts/own_data.html", {"held": held})


@personal("GET")
@reauthentication_required  # type: ignore[untyped-decorator]  # no types
def export(request: HttpRequest) -> HttpResponse:
    """The same as JSON, to keep or to take elsewhere."""
    held = {holding.name: rows for holding, rows in all_about(person(request))}
    answer = JsonResponse(
        {"made": timezone.now(), "data": held}, json_dumps_params={"indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@personal("GET", "POST")
@reauthentication_required  # type: ignore[untyped-decorator]  # no types
def delete(request: HttpRequest) -> HttpResponse:
    """Asks what it means, then deletes; there is no way back."""
    if request.method == "POST" and request.POST.get("sure") == "yes":
        try:
            leave_portal(person(request))
        except LastAdministratorError:
            messages.error(
                request,
                _("You are the only administrator. Make another one first."),
            )
            return redirect("accounts:delete")
        logout(request)
        messages.success(request, _("Your account was deleted."))
        return redirect("dashboards:home")
    is_unsure = request.method == "POST"
    held = [holding for holding, rows in all_about(person(request)) if rows]
    context = {"held": held, "is_unsure": is_unsure}
    status = 400 if is_unsure else 200
    return render(request, "accounts/delete.html", context, status=status)
