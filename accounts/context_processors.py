"""What the header needs of a person who is signed in."""

from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User


def notices(request: HttpRequest) -> dict[str, Any]:
    """``unread_notices``: counted only where a template asks, and it asks only for
    people who are signed in. Readers cost no query.
    """
    return {
        "unread_notices": SimpleLazyObject(
            lambda: cast(User, request.user).notices.unread().count()
        )
    }
