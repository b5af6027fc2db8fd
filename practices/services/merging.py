"""Two authors at once: what only one of them changed is kept, the rest is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from practices.content import Content, cleaned, digests
from practices.errors import Conflict
from practices.machine import Action
from practices.models import GoodPractice
from practices.services.drafts import autosave
from practices.services.moves import Asked, permitted
from practices.services.work import content_in_work, locked


@dataclass(frozen=True, slots=True)
class Merged:
    """The row of now, and the fields that the sender had changed, as they are kept."""

    row: GoodPractice
    kept: Content


@transaction.atomic
def merge(
    practice: GoodPractice,
    fields: Mapping[str, Any],
    seen: Mapping[str, str],
    *,
    by: User,
) -> Merged:
    """Keep those of the given fields that differ from what the sender had ``seen``.

    ``seen`` are the ``digests`` of the text on their page. A field that somebody else
    changed meanwhile, to something else, is a ``Conflict`` with both texts, and then
    nothing is written; one that is not among ``seen`` counts as changed. Raises
    ``NotAllowed`` and ``ValidationError`` as ``autosave`` does.
    """
    row = locked(practice, None)
    permitted(Asked(row, Action.EDIT, by))
    mine = _differing(cleaned(_differing(fields, seen), of=row), seen)
    held = content_in_work(row)
    marks = digests(held)
    contested = [
        name
        for name, value in mine.items()
        if held[name] != value and marks[name] != seen.get(name)
    ]
    if contested:
        who = str(row.edited_by) if row.edited_by else ""
        theirs = {name: held[name] for name in contested}
        yours = {name: mine[name] for name in contested}
        raise Conflict(who, row.edited_at, row.revision, theirs, yours)
    return Merged(autosave(row, mine, row.revision, by=by), mine)


def _differing(fields: Mapping[str, Any], seen: Mapping[str, str]) -> Content:
    marks = digests(fields)
    return {name: fields[name] for name in fields if marks[name] != seen.get(name)}
