"""Deciding what waits to be checked."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.curation import Curated, Publication
from sources.evidence import FieldCheck
from sources.gate import stops
from sources.services.publication import publish_due, save

__all__ = ["CheckError", "confirm", "publish_due", "reject"]


class CheckError(ValueError):
    """A check that cannot be decided as asked; the text says why."""


@transaction.atomic
def confirm(check: FieldCheck, *, by: str, reason: str = "") -> None:
    """Take the value over into its field, or publish the draft that was in doubt.

    The change is in the record's history under the name ``by``. A record comes out
    of doubt, and out of draft unless something else forbids it, with the check on
    the record as a whole; one with stages stays where its review put it. Raises
    ``CheckError``.
    """
    _claim(check)
    record = _record_of(check)
    if record is None:
        raise CheckError(_("The record of this check is gone. Reject the check."))
    if check.field:
        _adopt(record, check)
        _forget(record, check.field)
    else:
        record.is_verified = True
        if _may_publish(record):
            record.state = Publication.PUBLISHED
            record.publish_parts()
    _save(record, _told("confirmed", check, by, reason))
    _decide(check, FieldCheck.State.CONFIRMED, by)


@transaction.atomic
def reject(check: FieldCheck, *, by: str, reason: str = "") -> None:
    """The value stays out, or the draft is archived; both can be found again.

    A record with stages of its own stays where it is in them.
    """
    _claim(check)
    record = _record_of(check)
    if record is not None:
        if check.field:
            _forget(record, check.field)
        elif record.state == Publication.DRAFT and not record.has_stages:
            record.state = Publication.ARCHIVED
        _save(record, _told("rejected", check, by, reason))
    _decide(check, FieldCheck.State.REJECTED, by)


def _claim(check: FieldCheck) -> None:
    """Of two people who decide at once the second is told who was first."""
    check.refresh_from_db(from_queryset=FieldCheck.objects.select_for_update())
    if check.decided_at is not None:
        said = {
            "state": check.get_state_display(),
            "day": f"{timezone.localtime(check.decided_at):%d %B %Y, %H:%M}",
            "by": check.decided_by,
        }
        text = _("It was decided by %(by)s on %(day)s: %(state)s. Nothing was changed.")
        raise CheckError(text % said)


def _record_of(check: FieldCheck) -> Curated | None:
    """None where the record was deleted since."""
    return check.record if isinstance(check.record, Curated) else None


def _may_publish(record: Curated) -> bool:
    if record.state != Publication.DRAFT or record.has_stages:
        return False
    return not stops(record, doubt=False)


def _adopt(record: Curated, check: FieldCheck) -> None:
    try:
        record.adopt(check.field, check.value)
    except (ValueError, TypeError, ValidationError, ObjectDoesNotExist) as error:
        said = {"value": check.value, "field": check.field, "why": error}
        text = _("“%(value)s” does not fit into %(field)s: %(why)s")
        raise CheckError(text % said) from error


def _forget(record: Curated, field: str) -> None:
    record.uncertain_fields = [n for n in record.uncertain_fields if n != field]


def _save(record: Curated, told: str) -> None:
    try:
        with transaction.atomic():
            save(record, told)
    except IntegrityError as error:
        text = _("The value contradicts what else %(record)s says: %(why)s")
        raise CheckError(text % {"record": record, "why": error}) from error


def _told(what: str, check: FieldCheck, by: str, reason: str) -> str:
    text = f"{what}: {check.field or 'record'} ({by})"
    return f"{text}: {reason}" if reason else text


def _decide(check: FieldCheck, state: FieldCheck.State, by: str) -> None:
    check.state, check.decided_by, check.decided_at = state, by, timezone.now()
    check.save()
