"""Attachments of the text in work and of the published one; a file is kept elsewhere.

A published attachment is never changed: readers of a version find it as it was.
"""

from django.db import transaction

from accounts.models import User
from practices.content.fields import plain
from practices.machine import Action
from practices.models import Attachment, GoodPractice
from practices.services.moves import Asked, permitted, touch
from practices.services.work import locked


@transaction.atomic
def attach(attachment: Attachment, revision: int, *, by: User) -> GoodPractice:
    """Save an attachment, its file checked and cleaned before, to the text in work.

    Raises ``Conflict`` and ``NotAllowed`` as ``autosave``.
    """
    row = _open(attachment.practice, revision, by)
    attachment.practice = row
    attachment.added_by = by
    attachment.position = row.attachments.current().count()
    attachment.save()
    return row


@transaction.atomic
def describe(
    attachment: Attachment, revision: int, *, alt: str, caption: str, by: User
) -> Attachment:
    """Give it other words; a published one keeps its own, a new one takes its place."""
    _open(attachment.practice, revision, by)
    if attachment.is_published:
        Attachment.objects.filter(pk=attachment.pk).update(is_current=False)
        attachment.pk, attachment._state.adding = None, True
        attachment.is_published, attachment.is_current = False, True
    attachment.alt, attachment.caption = plain(alt)[:300], plain(caption)[:300]
    attachment.save()
    return attachment


@transaction.atomic
def remove(attachment: Attachment, revision: int, *, by: User) -> GoodPractice:
    """Take it out of the text in work; the published text keeps it until the next."""
    row = _open(attachment.practice, revision, by)
    if attachment.is_published:
        Attachment.objects.filter(pk=attachment.pk).update(is_current=False)
    else:
        attachment.delete()
    return row


def publish_files(row: GoodPractice) -> None:
    """What is current becomes what readers see."""
    row.attachments.filter(is_current=False).update(is_published=False)
    row.attachments.filter(is_current=True).update(is_published=True)


def forget_unpublished(row: GoodPractice) -> None:
    """Back to the files of the published text."""
    row.attachments.filter(is_published=False, is_current=True).delete()
    row.attachments.filter(is_published=True).update(is_current=True)


def _open(practice: GoodPractice, revision: int, by: User) -> GoodPractice:
    row = locked(practice, revision)
    permitted(Asked(row, Action.EDIT, by))
    touch(row, by)
    row.save(update_fields=["revision", "edited_at", "edited_by"])
    return row
