"""Sending messages: claimed first, tried again with growing pauses, then given up.

A claim holds for five minutes. A worker that dies loses nothing: the message is sent
again with the same id, and the receiver can tell.
"""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.backoff import pause
from watches.models import Endpoint, Message
from watches.webhooks.addresses import is_offered
from watches.webhooks.endpoints import secrets_of, switch_off
from watches.webhooks.signatures import signed
from watches.webhooks.transport import GONE, Answer, post

CLAIM = timedelta(minutes=5)
FIRST_PAUSE = 60.0  # seconds
A_ROUND = 200


def deliver(pk: int) -> bool:
    """Send it if it is due and nobody else does; whether it was taken."""
    claimed = Message.objects.due().filter(pk=pk).update(next_at=timezone.now() + CLAIM)
    if not claimed or not is_offered():
        return False
    message = Message.objects.select_related("endpoint").get(pk=pk)
    if not Endpoint.objects.live().filter(pk=message.endpoint_id).exists():
        _close(message, Answer(None, _("The webhook is not in use.")))
        return False
    keys = secrets_of(message.endpoint)
    headers = signed(message.ident, timezone.now(), message.body, keys=keys)
    answer = post(message.endpoint.url, message.body, headers)
    note(message, answer)
    return answer.is_taken


def due() -> list[int]:
    """Those whose time has come, and those lost on the way; A_ROUND at most."""
    if not is_offered():
        return []
    waiting = Message.objects.due().order_by("next_at")
    return list(waiting.values_list("pk", flat=True)[:A_ROUND])


@transaction.atomic
def note(message: Message, answer: Answer) -> None:
    """Write down how it went, and what follows from it."""
    now = timezone.now()
    Endpoint.objects.select_for_update().get(pk=message.endpoint_id)
    held = Endpoint.objects.filter(pk=message.endpoint_id)
    Message.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1)
    message.refresh_from_db(fields=["attempts"])
    message.tried_at, message.milliseconds = now, answer.milliseconds
    if answer.is_taken:
        _close(message, answer)
        held.update(failing_since=None)
        return
    if answer.status == GONE:
        _close(message, answer)
        why = _("It answered 410 Gone: it wants no more messages.")
        switch_off(message.endpoint, why, is_told=True)
        return
    if message.is_test:
        _close(message, answer)
        return
    held.filter(failing_since__isnull=True).update(failing_since=now)
    _try_later(message, answer, now)


def _try_later(message: Message, answer: Answer, now: datetime) -> None:
    """Or not at all, after so many days of failures."""
    longest = timedelta(days=settings.WEBHOOK_FAILED_DAYS)
    endpoint = Endpoint.objects.get(pk=message.endpoint_id)
    if endpoint.failing_since and now - endpoint.failing_since >= longest:
        _close(message, answer)
        why = _("It has not taken a message for %(n)d days: %(problem)s")
        said = {"n": settings.WEBHOOK_FAILED_DAYS, "problem": answer.problem}
        switch_off(endpoint, why % said, is_told=True)
        return
    if now - message.created_at >= longest:
        _close(message, answer)
        return
    chance = random.random()  # noqa: S311  # spreads the load; nothing secret
    rest = pause(message.attempts, base=FIRST_PAUSE, chance=chance)
    message.next_at = now + max(rest, timedelta(seconds=answer.wait))
    _save(message, answer)


def _close(message: Message, answer: Answer) -> None:
    state = Message.State
    message.state = state.DELIVERED if answer.is_taken else state.FAILED
    _save(message, answer)


def _save(message: Message, answer: Answer) -> None:
    message.status, message.problem = answer.status, answer.problem[:300]
    message.save(
        update_fields=[
            "state", "next_at", "tried_at", "status", "problem", "milliseconds"
        ]
    )  # fmt: skip
