"""The link by which a mail is stopped without a login: one person, one kind.

It does not expire: an old mail must still be able to stop its kind. All it can do is
stop mails; who has it can neither sign in nor read anything.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "accounts.notices.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    user: int
    kind: str


def token_for(user: int, kind: str) -> str:
    return signing.dumps([user, kind], salt=SALT, compress=False)


def read_token(token: str) -> Stop:
    """``signing.BadSignature`` for one that the portal did not make."""
    user, kind = signing.loads(token, salt=SALT)
    return Stop(int(user), str(kind))


def stop_address(user: int, kind: str) -> str:
    path = reverse("accounts:stop", args=[token_for(user, kind)])
    return f"{settings.PORTAL_URL}{path}"
