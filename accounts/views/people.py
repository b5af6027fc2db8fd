"""What the views of signed-in people share."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User

View = Callable[..., HttpResponse]


def person(request: HttpRequest) -> User:
    """Who is signed in; for views behind ``personal``."""
    return cast(User, request.user)


def personal(*methods: str) -> Callable[[View], View]:
    """A page of one's own: signed in, these methods only, kept by no cache."""
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: View) -> View:
        return never_cache(require_http_methods(allowed)(login_required(view)))

    return decorate
