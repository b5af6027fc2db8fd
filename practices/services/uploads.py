"""A file of an author on its way into the text in work, and before the scanner."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from accounts.models import User
from practices import refusals, scanning, uploads
from practices.machine import Action
from practices.models import Attachment, GoodPractice
from practices.services.files import attach, words_for
from practices.services.moves import Asked, permitted
from practices.services.notices import STATE, authors_of, tell
from practices.services.storage import forget_file, keep_file

MOST_OF_A_TEXT = 20  # files
MOST_A_DAY = 40  # files of one person
TASK = "practices.tasks.scan_attachment"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """What an author sent; ``alt`` describes an image, or is a document's title."""

    name: str
    content: bytes
    alt: str
    caption: str = ""


def upload(
    practice: GoodPractice, sent: Upload, revision: int, *, by: User
) -> Attachment:
    """Clean a file and save it to the text in work.

    Raises ``ValidationError`` by field, ``Conflict`` and ``NotAllowed``. Readers see it
    once it is published and, where a scanner is set, found clean.
    """
    # Asked again with the row locked; nobody else's files are worth decoding.
    permitted(Asked(practice, Action.EDIT, by))
    _check_counts(practice, by)
    try:
        cleaned = uploads.clean(sent.content)
    except uploads.Refused as error:
        text = refusals.sentence(error, sent.name)
        raise ValidationError({"file": [text]}) from error
    attachment = _row(practice, sent, cleaned)
    _check_new(attachment)
    with transaction.atomic():
        attach(attachment, revision, by=by)
        keep_file(attachment, cleaned.content, cleaned.smaller)
        attachment.save(update_fields=["file"])
        if attachment.scan == Attachment.Scan.WAITING:
            transaction.on_commit(partial(_queue, attachment.pk))
    return attachment


def scan_attachment(pk: int) -> None:
    """Ask the scanner; what it finds is deleted, and its authors are told.

    Raises ``OSError`` where the scanner does not answer.
    """
    row = Attachment.objects.filter(pk=pk, scan=Attachment.Scan.WAITING).first()
    if row is None or not row.file.storage.exists(str(row.file.name)):
        return
    ask = scanning.scanner()
    with row.file.open("rb") as file:
        found = ask(file.read()) if ask else ""
    if found:
        logger.warning("the scanner found %s in attachment %d", found, pk)
        _refuse(row.digest)
        return
    same = Attachment.objects.filter(digest=row.digest, scan=Attachment.Scan.WAITING)
    same.update(scan=Attachment.Scan.CLEAN, scanned_at=timezone.now())


def queue_waiting() -> int:
    """Send those to the scanner that still wait; how many."""
    waiting = Attachment.objects.filter(scan=Attachment.Scan.WAITING)
    keys = list(waiting.values_list("pk", flat=True))
    for pk in keys:
        _queue(pk)
    return len(keys)


def _check_counts(practice: GoodPractice, by: User) -> None:
    if practice.attachments.current().count() >= MOST_OF_A_TEXT:
        text = _(
            "A practice has at most %(most)d files. Remove one that matters less first."
        )
        raise ValidationError({"file": [text % {"most": MOST_OF_A_TEXT}]})
    since = timezone.now() - timedelta(days=1)
    if Attachment.objects.filter(added_by=by, added_at__gt=since).count() >= MOST_A_DAY:
        text = _(
            "You have uploaded %(most)d files within a day, which is as many as are "
            "taken. Go on tomorrow."
        )
        raise ValidationError({"file": [text % {"most": MOST_A_DAY}]})


def _row(practice: GoodPractice, sent: Upload, cleaned: uploads.Cleaned) -> Attachment:
    kind = cleaned.format
    attachment = Attachment(
        practice=practice,
        kind=Attachment.Kind.IMAGE if kind.is_image else Attachment.Kind.DOCUMENT,
        name=refusals.shown_name(sent.name, kind.suffix),
        suffix=kind.suffix,
        media_type=kind.media_type,
        size=len(cleaned.content),
        digest=hashlib.sha256(cleaned.content).hexdigest(),
        width=cleaned.width,
        height=cleaned.height,
    )
    attachment.alt, attachment.caption = words_for(
        attachment.kind, sent.alt, sent.caption
    )
    if scanning.scanner() is None:
        # What was decoded and written anew is all that can be checked here.
        attachment.scan = Attachment.Scan.CLEAN
    return attachment


def _check_new(attachment: Attachment) -> None:
    same = attachment.practice.attachments.current().filter(digest=attachment.digest)
    if same.exists():
        text = _("“%(name)s” is among the files already.")
        raise ValidationError({"file": [text % {"name": attachment.name}]})


@transaction.atomic
def _refuse(digest: str) -> None:
    """Every row with these bytes: out of all texts, its name left for its authors."""
    rows = Attachment.objects.filter(digest=digest).select_related("practice")
    for row in rows.exclude(scan=Attachment.Scan.INFECTED):
        people = authors_of(row.practice)
        key = f"file_refused:{row.pk}"
        tell(
            row.practice, STATE, people, key=key, what="file_refused", comment=row.name
        )
    rows.update(
        scan=Attachment.Scan.INFECTED,
        scanned_at=timezone.now(),
        is_current=False,
        is_published=False,
    )
    transaction.on_commit(partial(forget_file, digest))


def _queue(pk: int) -> None:
    """Where the broker is away, ``queue_waiting`` makes up for it."""
    try:
        current_app.send_task(TASK, args=[pk])
    except (KombuError, OperationalError, OSError) as error:
        logger.warning("attachment %d waits for the broker: %s", pk, error)
