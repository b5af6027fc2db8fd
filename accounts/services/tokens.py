"""Making and revoking API tokens."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from accounts.models import ApiToken, Organisation, Scope, User
from accounts.models.tokens import digest_of, new_secret

MOST_LIVE = 10
# Writing down each use would be a write for each request.
USE_IS_NOTED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class NewToken:
    """``secret`` is shown once and never again."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    user: User, *, name: str, organisation: Organisation, scopes: list[str], days: int
) -> NewToken:
    """PermissionError for an organisation the person is no contributor of, or
    with ``MOST_LIVE`` live tokens already.
    """
    if not organisations_of(user).filter(pk=organisation.pk).exists():
        raise PermissionError("not a member of that organisation")
    if user.api_tokens.live().count() >= MOST_LIVE:
        raise PermissionError("too many tokens")
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user,
        organisation=organisation,
        name=name,
        digest=digest_of(secret),
        hint=secret[:12],
        scopes=sorted(set(scopes)),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return NewToken(token, secret)


def revoke(user: User, pk: int) -> bool:
    """False when it is not theirs or was revoked before."""
    live = user.api_tokens.filter(pk=pk, revoked_at__isnull=True)
    return bool(live.update(revoked_at=timezone.now()))


def find_live(secret: str) -> ApiToken | None:
    """The token of that secret, if it still holds: its person must still be a
    contributor. Notes its use, at most every ten minutes.
    """
    found = ApiToken.objects.live().select_related("user", "organisation")
    token = found.filter(digest=digest_of(secret)).first()
    if token is None:
        return None
    if not organisations_of(token.user).filter(pk=token.organisation_id).exists():
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_IS_NOTED_AFTER:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def organisations_of(user: User) -> models.QuerySet[Organisation]:
    """Those the person may write for."""
    return Organisation.objects.filter(
        scopes__user=user, scopes__role=Scope.Role.CONTRIBUTOR
    ).distinct()
