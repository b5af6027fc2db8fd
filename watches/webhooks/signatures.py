"""Secrets and signatures of the Standard Webhooks scheme.

A secret is derived, never kept: whoever reads the database without SECRET_KEY cannot
sign. Another SECRET_KEY makes all secrets anew.
"""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

PREFIX = "whsec_"
PURPOSE = "watches.webhooks.secret"


def new_salt() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def secret_of(endpoint: int, salt: str) -> str:
    """Such as whsec_Zk3…: 256 bits, by HMAC-SHA256 from SECRET_KEY."""
    derived = salted_hmac(PURPOSE, f"{endpoint}:{salt}", algorithm="sha256").digest()
    return PREFIX + base64.b64encode(derived).decode()


def signed(
    ident: str, moment: datetime, body: str, *, keys: Iterable[str]
) -> Mapping[str, str]:
    """The headers of a message; ``moment`` in UTC, one signature for each secret."""
    marks = [Webhook(key).sign(ident, moment, body) for key in keys]
    return {
        "webhook-id": ident,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(marks),
    }
