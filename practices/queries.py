"""Who has what to do: the review queue, and the practices of an author."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Scope, User
from practices.actors import is_curator
from practices.models import Authorship, GoodPractice, GoodPracticeQuerySet, Review

STEPS = Review.Step


def review_queue(user: User) -> QuerySet[Review]:
    """Open steps they may take or have taken, the most urgent first; two statements.

    Their own practices are left out; other ties are asked for one by one
    (``actors.ties_of``), when a practice is opened.
    """
    own = Authorship.objects.filter(user=user, practice=OuterRef("practice"))
    return (
        Review.objects.open()
        .filter(_theirs(user) | Q(reviewer=user))
        .filter(~Exists(own))
        .select_related("practice", "practice__organisation", "reviewer")
        .order_by("due", "id")
        .distinct()
    )


def practices_of(user: User) -> GoodPracticeQuerySet:
    """What they write, the latest change first; one statement.

    ``role`` is theirs; ``open_comments``, ``open_questions`` and ``open_adoptions``
    count what waits for the authors.
    """
    return (
        GoodPractice.objects.written_by(user)
        .annotate(
            role=_role_of(user),
            open_comments=_count("comments", Q(comments__resolved_at__isnull=True)),
            open_questions=_count(
                "questions", Q(questions__answer="", questions__is_held=False)
            ),
            open_adoptions=_count("adoptions", Q(adoptions__state="waiting")),
        )
        .order_by("-updated_at", "-pk")
    )


def _theirs(user: User) -> Q:
    """Steps that their roles let them take."""
    if is_curator(user):
        return Q(pk__isnull=False)  # an empty Q would be dropped beside another
    wanted = Q(pk__in=[])
    for scope in user.scopes.select_related("region"):
        if scope.role == Scope.Role.EXPERT:
            step = Q(step=STEPS.SUBSTANCE)
            if scope.region:
                code = scope.region.code
                step &= Q(practice__regions__code__startswith=code)
            wanted |= step
        elif scope.role == Scope.Role.SECRETARIAT:
            slug = scope.programme_code
            wanted |= Q(step=STEPS.COMPLETENESS) & (
                Q(practice__programme__slug=slug)
                | Q(practice__project__programme__slug=slug)
            )
    return wanted


def _count(name: str, which: Q) -> Any:
    return Count(name, filter=which, distinct=True)


def _role_of(user: User) -> Any:
    seat = Authorship.objects.filter(user=user, practice=OuterRef("pk"))
    return Subquery(seat.values("role")[:1])
