"""Watching, stopping, and telling people what changed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import notify
from watches.crossing import Crossing, found_now
from watches.digests import Section, is_due, period, sections
from watches.events import events_of
from watches.models import Endpoint, Watch
from watches.stopping import stop_address
from watches.subjects import Subject, UnknownSubjectError, subject_of
from watches.webhooks import messages
from watches.words import TOPICS

logger = logging.getLogger(__name__)
DIGEST = "watch-digest"
# A digest looks back no further, whatever was missed while nothing ran.
LONGEST = timedelta(days=60)
# One person may watch so many things.
MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What changed of one watched thing, as the mail shows it.

    ``parts`` are headings with their sections; ``stop`` ends this watch alone.
    """

    label: str
    address: str
    parts: list[tuple[str, Section]]
    stop: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed of one watch after ``since``."""

    watch: Watch
    subject: Subject
    since: datetime
    sections: list[Section]


@transaction.atomic
def watch(user: User, subject: Subject, frequency: str, **ways: Any) -> Watch:
    """Watch it from now on, or change how; ValidationError above ``MOST``.

    ``ways`` are ``is_mailed`` and ``endpoint``, one of the person's own.
    """
    User.objects.select_for_update().get(pk=user.pk)
    endpoint = ways.get("endpoint")
    if endpoint is not None and endpoint.user_id != user.pk:
        raise PermissionError("not one of their webhooks")
    own = Watch.objects.filter(user=user)
    if (
        own.count() >= MOST
        and not own.filter(kind=subject.kind, key=subject.key).exists()
    ):
        text = _("You watch %(most)d things already. Stop one of them first.")
        raise ValidationError(text % {"most": MOST})
    how = {"frequency": frequency, "label": subject.label[:300], **ways}
    found, _is_new = Watch.objects.update_or_create(
        user=user,
        kind=subject.kind,
        key=subject.key,
        defaults=how,
        create_defaults={**how, "found": found_now(subject)},
    )
    return found


def change(watch: Watch, **how: Any) -> None:
    """``frequency``, ``is_mailed`` and ``endpoint``, one of the person's own."""
    endpoint = how.get("endpoint")
    if endpoint is not None and endpoint.user_id != watch.user_id:
        raise PermissionError("not one of their webhooks")
    for name, value in how.items():
        setattr(watch, name, value)
    watch.save(update_fields=list(how))


def tell(frequency: str, *, now: datetime | None = None) -> int:
    """Send everybody's digest of that frequency; how many people were told.

    What a person was told in a period is not told again in it, and a failure for one
    person does not keep the digests of the others.
    """
    moment = now or timezone.now()
    people = User.objects.filter(is_active=True, watches__frequency=frequency)
    made = 0
    for user in people.distinct().order_by("pk"):
        try:
            made += _tell(user, frequency, moment)
        except Exception:  # said in the log; the others get theirs
            logger.exception("the %s digest of user %d failed", frequency, user.pk)
    return made


@transaction.atomic
def _tell(user: User, frequency: str, now: datetime) -> bool:
    """Claims the watches, so that two tasks at a time tell only once.

    A watch that leads nowhere at present is left for when it leads somewhere.
    """
    live = set(Endpoint.objects.live().filter(user=user).values_list("pk", flat=True))
    claimed = [
        item
        for item in Watch.objects.select_for_update().filter(
            user=user, frequency=frequency
        )
        if is_due(item.told_until, frequency, now)
        and (item.is_mailed or item.endpoint_id in live)
    ]
    with translation.override(user.language):
        news = list(_news(claimed, now))
        for new in news:
            if new.watch.endpoint_id in live:
                messages.tell(
                    new.watch, new.subject, new.sections, since=new.since, now=now
                )
    for item in claimed:
        item.told_until = now
    Watch.objects.bulk_update(claimed, ["told_until", "found"])
    told = [_told(new) for new in news if new.watch.is_mailed]
    if not told:
        return bool(news)
    key = f"watches:{frequency}:{period(now, frequency)}:{claimed[0].pk}"
    context = {"told": told, "count": len(told), "portal": settings.PORTAL_URL}
    return bool(notify([user], DIGEST, context, link="/account/watches/", key=key))


def _news(claimed: list[Watch], now: datetime) -> Iterator[News]:
    """Of each thing of which anything is new; what is gone says nothing."""
    for item in claimed:
        try:
            subject = subject_of(item.kind, item.key)
        except UnknownSubjectError:
            continue
        since = max(item.told_until, now - LONGEST)
        held, item.found = item.found, found_now(subject)
        crossing = Crossing.of(held, item.found)
        found = sections(events_of(subject, since, now, crossing))
        if found:
            yield News(item, subject, since, found)


def _told(new: News) -> Told:
    parts = [(str(TOPICS[part.topic]), part) for part in new.sections]
    stop = stop_address(new.watch.pk)
    return Told(new.subject.label, new.subject.address, parts, stop)
