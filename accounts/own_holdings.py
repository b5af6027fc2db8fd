"""What this app, the sign-in and the lowest layer hold about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import FORMER_MEMBER, Holding, Rows, register
from sources.evidence import FieldCheck
from sources.models import IngestRun, RunEvent
from sources.reports import ErrorReport

GOES = _("deleted")
AS_FORMER = _("kept, as done by a former member")
STAYS = _("kept, without your address")


def register_all() -> None:
    for holding in HOLDINGS:
        register(holding)


def _account(user: User) -> Rows:
    return [
        {
            "email": user.email,
            "name": user.name,
            "region": str(user.region) if user.region else "",
            "language": user.language,
            "joined": user.date_joined,
            "last_login": user.last_login,
        }
    ]


def _addresses(user: User) -> Rows:
    found = EmailAddress.objects.filter(user=user)
    return list(found.values("email", "verified", "primary"))


def _second_factors(user: User) -> Rows:
    """Never the secrets."""
    found = Authenticator.objects.filter(user=user)
    return list(found.values("type", "created_at", "last_used_at"))


def _services(user: User) -> Rows:
    found = SocialAccount.objects.filter(user=user)
    return list(found.values("provider", "uid", "date_joined", "extra_data"))


def _sessions(user: User) -> Rows:
    found = UserSession.objects.filter(user=user)
    return list(found.values("created_at", "last_seen_at", "ip", "user_agent"))


def _roles(user: User) -> Rows:
    scopes = user.scopes.select_related("region", "organisation")
    return [{"role": str(scope)} for scope in scopes]


def _memberships(user: User) -> Rows:
    found = user.memberships.select_related("organisation")
    return [
        {
            "organisation": str(membership.organisation),
            "state": membership.get_state_display(),
            "asked": membership.asked_at,
            "decided": membership.decided_at,
        }
        for membership in found
    ]


def _notices(user: User) -> Rows:
    fields = ("created_at", "kind", "subject", "body", "link", "read_at", "mailed_at")
    return list(user.notices.values(*fields))


def _preferences(user: User) -> Rows:
    return list(user.notice_preferences.values("kind", "delivery"))


def _tokens(user: User) -> Rows:
    fields = ("name", "hint", "scopes", "created_at", "expires_at", "last_used_at")
    return list(user.api_tokens.values(*fields))


def _desk(user: User) -> Rows:
    found = LogEntry.objects.filter(user=user)
    return list(found.values("action_time", "object_repr", "change_message"))


def _reports(user: User) -> Rows:
    found = ErrorReport.objects.filter(contact__iexact=user.email)
    return list(found.values("created_at", "label", "field", "message", "contact"))


def _forget_contact(user: User) -> Any:
    return ErrorReport.objects.filter(contact__iexact=user.email).update(contact="")


def _named(user: User) -> Rows:
    """Where a column holds who did it in words."""
    return [
        {"what": str(model._meta.verbose_name), "times": count}
        for model, field in NAMED_IN
        if (count := model.objects.filter(**{f"{field}__in": _words(user)}).count())
    ]


def _unname(user: User) -> None:
    for model, field in NAMED_IN:
        rows = model.objects.filter(**{f"{field}__in": _words(user)})
        rows.update(**{field: str(FORMER_MEMBER)})


def _words(user: User) -> list[str]:
    return [word for word in {user.email, user.name} if word]


NAMED_IN: list[tuple[Any, str]] = [
    (IngestRun, "asked_by"),
    (RunEvent, "who"),
    (ErrorReport, "decided_by"),
    (FieldCheck, "decided_by"),
]
HOLDINGS = [
    Holding("account", _("Account"), GOES, _account),
    Holding("addresses", _("E-mail addresses"), GOES, _addresses),
    Holding("second_factors", _("Second factors"), GOES, _second_factors),
    Holding("services", _("Other services you sign in with"), GOES, _services),
    Holding("sessions", _("Where you are signed in"), GOES, _sessions),
    Holding("roles", _("Roles"), GOES, _roles),
    Holding("memberships", _("Organisations"), GOES, _memberships),
    Holding("notices", _("Notices"), GOES, _notices),
    Holding("preferences", _("Choices of e-mails"), GOES, _preferences),
    Holding("tokens", _("API tokens"), GOES, _tokens),
    Holding("desk", _("What you did on the curators' desk"), GOES, _desk),
    Holding(
        "runs", _("Loads and decisions under your name"), AS_FORMER, _named, _unname
    ),
    Holding("reports", _("Errors you reported"), STAYS, _reports, _forget_contact),
]
