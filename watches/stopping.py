"""The link by which one watch is stopped from a mail, without a login."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "watches.stop"


def stop_address(watch: int) -> str:
    """An absolute address; it does not expire and does nothing but stop the watch."""
    token = signing.dumps(watch, salt=SALT, compress=False)
    return f"{settings.PORTAL_URL}{reverse('watches:stop', args=[token])}"


def read_token(token: str) -> int:
    """``signing.BadSignature`` for one that the portal did not make."""
    return int(signing.loads(token, salt=SALT))
