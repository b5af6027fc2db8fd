"""Watching, stopping, and telling people what changed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices import notify
from watches.digests import Section, is_due, period, sections
from watches.events import events_of
from watches.models import Watch
from watches.stopping import stop_address
from watches.subjects import Subject, UnknownSubjectError, subject_of
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


@transaction.atomic
def watch(user: User, subject: Subject, frequency: str) -> Watch:
    """Watch it from now on, or change how often; ValidationError above ``MOST``."""
    User.objects.select_for_update().get(pk=user.pk)
    own = Watch.objects.filter(user=user)
    if (
        own.count() >= MOST
        and not own.filter(kind=subject.kind, key=subject.key).exists()
    ):
        text = _("You watch %(most)d things already. Stop one of them first.")
        raise ValidationError(text % {"most": MOST})
    found, _is_new = Watch.objects.update_or_create(
        user=user,
        kind=subject.kind,
        key=subject.key,
        defaults={"frequency": frequency, "label": subject.label[:300]},
    )
    return found


def tell(frequency: str, *, now: datetime | None = None) -> int:
    """Send everybody's digest of that frequency; how many notices were made.

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
    """Claims the watches, so that two tasks at a time tell only once."""
    claimed = [
        item
        for item in Watch.objects.select_for_update().filter(
            user=user, frequency=frequency
        )
        if is_due(item.told_until, frequency, now)
    ]
    with translation.override(user.language):
        told = list(_changed(claimed, now))
    for item in claimed:
        item.told_until = now
    Watch.objects.bulk_update(claimed, ["told_until"])
    if not told:
        return False
    key = f"watches:{frequency}:{period(now, frequency)}:{claimed[0].pk}"
    context = {"told": told, "count": len(told), "portal": settings.PORTAL_URL}
    return bool(notify([user], DIGEST, context, link="/account/watches/", key=key))


def _changed(claimed: list[Watch], now: datetime) -> Iterator[Told]:
    """Of each thing of which anything is new; what is gone says nothing."""
    for item in claimed:
        try:
            subject = subject_of(item.kind, item.key)
        except UnknownSubjectError:
            continue
        since = max(item.told_until, now - LONGEST)
        found = sections(events_of(subject, since, now))
        if found:
            parts = [(str(TOPICS[part.topic]), part) for part in found]
            yield Told(subject.label, subject.address, parts, stop_address(item.pk))
