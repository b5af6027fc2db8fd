"""What experts sign, and how reviewers lower a grade they do not believe."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.actors import actors_of, ties_of
from practices.analysis.evidence import Grade
from practices.content.fields import MOST_TEXT, plain
from practices.errors import NotAllowed
from practices.machine import Action, Actor, Condition
from practices.models import ExpertOpinion, GoodPractice
from practices.services.moves import Asked, permitted
from practices.services.versions import keep_grade
from practices.services.work import locked


@transaction.atomic
def sign_opinion(
    practice: GoodPractice, *, by: User, name: str, role: str, text: str
) -> ExpertOpinion:
    """Published with the practice, under the name and role they sign with.

    Signed again, it takes the place of their earlier one.
    """
    row = locked(practice, None)
    permitted(Asked(row, Action.SIGN, by))
    told = {"name": plain(name), "role": plain(role), "text": plain(text)}
    limits = {"name": 150, "role": 150, "text": MOST_TEXT}
    errors = {
        field: [_("Write something, at most %d characters.") % limits[field]]
        for field, value in told.items()
        if not 0 < len(value) <= limits[field]
    }
    if errors:
        raise ValidationError(errors)
    last = row.versions.first()
    opinion, _is_new = ExpertOpinion.objects.update_or_create(
        practice=row,
        expert=by,
        defaults={
            **told,
            "signed_on": timezone.localdate(),
            "version": last.number if last and row.stage == "published" else None,
        },
    )
    return opinion


@transaction.atomic
def lower_grade(
    practice: GoodPractice, *, by: User, cap: Grade | None, reason: str = ""
) -> GoodPractice:
    """The evidence is no better than this, a reviewer finds; None takes it back.

    The rules may be lowered, never raised. Raises ``NotAllowed`` for whoever does not
    judge practices, or is tied to this one.
    """
    row = locked(practice, None)
    if not actors_of(by, row) & {Actor.EXPERT, Actor.CURATOR}:
        raise NotAllowed(_("This is not yours to do."), is_ever=False)
    if ties_of(by, row):
        raise NotAllowed(
            _("You wrote it or share its organisation or project."),
            condition=Condition.NO_CONFLICT,
        )
    if cap and not reason.strip():
        raise ValidationError({"reason": [_("Say why: readers see it.")]})
    row.grade_cap = cap.value if cap else ""
    row.grade_note = plain(reason)[:500] if cap else ""
    row.save()
    keep_grade(row)
    return row
