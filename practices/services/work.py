"""The text in work: the columns, or the working copy beside a published practice."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AnonymousUser

from practices.content import Content, content_of
from practices.errors import Conflict
from practices.models import Attachment, GoodPractice, WorkingCopy


def locked(practice: GoodPractice, revision: int | None, **sent: Any) -> GoodPractice:
    """The row of now, held until the transaction ends.

    ``revision`` is the one that was seen; None asks for no such check (the portal's
    own work). Raises ``Conflict`` where it is another one by now; ``sent`` are the
    fields that were to be saved.
    """
    row = GoodPractice.objects.select_for_update().get(pk=practice.pk)
    if revision is not None and revision != row.revision:
        held = content_in_work(row)
        theirs = {name: held.get(name) for name in sent}
        who = str(row.edited_by) if row.edited_by else ""
        raise Conflict(who, row.edited_at, row.revision, theirs, sent)
    return row


def content_in_work(practice: GoodPractice) -> Content:
    """What its authors see: the text in work, else what the columns say."""
    copy = WorkingCopy.objects.filter(practice=practice).first()
    return copy.content if copy else content_of(practice)


def content_with_files(practice: GoodPractice) -> Content:
    """The text in work with its attachments: what completeness is asked of."""
    files = Attachment.objects.current().filter(practice=practice)
    told = [{"kind": file.kind, "alt": file.alt} for file in files]
    return {**content_in_work(practice), "attachments": told}


@contextmanager
def without_history(row: GoodPractice) -> Iterator[None]:
    """Saves in it leave no version: those of drafts are nobody's, a step makes one."""
    row.skip_history_when_saving = True  # type: ignore[attr-defined]  # simple-history's
    try:
        yield
    finally:
        del row.skip_history_when_saving  # type: ignore[attr-defined]  # as above


def person(by: Any) -> Any:
    """A user to be kept in a row; None for the portal itself."""
    return None if by is None or isinstance(by, AnonymousUser) else by
