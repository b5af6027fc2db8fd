"""Writing: a first draft, saving as one types, a revision of what is published."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from practices.content import Content, check_order, cleaned, content_of, write
from practices.machine import Action, Actor
from practices.models import Authorship, GoodPractice, StateChange, WorkingCopy
from practices.services.files import forget_unpublished
from practices.services.moves import Asked, moving, permitted, touch
from practices.services.rounds import drop_open
from practices.services.work import content_in_work, locked, without_history
from practices.stages import Stage


@transaction.atomic
def create_draft(by: User, fields: Mapping[str, Any]) -> GoodPractice:
    """A draft of one's own, of which ``title`` at least is told.

    Raises ``ValidationError`` by field. The organisation and region of the person are
    for the form to propose; nothing is filled in here.
    """
    told = cleaned(fields)
    if "title" not in told:
        raise ValidationError({"title": [_("A practice needs a title.")]})
    check_order({"start": "", "end": "", **told})
    practice = GoodPractice(title=told["title"])
    practice.save()
    touch(practice, by)
    with without_history(practice):
        write(practice, told)
    Authorship.objects.create(practice=practice, user=by, role=Authorship.Role.LEAD)
    StateChange.objects.create(
        practice=practice,
        action="create",
        to_stage=Stage.DRAFT,
        who=by,
        role=Actor.LEAD,
    )
    return practice


@transaction.atomic
def autosave(
    practice: GoodPractice, fields: Mapping[str, Any], revision: int, *, by: User
) -> GoodPractice:
    """Keep the given fields; the row with its new ``revision``.

    Raises ``Conflict`` with both texts, ``NotAllowed`` while it is in review or not
    theirs, ``ValidationError`` by field. Saving what is there already changes nothing.
    """
    row = locked(practice, revision, **fields)
    permitted(Asked(row, Action.EDIT, by))
    told = cleaned(fields, of=row)
    held = content_in_work(row)
    changed = {name: value for name, value in told.items() if held[name] != value}
    if not changed:
        return row
    check_order({**held, **changed})
    touch(row, by)
    keep(row, changed)
    return row


def keep(row: GoodPractice, changed: Content) -> None:
    """Into the columns while nobody reads them, else into the working copy.

    Versions of a draft are nobody's: the history holds what was published.
    """
    copy = WorkingCopy.objects.filter(practice=row).first()
    with without_history(row):
        if copy is None and not row.is_public:
            write(row, changed)
            return
        # One that was published past the services has no copy yet.
        copy = copy or WorkingCopy(practice=row, content=content_of(row))
        copy.content = {**copy.content, **changed}
        copy.save()
        row.save(update_fields=["revision", "edited_at", "edited_by"])


def start_revision(practice: GoodPractice, *, by: User, revision: int) -> GoodPractice:
    """Open a new text beside the published one, which readers go on seeing."""
    with moving(practice, Action.START_REVISION, by=by, revision=revision) as row:
        WorkingCopy.objects.create(practice=row, content=content_of(row))
    return row


def discard_revision(
    practice: GoodPractice, *, by: User, revision: int
) -> GoodPractice:
    """Give up the new text; the published one stays."""
    with moving(practice, Action.DISCARD_REVISION, by=by, revision=revision) as row:
        drop_work(row)
    return row


def drop_work(row: GoodPractice) -> None:
    """Forget the text in work of a published practice, its files too."""
    WorkingCopy.objects.filter(practice=row).delete()
    forget_unpublished(row)
    drop_open(row)
