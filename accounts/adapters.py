"""Where django-allauth asks the portal."""

import logging
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from sources.visitors import visitor_address

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def get_client_ip(self, request: HttpRequest) -> str:
        """As every other limit of the portal sees it."""
        return visitor_address(request)

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: Any
    ) -> str:
        """Where somebody wanted to go is kept in the mail: it may be opened anywhere.

        allauth follows ``next`` only to addresses of the portal.
        """
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        wanted = get_next_redirect_url(request) if request else None
        if not wanted:
            return url
        sign_in = f"{reverse('account_login')}?{urlencode({'next': wanted})}"
        return f"{url}?{urlencode({'next': sign_in})}"

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """A mail server that is away is said on a page; what was saved stays.

        Whoever signed up signs in later and is sent the mail then.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one
            logger.warning("no e-mail of %s: %s", template_prefix, error)
            page = render(allauth_context.request, "account/mail_away.html", status=503)
            raise ImmediateHttpResponse(page) from error


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> User:
        """The portal keeps one name, as its bearer writes it."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        joined = " ".join(part for part in parts if part)
        user.name = (data.get("name") or joined)[:150]
        return user


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    def _get_site_name(self) -> str:
        # Passkeys are listed by this name on people's own devices.
        return "Smart Specialisation Portal"
