"""Onto the page and off it: publish, schedule, revise, withdraw, archive."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from practices.content import cleaned, content_of, write
from practices.errors import PracticeError
from practices.machine import Action
from practices.models import GoodPractice, Reconfirmation, WorkingCopy
from practices.services.files import publish_files
from practices.services.moves import moving
from practices.services.notices import tell_authors
from practices.services.rounds import drop_open
from practices.services.versions import record_version
from practices.services.work import without_history

logger = logging.getLogger(__name__)


@transaction.atomic
def publish(
    practice: GoodPractice, *, by: User | None, revision: int | None, note: str = ""
) -> GoodPractice:
    """Now; a new version is what readers cite. ``note`` says what changed, in public.

    Raises ``ValidationError`` where what it names (a project, a title) is no longer
    to be had; ``by`` None is the portal, when the time has come.
    """
    with moving(practice, Action.PUBLISH, by=by, revision=revision) as row:
        _take_over(row)
        publish_files(row)
        row.is_verified = True
        row.confirmed_at, row.is_lapsed = timezone.localdate(), False
        row.reconfirmations.open().update(
            outcome=Reconfirmation.Outcome.RUNNING, answered_at=timezone.now()
        )
        tell_authors(row, "published")
    version = record_version(row, note=note)
    # Opinions signed during the review are about the text that came out of it.
    row.opinions.filter(version__isnull=True).update(version=version.number)
    return row


def schedule(
    practice: GoodPractice, *, by: User, revision: int, when: datetime
) -> GoodPractice:
    """On a day to come; the worker publishes it within a minute of that time."""
    with moving(practice, Action.SCHEDULE, by=by, revision=revision, when=when) as row:
        row.publish_at = when
        tell_authors(row, "scheduled")
    return row


def unschedule(practice: GoodPractice, *, by: User, revision: int) -> GoodPractice:
    with moving(practice, Action.UNSCHEDULE, by=by, revision=revision) as row:
        tell_authors(row, "unscheduled")
    return row


def publish_ripe() -> int:
    """Publish all whose time has come; how many. What cannot be is left and logged."""
    published = 0
    for practice in GoodPractice.objects.ripe():
        try:
            publish(practice, by=None, revision=None)
        except (PracticeError, ValidationError) as error:
            logger.warning("practice %s not published: %s", practice.slug, error)
        else:
            published += 1
    return published


def ask_revision(
    practice: GoodPractice, *, by: User, revision: int, reason: str
) -> GoodPractice:
    """Ask the authors of a published practice to revise it; it stays public."""
    with moving(
        practice, Action.ASK_REVISION, by=by, revision=revision, comment=reason
    ) as row:
        tell_authors(row, "revision_asked", comment=reason)
    return row


def withdraw(
    practice: GoodPractice, *, by: User, revision: int, reason: str = ""
) -> GoodPractice:
    """Its lead author takes it back, off the page too."""
    with moving(
        practice, Action.WITHDRAW, by=by, revision=revision, comment=reason
    ) as row:
        drop_open(row)
        tell_authors(row, "withdrawn", comment=reason)
    return row


def archive(
    practice: GoodPractice, *, by: User, revision: int, reason: str
) -> GoodPractice:
    """A curator takes it off the page; nothing is deleted."""
    with moving(
        practice, Action.ARCHIVE, by=by, revision=revision, comment=reason
    ) as row:
        drop_open(row)
        tell_authors(row, "archived", comment=reason)
    return row


def reopen(
    practice: GoodPractice, *, by: User, revision: int, reason: str = ""
) -> GoodPractice:
    """Back to a draft, with the text as far as it was."""
    with moving(
        practice, Action.REOPEN, by=by, revision=revision, comment=reason
    ) as row:
        _take_over(row)
        row.attachments.filter(is_current=False).delete()
        row.attachments.update(is_published=False)
        tell_authors(row, "reopened", comment=reason)
    return row


def _take_over(row: GoodPractice) -> None:
    """The text in work becomes what the columns say; only what differs is written."""
    copy = WorkingCopy.objects.filter(practice=row).first()
    if copy is None:
        return
    held = content_of(row)
    new = {name: value for name, value in copy.content.items() if held[name] != value}
    told = cleaned(new, of=row)
    with without_history(row):
        write(row, told)
    copy.delete()
