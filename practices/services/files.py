"""Attachments of the text in work and of the published one; a file is kept elsewhere.

A published attachment is never changed: readers of a version find it as it was.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from practices.content.fields import plain
from practices.machine import Action
from practices.models import Attachment, GoodPractice
from practices.services.moves import Asked, permitted, touch
from practices.services.work import locked

LONGEST = 300


@transaction.atomic
def attach(attachment: Attachment, revision: int, *, by: User) -> GoodPractice:
    """Save an attachment, its file checked and cleaned before, to the text in work.

    Raises ``Conflict`` and ``NotAllowed`` as ``autosave``.
    """
    row = _open(attachment.practice, revision, by)
    last = row.attachments.current().order_by("-position").first()
    attachment.practice = row
    attachment.added_by = by
    attachment.position = last.position + 1 if last else 0
    attachment.save()
    return row


@transaction.atomic
def describe(
    attachment: Attachment, revision: int, *, alt: str, caption: str, by: User
) -> Attachment:
    """Give it other words; a published one keeps its own, a new one takes its place.

    Raises ``ValidationError`` by field besides.
    """
    told = words_for(attachment.kind, alt, caption)
    _open(attachment.practice, revision, by)
    _make_own(attachment)
    attachment.alt, attachment.caption = told
    attachment.save()
    return attachment


@transaction.atomic
def move(attachment: Attachment, revision: int, *, to: int, by: User) -> GoodPractice:
    """Put it at another place, from 0, in the order of the text in work."""
    row = _open(attachment.practice, revision, by)
    files = [item for item in row.attachments.current() if item.pk != attachment.pk]
    files.insert(max(to, 0), attachment)
    for place, item in enumerate(files):
        if item.position != place:
            _make_own(item)
            item.position = place
            item.save()
    return row


@transaction.atomic
def remove(attachment: Attachment, revision: int, *, by: User) -> GoodPractice:
    """Take it out of the text in work; the published text keeps it until the next."""
    row = _open(attachment.practice, revision, by)
    if attachment.is_published:
        Attachment.objects.filter(pk=attachment.pk).update(is_current=False)
    else:
        attachment.delete()
    return row


def words_for(kind: str, alt: str, caption: str) -> tuple[str, str]:
    """Both texts as they are kept; raises ``ValidationError`` by field."""
    told = {"alt": plain(alt), "caption": plain(caption)}
    errors = {
        name: [_("At most %(most)d characters.") % {"most": LONGEST}]
        for name, text in told.items()
        if len(text) > LONGEST
    }
    if not told["alt"]:
        is_image = kind == Attachment.Kind.IMAGE
        errors["alt"] = [
            _("Say what the image shows, for people who cannot see it.")
            if is_image
            else _("Say what the document is called.")
        ]
    if errors:
        raise ValidationError(errors)
    return told["alt"], told["caption"]


def publish_files(row: GoodPractice) -> None:
    """What is current becomes what readers see."""
    row.attachments.filter(is_current=False).update(is_published=False)
    row.attachments.filter(is_current=True).update(is_published=True)


def forget_unpublished(row: GoodPractice) -> None:
    """Back to the files of the published text."""
    row.attachments.filter(is_published=False, is_current=True).delete()
    row.attachments.filter(is_published=True).update(is_current=True)


def _make_own(attachment: Attachment) -> None:
    """What readers see stays; from here on it is a row of the text in work."""
    if attachment.is_published:
        Attachment.objects.filter(pk=attachment.pk).update(is_current=False)
        attachment.pk, attachment._state.adding = None, True
        attachment.is_published, attachment.is_current = False, True


def _open(practice: GoodPractice, revision: int, by: User) -> GoodPractice:
    row = locked(practice, revision)
    permitted(Asked(row, Action.EDIT, by))
    touch(row, by)
    row.save(update_fields=["revision", "edited_at", "edited_by"])
    return row
