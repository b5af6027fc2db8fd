"""/account/tokens/: keys for an organisation's own systems."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.tokens import TokenForm
from accounts.services import tokens
from accounts.views.people import person, personal


@personal("GET", "POST")
@reauthentication_required  # type: ignore[untyped-decorator]  # no types
def index(request: HttpRequest) -> HttpResponse:
    """The list and the form; a new token's secret is on the answer, once."""
    user = person(request)
    form, made = TokenForm(request.POST or None, user=user), None
    if request.method == "POST" and form.is_valid():
        try:
            made = tokens.make_token(user, **form.cleaned_data)
            form = TokenForm(user=user)
        except PermissionError:
            form.add_error(None, _("You have the most tokens allowed: revoke one."))
    context = {
        "form": form,
        "made": made,
        "tokens": user.api_tokens.select_related("organisation"),
        "may_make": tokens.organisations_of(user).exists(),
    }
    status = 400 if form.errors else 200
    return render(request, "accounts/tokens.html", context, status=status)


@personal("POST")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not tokens.revoke(person(request), pk):
        raise Http404
    messages.success(request, _("Revoked. It no longer works."))
    return redirect("accounts:tokens")
