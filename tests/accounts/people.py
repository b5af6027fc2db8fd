"""Signing up and in through the pages, as a browser would."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from accounts.models import User

PASSWORD = "correct horse battery staple"  # noqa: S105  # of invented people
LINK = re.compile(r"http://testserver(/account/\S+)")


def member(email: str = "ada@example.org", **fields: object) -> User:
    """Somebody whose address is verified."""
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    data = {"login": email, "password": password, **more}
    return client.post("/account/login/", data)


def confirm_password(client: Client) -> None:
    """What pages that want a recent proof ask for."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def link_in_last_mail() -> str:
    return LINK.search(mail.outbox[-1].body)[1]


def give_second_factor(user: User) -> str:
    """The secret of an authenticator app."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    value = totp.hotp_value(secret, counter)
    return totp.format_hotp_value(value)
