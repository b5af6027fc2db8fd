"""What is sent from the pages of matches, done by the services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from practices.errors import NotAllowed, PracticeError
from sources.visitors import TRAP, within_limit

MOST_AN_HOUR = 20
HOUR = 3600
Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """One button: what it does with what was sent, and what is said then."""

    do: Callable[[Any, Any, Sent], object]
    thanks: "str | Promise"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing was done; ``typed`` is all that was sent."""

    status: int
    texts: list[str]
    typed: Sent


def act(
    request: HttpRequest, deeds: Mapping[str, Deed], subject: Any
) -> Problem | None:
    """Do what the pressed button says; None where it is done, and said."""
    sent = request.POST.dict()
    deed = deeds.get(str(sent.get("act", "")))
    typed = {str(name): str(value) for name, value in sent.items()}
    if deed is None:
        return Problem(400, [_("Choose what is to be done.")], typed)
    if typed.get(TRAP):
        return None  # of a program: answered as if all went well
    if not within_limit(request, "matches", most=MOST_AN_HOUR, seconds=HOUR):
        text = _("Too much came from your address. Try again in an hour.")
        return Problem(429, [text], typed)
    try:
        deed.do(subject, request.user, typed)
    except ValidationError as error:
        return Problem(400, error.messages, typed)
    except NotAllowed as error:
        return Problem(409 if error.is_ever else 403, [str(error)], typed)
    except PracticeError as error:
        return Problem(409, [str(error)], typed)
    messages.success(request, str(deed.thanks))
    return None


def number(sent: Sent, name: str) -> int:
    """A key that a form sent; 0 for what is none."""
    told = sent.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
