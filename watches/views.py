"""Pages of watches: begin one, see all of one's own, stop; and the feed of each."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.views.people import person, personal
from watches import services
from watches.events import events_of
from watches.feeds import REACH, atom
from watches.forms import WatchForm
from watches.models import Endpoint, Watch
from watches.stopping import read_token
from watches.subjects import Subject, UnknownSubjectError, subject_of

FEED_SECONDS = 900


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """What watching means for one thing: the feed, and mails for who is signed in."""
    subject = _subject(request.GET.get("kind", ""), request.GET.get("key", ""))
    user = request.user if isinstance(request.user, User) else None
    held = (
        user.watches.filter(kind=subject.kind, key=subject.key)
        .select_related("endpoint")
        .first()
        if user
        else None
    )
    form = _form(user, held, request.POST or None) if user else None
    if request.method == "POST":
        if user is None or form is None:
            sign_in = urlencode({"next": subject.page})
            return redirect(f"/account/login/?{sign_in}")
        if form.is_valid() and _begun(user, subject, form):
            messages.success(request, _("You watch: %s") % subject.label)
            return redirect("watches:index")
    context = {
        "subject": subject,
        "form": form,
        "held": held,
        "feed": request.build_absolute_uri(subject.feed),
    }
    status = 400 if form and form.errors else 200
    return render(request, "watches/begin.html", context, status=status)


@personal("GET")
def index(request: HttpRequest) -> HttpResponse:
    """All that one watches."""
    return _all(request)


@personal("POST")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """How often, or no more."""
    user = person(request)
    watch = get_object_or_404(user.watches.select_related("endpoint"), pk=pk)
    if request.POST.get("action") == "stop":
        watch.delete()
        messages.success(request, _("You no longer watch: %s") % watch.label)
        return redirect("watches:index")
    form = _form(user, watch, request.POST, prefix=f"w{watch.pk}")
    if not form.is_valid():
        return _all(request, watch, form)
    services.change(watch, **form.chosen)
    messages.success(request, _("Saved."))
    return redirect("watches:index")


@csrf_exempt  # the signed token is the right, and mail programs have no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, as mail scanners open links; POST stops, without a login.

    DELETE does the same for programs that were told by a webhook.
    """
    try:
        key = read_token(token)
    except BadSignature:
        raise Http404(_("This link is not one of the portal's.")) from None
    watch = Watch.objects.filter(pk=key).first()
    if request.method in ("POST", "DELETE") and watch is not None:
        watch.delete()
    if request.method == "DELETE":
        return HttpResponse(status=204)
    context = {"watch": watch, "is_stopped": request.method == "POST" or not watch}
    return render(request, "watches/stop.html", context)


@require_safe
@cache_control(public=True, max_age=FEED_SECONDS)
def feed(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What changed in the last 90 days, as Atom; of a search with its filters."""
    query = request.GET.urlencode()
    subject = _subject(kind, f"{key}?{query}" if query else key)
    # A second is added so that what has just happened is in it.
    until = timezone.now() + timedelta(seconds=1)
    events = events_of(subject, until - REACH, until)
    text = atom(subject, events, root=request.build_absolute_uri("/")[:-1])
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _all(
    request: HttpRequest, at: Watch | None = None, wrong: WatchForm | None = None
) -> HttpResponse:
    """``wrong`` is a form with errors, shown in the place of the watch ``at``."""
    user = person(request)
    usable = list(Endpoint.objects.live().filter(user=user))
    rows = [
        (
            watch,
            _now(watch),
            wrong
            if wrong and watch == at
            else WatchForm(watch=watch, endpoints=usable, prefix=f"w{watch.pk}"),
            watch.endpoint if watch.endpoint not in usable else None,
        )
        for watch in user.watches.select_related("endpoint")
    ]
    status = 400 if wrong else 200
    return render(request, "watches/index.html", {"rows": rows}, status=status)


def _form(
    user: User, watch: Watch | None, data: Any, prefix: str | None = None
) -> WatchForm:
    usable = list(Endpoint.objects.live().filter(user=user))
    return WatchForm(data, watch=watch, endpoints=usable, prefix=prefix)


def _begun(user: User, subject: Subject, form: WatchForm) -> bool:
    try:
        services.watch(user, subject, **form.chosen)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _subject(kind: str, key: str) -> Subject:
    try:
        return subject_of(kind, key)
    except UnknownSubjectError as error:
        raise Http404(str(error)) from error


def _now(watch: Watch) -> Subject | None:
    """The thing as it is today; None where readers can see it no longer."""
    try:
        return subject_of(watch.kind, watch.key)
    except UnknownSubjectError:
        return None
