"""Deciding what waits to be checked, and publishing what is due."""

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from sources.curation import Curated, Publication, Publishable
from sources.evidence import FieldCheck


class CheckError(ValueError):
    """A check that cannot be decided as asked; the text says why."""


@transaction.atomic
def confirm(check: FieldCheck, *, by: str) -> None:
    """Take the value over into its field, or publish the draft that was in doubt.

    The change is in the record's history under the name ``by``. A record comes out
    of doubt, and out of draft, with the check on the record as a whole.
    """
    record = _record_of(check)
    if check.field:
        record.adopt(check.field, check.value)
        _forget(record, check.field)
    else:
        record.is_verified = True
        if record.state == Publication.DRAFT:
            record.state = Publication.PUBLISHED
            record.publish_parts()
    _save(record, f"confirmed: {check.field or 'record'} ({by})")
    _decide(check, FieldCheck.State.CONFIRMED, by)


@transaction.atomic
def reject(check: FieldCheck, *, by: str) -> None:
    """The value stays out, or the draft is archived; both can be found again."""
    record = _record_of(check)
    if check.field:
        _forget(record, check.field)
    elif record.state == Publication.DRAFT:
        record.state = Publication.ARCHIVED
    _save(record, f"rejected: {check.field or 'record'} ({by})")
    _decide(check, FieldCheck.State.REJECTED, by)


def publish_due() -> int:
    """Publish every scheduled record whose time has come; how many."""
    published = 0
    for model in apps.get_models():
        if not issubclass(model, Publishable):
            continue
        for record in model._default_manager.due():  # type: ignore[attr-defined]
            record.state = Publication.PUBLISHED
            _save(record, "scheduled publication")
            published += 1
    return published


def _record_of(check: FieldCheck) -> Curated:
    if check.state != FieldCheck.State.OPEN:
        raise CheckError(
            f"This check was decided on {check.decided_at:%d %B %Y}"
            f" by {check.decided_by}. Reload the queue."
        )
    record = check.record
    if not isinstance(record, Curated):
        raise CheckError(f"The record of check {check.pk} is gone. Reject it.")
    return record


def _forget(record: Curated, field: str) -> None:
    record.uncertain_fields = [n for n in record.uncertain_fields if n != field]


def _save(record: Publishable, reason: str) -> None:
    record._change_reason = reason[:100]  # type: ignore[attr-defined]  # simple-history's
    record.save()


def _decide(check: FieldCheck, state: FieldCheck.State, by: str) -> None:
    check.state, check.decided_by, check.decided_at = state, by, timezone.now()
    check.save()
