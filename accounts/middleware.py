"""Staff need a second factor before they may change what others read."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

SAFE = ("GET", "HEAD", "OPTIONS")


class StaffSecondFactorMiddleware:
    """Sends staff without a second factor to where they can set one up.

    Whoever has set one up was asked for it when they signed in: that is allauth's
    part, on its only way in. Here are met those who have none yet, on the desk and
    wherever they would send something; reading the portal stays free.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and _is_guarded(request):
            user = request.user
            if user.is_authenticated and user.is_staff and not is_mfa_enabled(user):
                messages.warning(
                    request,
                    _("The curators' desk needs a second factor. Set one up first."),
                )
                return redirect("mfa_index")
        return self.get_response(request)


def _is_guarded(request: HttpRequest) -> bool:
    path = request.path
    if path.startswith(reverse("accounts:profile")):  # where it can be set up
        return False
    return path.startswith(reverse("admin:index")) or request.method not in SAFE
