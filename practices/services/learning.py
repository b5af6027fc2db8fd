"""What passes between a practice and those who want to learn from it.

Authors and readers meet through the portal: no address is shown to either.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from practices.actors import actors_of, is_curator
from practices.content.fields import MOST_TEXT, plain
from practices.errors import NotAllowed
from practices.machine import Actor
from practices.models import Adoption, Authorship, GoodPractice, Interest, Question
from practices.services.notices import (
    ADOPTION,
    ANSWER,
    HEARD,
    authors_of,
    curators,
    tell,
)
from practices.services.work import locked
from regions.models import Region

AUTHORS = {Actor.LEAD, Actor.CO_AUTHOR}
YEARS = range(1980, 2101)


@transaction.atomic
def interest(
    practice: GoodPractice, *, by: User, message: str = "", region: Region | None = None
) -> Interest:
    """Passed on to the authors; said again, it changes the words."""
    _readable(practice)
    said, _is_new = Interest.objects.update_or_create(
        practice=practice,
        user=by,
        defaults={
            "message": _text(message, needed=False),
            "region": region or _region_of(by),
            "is_held": _is_stranger(by),
        },
    )
    _pass_on(said, "interest")
    return said


@transaction.atomic
def ask_question(
    practice: GoodPractice, text: str, *, by: User, region: Region | None = None
) -> Question:
    """To the authors; a curator lets the first question of a stranger through."""
    _readable(practice)
    question = Question.objects.create(
        practice=practice,
        user=by,
        region=region or _region_of(by),
        text=_text(text),
        is_held=_is_stranger(by),
    )
    _pass_on(question, "question")
    return question


@transaction.atomic
def let_through(heard: Interest | Question, *, by: User) -> None:
    """A curator has looked at the first word of a stranger: on to the authors."""
    if not is_curator(by):
        raise NotAllowed(_("This is not yours to do."), is_ever=False)
    if heard.is_held:
        heard.is_held = False
        heard.save()
        _pass_on(heard, "question" if isinstance(heard, Question) else "interest")


@transaction.atomic
def hold_back(heard: Interest | Question, *, by: User) -> None:
    """A curator finds it spam: it is deleted, the authors never hear of it."""
    if not is_curator(by):
        raise NotAllowed(_("This is not yours to do."), is_ever=False)
    heard.delete()


@transaction.atomic
def answer(question: Question, text: str, *, by: User, is_public: bool) -> Question:
    """An author answers, and says whether all may read it; again, to correct it.

    It is shown only while the practice lets questions be public.
    """
    row = locked(question.practice, None)
    _author(by, row)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.is_held:
        raise NotAllowed(_("A curator has not let this question through yet."))
    question.answer, question.is_public = _text(text), is_public
    question.answered_at, question.answered_by = timezone.now(), by
    question.save()
    if question.user:
        at = question.answered_at.isoformat()
        tell(row, ANSWER, [question.user], page="practices:detail",
             key=f"answer:{question.pk}:{at}", question=question)  # fmt: skip
    return question


@transaction.atomic
def set_public_answers(practice: GoodPractice, *, by: User, is_public: bool) -> None:
    """Whether questions and answers are shown under the practice at all."""
    row = locked(practice, None)
    _author(by, row)
    GoodPractice.objects.filter(pk=row.pk).update(is_qa_public=is_public)


@transaction.atomic
def record_adoption(
    practice: GoodPractice,
    *,
    by: User,
    region: Region,
    year: int,
    changes: str,
    outcome: str = "",
    organisation: Organisation | None = None,
) -> Adoption:
    """A region says it adapted the practice; shown once an author confirms it."""
    _readable(practice)
    if year not in YEARS or year > timezone.localdate().year:
        raise ValidationError({"year": [_("Since which year? Write it as 2021.")]})
    if practice.regions.filter(pk=region.pk).exists():
        raise ValidationError({"region": [_("The practice comes from this region.")]})
    told = _text(changes, "changes"), _text(outcome, needed=False)
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(
                practice=practice,
                region=region,
                organisation=organisation,
                told_by=by,
                year=year,
                changes=told[0],
                outcome=told[1],
            )
    except IntegrityError as error:
        text = _("The adoption of that year in this region is told already.")
        raise ValidationError({"region": [text]}) from error
    people = authors_of(practice) or curators()
    tell(practice, ADOPTION, people, page="practices:heard",
         key=f"adoption:{adoption.pk}", adoption=adoption)  # fmt: skip
    return adoption


def confirm_adoption(adoption: Adoption, *, by: User, remark: str = "") -> Adoption:
    """An author knows of it; where a practice has no authors, a curator."""
    return _decide(adoption, Adoption.State.CONFIRMED, by, remark)


def refuse_adoption(adoption: Adoption, *, by: User, remark: str = "") -> Adoption:
    """An author knows nothing of it; it is never shown."""
    return _decide(adoption, Adoption.State.REFUSED, by, remark)


@transaction.atomic
def _decide(adoption: Adoption, state: str, by: User, remark: str) -> Adoption:
    row = locked(adoption.practice, None)
    is_orphan = not row.authorships.exists()
    if not (is_orphan and is_curator(by)):
        _author(by, row)
    adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if adoption.told_by_id == by.pk:
        raise NotAllowed(_("You told of it; somebody else has to confirm it."))
    if adoption.state != Adoption.State.WAITING:
        raise NotAllowed(_("This adoption was decided on already."))
    adoption.state, adoption.remark = state, _text(remark, needed=False)
    adoption.decided_by, adoption.decided_at = by, timezone.now()
    adoption.save()
    if adoption.told_by:
        tell(row, ADOPTION, [adoption.told_by], page="practices:detail",
             key=f"adoption:{adoption.pk}:{state}", adoption=adoption)  # fmt: skip
    return adoption


def _pass_on(heard: Interest | Question, what: str) -> None:
    """To the authors, or to the curators while it is held or nobody writes it."""
    practice = heard.practice
    people = [] if heard.is_held else authors_of(practice)
    page = "practices:heard" if people else "practices:detail"
    tell(
        practice,
        HEARD,
        people or curators(),
        page="practices:review-heard" if heard.is_held else page,
        key=f"{what}:{heard.pk}:{'held' if heard.is_held else 'through'}",
        what=what,
        heard=heard,
    )


def _readable(practice: GoodPractice) -> None:
    if not GoodPractice.objects.public().filter(pk=practice.pk).exists():
        raise NotAllowed(_("This practice is not published."))


def _author(by: Any, row: GoodPractice) -> None:
    if not actors_of(by, row) & AUTHORS:
        raise NotAllowed(_("This is for the authors of the practice."), is_ever=False)


def _is_stranger(user: User) -> bool:
    """Nobody here has vouched for them: no role, and nothing let through before."""
    if user.is_superuser or user.scopes.exists():
        return False
    published = Authorship.objects.filter(user=user, practice__versions__isnull=False)
    known = (
        Question.objects.filter(user=user, is_held=False),
        Interest.objects.filter(user=user, is_held=False),
        published,
    )
    return not any(rows.exists() for rows in known)


def _region_of(user: User) -> Region | None:
    """The one they say they are from, else the one they are editor of."""
    if user.region:
        return user.region
    scope = user.scopes.exclude(region=None).select_related("region").first()
    return scope.region if scope else None


def _text(text: str, field: str = "text", *, needed: bool = True) -> str:
    told = plain(text)
    if needed and not told:
        raise ValidationError({field: [_("Write something.")]})
    if len(told) > MOST_TEXT:
        raise ValidationError({field: [_("At most %d characters.") % MOST_TEXT]})
    return told
