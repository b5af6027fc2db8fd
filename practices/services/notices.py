"""Who is told what; kinds are registered when the app starts."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.notice_kinds import NoticeKind, register
from accounts.notices import notify
from practices.models import GoodPractice, Review

STATE = NoticeKind("practice-state", _("a practice of yours has moved on"))
REVIEW = NoticeKind("practice-review", _("a practice waits for your review"))
HEARD = NoticeKind("practice-heard", _("somebody asks about a practice of yours"))
ANSWER = NoticeKind("practice-answer", _("your question was answered"))
ADOPTION = NoticeKind("practice-adoption", _("a region adopted a practice"))
CONFIRM = NoticeKind("practice-confirm", _("a practice of yours wants confirming"))
KINDS = (STATE, REVIEW, HEARD, ANSWER, ADOPTION, CONFIRM)


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)


def tell(
    practice: GoodPractice,
    kind: NoticeKind,
    people: Iterable[User],
    *,
    page: str = "practices:work",
    key: str = "",
    **context: Any,
) -> None:
    """Tell each once under the key; ``page`` is where they can act, by its name."""
    notify(
        people,
        kind.name,
        {"practice": practice, **context},
        link=_address(page, practice),
        key=f"practice:{practice.pk}:{key}" if key else "",
    )


def tell_authors(practice: GoodPractice, what: str, *, comment: str = "") -> None:
    """That their practice has moved on; once for each revision."""
    tell(
        practice,
        STATE,
        authors_of(practice),
        key=f"{what}:{practice.revision}",
        what=what,
        comment=comment,
    )


def tell_reviewers(review: Review, *, is_reminder: bool = False) -> None:
    """The reviewer, else all who could take the step."""
    people = [review.reviewer] if review.reviewer else reviewers_for(review)
    again = f":{review.due}" if is_reminder else ""
    tell(
        review.practice,
        REVIEW,
        people,
        page="practices:review",
        key=f"review:{review.pk}{again}:{'late' if is_reminder else 'new'}",
        review=review,
        is_reminder=is_reminder,
    )


def authors_of(practice: GoodPractice) -> list[User]:
    return list(User.objects.filter(authorships__practice=practice, is_active=True))


def curators() -> list[User]:
    wanted = Q(scopes__role=Scope.Role.CURATOR)
    return list(User.objects.filter(wanted, is_active=True).distinct())


def reviewers_for(review: Review) -> list[User]:
    """Curators for completeness; for substance experts, but none who wrote it."""
    if review.step == Review.Step.COMPLETENESS:
        return curators()
    places = [code[:n] for code in _codes(review.practice) for n in (2, 3, 4, 5)]
    reach = Q(scopes__region__isnull=True) | Q(scopes__region__code__in=places)
    experts = User.objects.filter(
        Q(scopes__role=Scope.Role.EXPERT) & reach, is_active=True
    )
    return list(experts.exclude(authorships__practice=review.practice).distinct())


def _codes(practice: GoodPractice) -> list[str]:
    return list(practice.regions.values_list("code", flat=True))


def _address(page: str, practice: GoodPractice) -> str:
    """A page of the practice, or a list; none where it runs without those pages."""
    for args in ([practice.slug], []):
        try:
            return reverse(page, args=args)
        except NoReverseMatch:
            continue
    return ""
