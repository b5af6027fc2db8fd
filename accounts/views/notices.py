"""The inbox, how notices come by e-mail, and stopping them from a mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import notices
from accounts.forms.notices import PreferencesForm
from accounts.models import User
from accounts.notice_kinds import label_of
from accounts.stopping import read_token
from accounts.views.people import person, personal

A_PAGE = 30


@personal("GET")
def inbox(request: HttpRequest) -> HttpResponse:
    pages = Paginator(person(request).notices.all(), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    context = {"page": page, "shown_pages": shown}
    return render(request, "accounts/inbox.html", context)


@personal("GET")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one as read and goes to what it is about."""
    own = person(request).notices
    notice = get_object_or_404(own, pk=pk)
    own.filter(pk=pk).read()
    return redirect(notice.link or "accounts:notices")


@personal("POST")
def read_all(request: HttpRequest) -> HttpResponse:
    person(request).notices.all().read()
    return redirect("accounts:notices")


@personal("GET", "POST")
def preferences(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = PreferencesForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        for kind in form.changed_data:
            notices.set_preference(user, kind, form.cleaned_data[kind])
        messages.success(request, _("Saved."))
        return redirect("accounts:notice-preferences")
    context, status = {"form": form}, 400 if form.errors else 200
    return render(request, "accounts/preferences.html", context, status=status)


@csrf_exempt  # the signed token is the right, and mail programs have no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, as mail scanners open links; POST stops (RFC 8058), without a login."""
    try:
        stopping = read_token(token)
    except BadSignature:
        raise Http404(_("This link is not one of the portal's.")) from None
    if request.method == "POST":
        user = User.objects.filter(pk=stopping.user).first()
        if user is not None:  # who has left gets no mails anyway
            notices.stop(user, stopping.kind)
    context = {
        "label": label_of(stopping.kind),
        "is_stopped": request.method == "POST",
    }
    return render(request, "accounts/stop.html", context)
