"""What the portal holds about a person: each app says what, and what becomes of it.

    register(Holding("practices", _("Good practices you wrote"), collect))

``collect`` gives rows of plain values for the page and the export. ``part`` runs when
the account is deleted, before the person's row goes; foreign keys to a person are
``CASCADE`` for what is theirs alone and ``SET_NULL`` for what stays as the work of a
former member. A test holds every app to that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

Rows = list[Any]  # dicts of plain values
# What stands where the name of somebody who left would stand.
FORMER_MEMBER = _("former member")


@dataclass(frozen=True, slots=True)
class Holding:
    """``name`` is the key in the export, ``fate`` what deleting the account does."""

    name: str
    label: "str | Promise"
    fate: "str | Promise"
    collect: Callable[[User], Rows]
    part: Callable[[User], object] | None = None


_HOLDINGS: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Call it in ``AppConfig.ready``; a name is given once."""
    if _HOLDINGS.setdefault(holding.name, holding) != holding:
        raise ValueError(f"two holdings are called {holding.name!r}")


def holdings() -> list[Holding]:
    return list(_HOLDINGS.values())


def all_about(user: User) -> list[tuple[Holding, Rows]]:
    """Everything, in the order the apps registered."""
    return [(holding, holding.collect(user)) for holding in holdings()]
