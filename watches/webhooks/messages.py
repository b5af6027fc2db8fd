"""Writing messages, and asking for them to be sent."""

import logging
import uuid
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError, OperationalError

from watches.digests import Section
from watches.models import Endpoint, Message, Watch
from watches.stopping import stop_address
from watches.subjects import Subject
from watches.webhooks import payload

logger = logging.getLogger(__name__)
TASK = "watches.tasks.deliver"
# Between two messages that somebody sends by hand.
BREATH = timedelta(seconds=20)
KEPT = timedelta(days=90)


def tell(
    watch: Watch,
    subject: Subject,
    sections: list[Section],
    *,
    since: datetime,
    now: datetime,
) -> Message:
    """What changed of one watch, to its endpoint; it leaves after the transaction."""
    ident = _ident()
    portal = settings.PORTAL_URL
    told = {
        "kind": watch.kind,
        "key": watch.key,
        "label": subject.label,
        "url": portal + subject.address,
        "feed": portal + subject.feed,
        "stop": stop_address(watch.pk),
    }
    reason = _("You are told because you watch: %(label)s") % {"label": subject.label}
    body = payload.changed(
        ident,
        moment=now,
        since=since,
        watch=told,
        reason=reason,
        sections=sections,
        portal=portal,
    )
    assert watch.endpoint is not None  # noqa: S101  # for the type checker
    return _keep(watch.endpoint, ident, subject.label, body)


@transaction.atomic
def send_test(endpoint: Endpoint) -> Message:
    """A message about nothing; ValidationError while it is off or was just tried."""
    Endpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
    live = Endpoint.objects.live()
    if not live.filter(pk=endpoint.pk).exists():
        raise ValidationError(_("Only a webhook that is in use can be tried."))
    tests = endpoint.messages.filter(is_test=True)
    if tests.filter(created_at__gt=timezone.now() - BREATH).exists():
        raise ValidationError(_("One was sent just now. Wait half a minute."))
    ident = _ident()
    note = _("A test: nothing changed.")
    body = payload.test(ident, moment=timezone.now(), note=note)
    return _keep(endpoint, ident, _("Test"), body, is_test=True)


@transaction.atomic
def send_again(message: Message) -> None:
    """The same message, with the same id; ValidationError while it is on its way."""
    row = Message.objects.select_for_update().get(pk=message.pk)
    if not Endpoint.objects.live().filter(pk=row.endpoint_id).exists():
        raise ValidationError(_("The webhook is not in use."))
    now = timezone.now()
    if row.tried_at and now - row.tried_at < BREATH:
        raise ValidationError(_("It was sent just now. Wait half a minute."))
    if row.state == Message.State.WAITING and row.next_at <= now:
        raise ValidationError(_("It is on its way."))
    row.state, row.next_at = Message.State.WAITING, now
    row.save(update_fields=["state", "next_at"])
    transaction.on_commit(partial(_queue, row.pk))


def forget_old() -> int:
    """The log reaches back 90 days; how many messages were deleted."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEPT)
    deleted, _by_model = old.delete()
    return deleted


def _keep(
    endpoint: Endpoint, ident: str, label: str, body: str, *, is_test: bool = False
) -> Message:
    made = Message.objects.create(
        endpoint=endpoint, ident=ident, label=label[:300], body=body, is_test=is_test
    )
    transaction.on_commit(partial(_queue, made.pk))
    return made


def _ident() -> str:
    return f"msg_{uuid.uuid4().hex}"


def _queue(pk: int) -> None:
    """Where the broker is away, the next round of ``deliver_due`` sends it."""
    try:
        current_app.send_task(TASK, args=[pk])
    except (KombuError, OperationalError, OSError) as error:
        logger.warning("webhook message %d waits for the broker: %s", pk, error)
