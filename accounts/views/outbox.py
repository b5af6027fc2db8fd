"""/admin/outbox/: the mails of the embedded default, for administrators."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import outbox
from accounts.views.people import personal

MOST = 200
View = Callable[..., HttpResponse]


def of_administrators(view: View) -> View:
    """Mails hold links that open accounts. 404 where a mail server is set."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not outbox.is_there():
            raise Http404
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, **kwargs)

    return personal("GET")(guarded)


@of_administrators
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/outbox.html", {"mails": outbox.newest(MOST)})


@of_administrators
def mail(request: HttpRequest, key: str) -> HttpResponse:
    found = outbox.find(key)
    if found is None:
        raise Http404
    return render(request, "accounts/outbox_mail.html", {"mail": found})
