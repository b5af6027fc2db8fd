"""What an author sends from the page of their practice, handed to the services."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.practice_work_page import Refused
from dashboards.practice_work_words import OFFERS
from practices import services
from practices.content.fields import MOST_TEXT
from practices.errors import NotAllowed
from practices.machine import Action
from practices.models import GoodPractice
from sources.numbers import row_number

_MOVES: Mapping[Action, Any] = {
    Action.START_REVISION: services.start_revision,
    Action.DISCARD_REVISION: services.discard_revision,
    Action.WITHDRAW: services.withdraw,
    Action.REOPEN: services.reopen,
}
_DIGITS = 9  # of a revision
_OFFERS = {offer.action.value: offer for offer in OFFERS}


def act(practice: GoodPractice, user: User, sent: Mapping[str, str]) -> str:
    """Do what was asked; what to say of it. Raises what the services raise."""
    name = sent.get("action", "")
    if name == "resolve":
        return _resolve(practice, user, sent)
    revision = _revision(sent)
    if name == Action.SUBMIT:
        if not sent.get("declared"):
            raise ValidationError(_("Tick the declaration: it is what you agree to."))
        services.submit(practice, by=user, revision=revision)
        return _("It is submitted. You hear of it by notice and e-mail.")
    offer = _OFFERS.get(name)
    if offer is None:
        raise ValidationError(_("Choose what is to be done."))
    more = {"reason": sent.get("reason", "")[:MOST_TEXT]} if offer.has_reason else {}
    _MOVES[offer.action](practice, by=user, revision=revision, **more)
    return str(offer.done)


def refused(error: Exception, sent: Mapping[str, str]) -> tuple[Refused, int]:
    """What the page shows again, and its status."""
    if isinstance(error, ValidationError):
        return Refused(sent, tuple(error.messages)), 400
    is_barred = isinstance(error, NotAllowed) and not error.is_ever
    return Refused(sent, (str(error),)), 403 if is_barred else 409


def _resolve(practice: GoodPractice, user: User, sent: Mapping[str, str]) -> str:
    number = row_number(sent.get("comment", ""))
    comment = practice.comments.filter(pk=number).first()
    if comment is None:
        raise ValidationError(_("That comment is not there any more."))
    services.resolve_comment(comment, by=user)
    return _("Marked as done.")


def _revision(sent: Mapping[str, str]) -> int:
    number = sent.get("revision", "")
    if not number.isdecimal() or len(number) > _DIGITS:
        text = _("The page was sent without its revision: open it again.")
        raise ValidationError(text)
    return int(number)
