"""What this app holds about a person, and what becomes of it when they leave."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Holding, Rows, register
from practices.models import (
    Adoption,
    Authorship,
    ExpertOpinion,
    FieldComment,
    Interest,
    Invitation,
    Question,
    Review,
    StateChange,
)
from practices.services.authors import forget_author

GOES = _("is deleted")
STAYS = _("stays, as the work of a former member")


def register_all() -> None:
    for holding in HOLDINGS:
        register(holding)


def _rows(found: Any, fields: tuple[str, ...]) -> Rows:
    return [dict(row) for row in found.values(*fields)]


def _practices(user: User) -> Rows:
    fields = ("practice__title", "practice__stage", "role", "since")
    return _rows(Authorship.objects.filter(user=user), fields)


def _steps(user: User) -> Rows:
    fields = ("practice__title", "action", "role", "comment", "at")
    return _rows(StateChange.objects.filter(who=user), fields)


def _reviews(user: User) -> Rows:
    fields = ("practice__title", "step", "outcome", "remark", "decided_at")
    return _rows(Review.objects.filter(reviewer=user), fields)


def _comments(user: User) -> Rows:
    fields = ("practice__title", "field", "text", "said_at")
    return _rows(FieldComment.objects.filter(said_by=user), fields)


def _opinions(user: User) -> Rows:
    fields = ("practice__title", "name", "role", "text", "signed_on")
    return _rows(ExpertOpinion.objects.filter(expert=user), fields)


def _questions(user: User) -> Rows:
    fields = ("practice__title", "text", "answer", "created_at")
    return _rows(Question.objects.filter(user=user), fields)


def _interests(user: User) -> Rows:
    fields = ("practice__title", "message", "created_at")
    return _rows(Interest.objects.filter(user=user), fields)


def _adoptions(user: User) -> Rows:
    fields = ("practice__title", "region__code", "year", "changes", "outcome")
    return _rows(Adoption.objects.filter(told_by=user), fields)


def _invitations(user: User) -> Rows:
    fields = ("practice__title", "created_at", "accepted_at")
    return _rows(Invitation.objects.filter(email=user.email.lower()), fields)


def _drop_interests(user: User) -> object:
    return Interest.objects.filter(user=user).delete()


HOLDINGS = [
    Holding(
        "practices",
        _("Good practices you wrote"),
        _("stay, but drafts of yours alone are deleted"),
        _practices,
        forget_author,
    ),
    Holding("practice_steps", _("What you did with practices"), STAYS, _steps),
    Holding("practice_reviews", _("Reviews"), STAYS, _reviews),
    Holding("practice_comments", _("Comments at fields"), STAYS, _comments),
    Holding(
        "practice_opinions",
        _("Opinions you signed"),
        _("stay, with the name you signed"),
        _opinions,
    ),
    Holding("practice_questions", _("Questions you asked"), STAYS, _questions),
    Holding(
        "practice_interests", _("Your interest"), GOES, _interests, _drop_interests
    ),
    Holding("practice_adoptions", _("Adoptions you told of"), STAYS, _adoptions),
    Holding("practice_invitations", _("Invitations to write"), GOES, _invitations),
]
