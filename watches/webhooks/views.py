"""/account/webhooks/: propose one, see what was sent, try it, a new secret, the end."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages as said
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.services.tokens import organisations_of
from accounts.views.people import person, personal
from watches.forms import EndpointForm
from watches.models import Endpoint
from watches.webhooks import endpoints, messages
from watches.webhooks.addresses import is_offered

SHOWN = 50


@personal("GET", "POST")
@reauthentication_required  # type: ignore[untyped-decorator]  # no types
def index(request: HttpRequest) -> HttpResponse:
    """One's own and the form; the secret of a new one is on the answer, once."""
    _require_offer()
    user, made, told = person(request), None, ""
    own = organisations_of(user)
    form = EndpointForm(request.POST or None, organisations=own)
    if request.method == "POST" and form.is_valid():
        try:
            made, told = endpoints.propose(user, **form.cleaned_data)
            form = EndpointForm(organisations=own)
        except ValidationError as error:
            form.add_error("url", error)
    context = {
        "form": form,
        "made": made,
        "secret": told,
        "endpoints": user.endpoints.select_related("organisation"),
        "may_propose": own.exists(),
    }
    status = 400 if form.errors else 200
    return render(request, "watches/webhooks.html", context, status=status)


@personal("GET", "POST")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, newest first, and what can be done."""
    _require_offer()
    endpoint = _own(request, pk)
    if request.method == "POST":
        action = _ACTIONS.get(request.POST.get("action", ""))
        if action is None:
            said.error(request, _("Choose one of the actions."))
            return redirect(endpoint)
        return action(request, endpoint)
    context: dict[str, Any] = {
        "endpoint": endpoint,
        "log": endpoint.messages.all()[:SHOWN],
        "is_live": Endpoint.objects.live().filter(pk=endpoint.pk).exists(),
        "watches": endpoint.watches.all(),
    }
    return render(request, "watches/webhook.html", context)


@personal("GET", "POST")
@reauthentication_required  # type: ignore[untyped-decorator]  # no types
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks; the new secret is on the answer of a POST and nowhere else."""
    _require_offer()
    endpoint, made = _own(request, pk), ""
    if request.method == "POST":
        made = endpoints.renew_secret(endpoint)
        endpoint.refresh_from_db()
    context = {"endpoint": endpoint, "secret": made}
    return render(request, "watches/webhook_secret.html", context)


def _test(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    return _sent(request, endpoint, lambda: messages.send_test(endpoint))


def _again(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    ident = request.POST.get("message", "")
    message = get_object_or_404(endpoint.messages, ident=ident)
    return _sent(request, endpoint, lambda: messages.send_again(message))


def _sent(
    request: HttpRequest, endpoint: Endpoint, send: Callable[[], object]
) -> HttpResponse:
    try:
        send()
    except ValidationError as error:
        said.error(request, " ".join(error.messages))
    else:
        text = _("On its way. Load this page again in a moment to see what came of it.")
        said.success(request, text)
    return redirect(endpoint)


def _off(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    endpoints.switch_off(endpoint, _("You switched it off."))
    said.success(request, _("Switched off. Nothing more is sent."))
    return redirect(endpoint)


def _on(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    if endpoints.switch_on(endpoint):
        said.success(request, _("Switched on."))
    return redirect(endpoint)


def _delete(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    turned = endpoints.delete(endpoint)
    text = _("The webhook is deleted.")
    if turned:
        words = ngettext(
            "%(n)d watch comes by e-mail now.",
            "%(n)d watches come by e-mail now.",
            turned,
        )
        text += " " + words % {"n": turned}
    said.success(request, text)
    return redirect("watches:webhooks")


_ACTIONS: dict[str, Callable[[HttpRequest, Endpoint], HttpResponse]] = {
    "test": _test,
    "again": _again,
    "off": _off,
    "on": _on,
    "delete": _delete,
}


def _own(request: HttpRequest, pk: int) -> Endpoint:
    own = person(request).endpoints.select_related("organisation")
    return get_object_or_404(own, pk=pk)


def _require_offer() -> None:
    if not is_offered():
        raise Http404(_("This portal sends no webhooks."))
