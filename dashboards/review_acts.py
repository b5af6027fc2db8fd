"""What a reviewer sends from the page of one practice, handed to the services."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.review_page import Typed
from dashboards.review_steps import candidates
from practices import services
from practices.analysis.evidence import Grade
from practices.content import digests
from practices.content.fields import MOST_TEXT
from practices.errors import Conflict, NotAllowed, PracticeError
from practices.machine import Action, Condition
from practices.models import GoodPractice
from practices.services import content_with_files

Sent = Mapping[str, str]
COMMENT = "comment-"
# Not met by what was typed, rather than by who or when.
_TYPED = {Condition.COMMENT, Condition.FUTURE}


class When(forms.Form):
    """A moment as browsers send it ("2026-11-25T09:00"), or as one types it; UTC."""

    when = forms.DateTimeField()


def act(practice: GoodPractice, user: User, sent: Sent) -> str:
    """Do what was asked; what to say of it. Raises what the services raise."""
    name = sent.get("action", "")
    done = _ACTS.get(name)
    if done is None:
        raise ValidationError(_("Choose what is to be done."))
    return done(practice, user, sent)


def refused(practice: GoodPractice, error: Exception, sent: Sent) -> tuple[Typed, int]:
    """What the page shows again, and its status."""
    changed = _changed(practice, sent.get("seen", ""))
    if isinstance(error, ValidationError):
        return Typed(sent, _sentences(error)), 400
    is_conflict = isinstance(error, Conflict)
    status = 409
    if isinstance(error, NotAllowed):
        status = 400 if error.condition in _TYPED else 409 if error.is_ever else 403
    return Typed(sent, [str(error)], changed if is_conflict else frozenset(),
                 is_conflict), status  # fmt: skip


def _changed(practice: GoodPractice, seen: str) -> frozenset[str]:
    """Fields that say something else than when the page was opened."""
    marks = dict(part.split(":", 1) for part in seen.split() if ":" in part)
    now = digests(content_with_files(practice))
    return frozenset(
        name for name, mark in marks.items() if now.get(name, mark) != mark
    )


def _sentences(error: ValidationError) -> list[str]:
    return list(dict.fromkeys(str(message) for message in error.messages))


def _revision(sent: Sent) -> int:
    try:
        return int(sent.get("revision", ""))
    except ValueError:
        text = _("The page was sent without its revision: open it again.")
        raise ValidationError(text) from None


def _remark(sent: Sent) -> str:
    return sent.get("remark", "").strip()[:MOST_TEXT]


def _ask_changes(practice: GoodPractice, user: User, sent: Sent) -> str:
    comments = {
        name.removeprefix(COMMENT): text
        for name, text in sent.items()
        if name.startswith(COMMENT) and text.strip()
    }
    services.ask_changes(practice, by=user, revision=_revision(sent),
                         comments=comments, remark=_remark(sent))  # fmt: skip
    return _("The authors were asked for changes.")


def _pass(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.pass_completeness(
        practice, by=user, revision=_revision(sent), remark=_remark(sent)
    )
    return _("Passed on: the experts were told.")


def _approve(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.approve(practice, by=user, revision=_revision(sent), remark=_remark(sent))
    return _("Approved: a curator can publish it.")


def _decline(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.decline(practice, by=user, revision=_revision(sent), reason=_remark(sent))
    return _("Declined; the authors read your reason.")


def _publish(practice: GoodPractice, user: User, sent: Sent) -> str:
    note = sent.get("note", "").strip()[:500]
    services.publish(practice, by=user, revision=_revision(sent), note=note)
    return _("Published.")


def _schedule(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.schedule(practice, by=user, revision=_revision(sent), when=_when(sent))
    return _("It will be published at that time.")


def _when(sent: Sent) -> datetime:
    form = When({"when": sent.get("when", "")})
    if not form.is_valid():
        raise ValidationError(_("Say on which day and at what time, in UTC."))
    when: datetime = form.cleaned_data["when"]
    return when


def _unschedule(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.unschedule(practice, by=user, revision=_revision(sent))
    return _("It has no day of publication any more.")


def _ask_revision(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.ask_revision(
        practice, by=user, revision=_revision(sent), reason=_remark(sent)
    )
    return _("The authors were asked for a revision; readers still see the text.")


def _archive(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.archive(practice, by=user, revision=_revision(sent), reason=_remark(sent))
    return _("Archived.")


def _reopen(practice: GoodPractice, user: User, sent: Sent) -> str:
    services.reopen(practice, by=user, revision=_revision(sent), reason=_remark(sent))
    return _("Reopened: it is a draft of its authors again.")


def _take(practice: GoodPractice, user: User, sent: Sent) -> str:
    _give(practice, user, user, sent)
    return _("It is yours to review.")


def _assign(practice: GoodPractice, user: User, sent: Sent) -> str:
    chosen = sent.get("reviewer", "")
    review = practice.reviews.open().first()
    people = candidates(review) if review else []
    reviewer = next((found for found in people if str(found.pk) == chosen), None)
    if reviewer is None:
        raise ValidationError(_("Choose somebody of the list."))
    _give(practice, reviewer, user, sent)
    return _("%(who)s was told.") % {"who": reviewer}


@transaction.atomic
def _give(practice: GoodPractice, reviewer: User, user: User, sent: Sent) -> None:
    """Taking a step is no new revision, so who had it is asked beside it."""
    review = practice.reviews.open().select_for_update().first()
    held_by = str(review.reviewer_id or "") if review else ""
    if review and review.reviewer and held_by != sent.get("held_by", ""):
        text = _("%(who)s has this step since you opened the page.")
        raise PracticeError(text % {"who": review.reviewer})
    services.assign(practice, reviewer, by=user, revision=_revision(sent))


def _sign(practice: GoodPractice, user: User, sent: Sent) -> str:
    name, role, text = (sent.get(f"opinion_{key}", "") for key in _OPINION)
    services.sign_opinion(practice, by=user, name=name, role=role, text=text)
    return _("Signed; readers see it with the published practice.")


def _lower(practice: GoodPractice, user: User, sent: Sent) -> str:
    chosen = sent.get("cap", "")
    if chosen and chosen not in set(Grade):
        raise ValidationError(_("Choose a grade of the list."))
    cap = Grade(chosen) if chosen else None
    services.lower_grade(practice, by=user, cap=cap, reason=sent.get("cap_reason", ""))
    return _("The grade was lowered.") if cap else _("The grade is that of the rules.")


_OPINION = ("name", "role", "text")
_ACTS: dict[str, Callable[[GoodPractice, User, Sent], str]] = {
    Action.ASK_CHANGES: _ask_changes,
    Action.PASS: _pass,
    Action.APPROVE: _approve,
    Action.DECLINE: _decline,
    Action.PUBLISH: _publish,
    Action.SCHEDULE: _schedule,
    Action.UNSCHEDULE: _unschedule,
    Action.ASK_REVISION: _ask_revision,
    Action.ARCHIVE: _archive,
    Action.REOPEN: _reopen,
    "take": _take,
    "assign": _assign,
    "sign": _sign,
    "lower": _lower,
}
