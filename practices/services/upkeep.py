"""What the portal does by itself: asks again, reminds, marks what nobody confirms."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.actors import actors_of
from practices.content.fields import MOST_TEXT, plain
from practices.errors import NotAllowed
from practices.machine import Actor
from practices.models import GoodPractice, Reconfirmation, Review
from practices.services.notices import (
    CONFIRM,
    authors_of,
    curators,
    tell,
    tell_reviewers,
)
from practices.services.work import locked

EVERY = timedelta(days=730)  # 24 months
ANSWER_IN = timedelta(days=42)
REMIND_BEFORE = timedelta(days=14)


def request_due_reconfirmations() -> int:
    """Ask the authors of whatever was not confirmed for 24 months; how many."""
    before = timezone.localdate() - EVERY
    asked = GoodPractice.objects.public().filter(authorships__isnull=False)
    old = Q(confirmed_at__lt=before) | Q(confirmed_at__isnull=True)
    due = asked.filter(old, is_lapsed=False).exclude(reconfirmations__outcome="")
    practices = list(due.distinct())
    for practice in practices:
        request_reconfirmation(practice)
    return len(practices)


@transaction.atomic
def request_reconfirmation(practice: GoodPractice) -> Reconfirmation:
    """Still running? With what results? One question at a time is open."""
    row = locked(practice, None)
    asked = row.reconfirmations.open().first()
    if asked is None:
        due = timezone.localdate() + ANSWER_IN
        asked = Reconfirmation.objects.create(practice=row, due=due)
        _ask(asked)
    return asked


@transaction.atomic
def reconfirm(
    practice: GoodPractice, *, by: User, is_running: bool, results: str = ""
) -> Reconfirmation:
    """An author answers, asked or not; a practice that lapsed is confirmed again."""
    row = locked(practice, None)
    if not actors_of(by, row) & {Actor.LEAD, Actor.CO_AUTHOR}:
        raise NotAllowed(_("This is for the authors of the practice."), is_ever=False)
    if not row.is_public:
        raise NotAllowed(_("This practice is not published."))
    asked = row.reconfirmations.open().first()
    asked = asked or Reconfirmation(practice=row, due=timezone.localdate())
    outcomes = Reconfirmation.Outcome
    asked.outcome = outcomes.RUNNING if is_running else outcomes.ENDED
    asked.answered_at, asked.answered_by = timezone.now(), by
    asked.results = plain(results)[:MOST_TEXT]
    asked.save()
    GoodPractice.objects.filter(pk=row.pk).update(
        confirmed_at=timezone.localdate(), is_lapsed=False
    )
    return asked


def lapse_overdue() -> int:
    """Mark as not re-confirmed what nobody answered for in time; how many."""
    overdue = list(Reconfirmation.objects.overdue(timezone.localdate()))
    for asked in overdue:
        _lapse(asked)
    return len(overdue)


def remind() -> int:
    """Reviewers who are late, and authors whose time to confirm is nearly up; once."""
    today = timezone.localdate()
    reviews = Review.objects.overdue(today).filter(reminded_at__isnull=True)
    late = list(reviews.select_related("practice", "reviewer"))
    for review in late:
        tell_reviewers(review, is_reminder=True)
    soon = list(_nearly_due(today))
    for asked in soon:
        _ask(asked, is_reminder=True)
    now = timezone.now()
    Review.objects.filter(pk__in=[r.pk for r in late]).update(reminded_at=now)
    Reconfirmation.objects.filter(pk__in=[r.pk for r in soon]).update(reminded_at=now)
    return len(late) + len(soon)


def _nearly_due(today: date) -> list[Reconfirmation]:
    soon = Reconfirmation.objects.open().filter(
        due__lte=today + REMIND_BEFORE, due__gte=today, reminded_at__isnull=True
    )
    return list(soon.select_related("practice"))


@transaction.atomic
def _lapse(asked: Reconfirmation) -> None:
    row = locked(asked.practice, None)
    still = Reconfirmation.objects.open().filter(pk=asked.pk)
    if still.update(outcome=Reconfirmation.Outcome.LAPSED):
        GoodPractice.objects.filter(pk=row.pk).update(is_lapsed=True)
        for people, page in (
            (authors_of(row), "practices:confirm"),
            (curators(), "practices:review-confirmations"),
        ):
            tell(row, CONFIRM, people, page=page, key=f"confirm:{asked.pk}:lapsed",
                 what="lapsed", asked=asked)  # fmt: skip


def _ask(asked: Reconfirmation, *, is_reminder: bool = False) -> None:
    what = "reminder" if is_reminder else "asked"
    tell(
        asked.practice,
        CONFIRM,
        authors_of(asked.practice),
        page="practices:confirm",
        key=f"confirm:{asked.pk}:{what}",
        what=what,
        asked=asked,
    )
