"""What becomes of match requests by themselves: proposed for, asked about, closed."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from practices.models import Introduction, MatchRequest
from practices.services.introductions import end
from practices.services.match_notices import tell_asker, tell_other_side
from practices.services.matching import close_match, propose

SILENCE = timedelta(days=30)
ANSWER_IN = timedelta(days=14)


def look_after_matches() -> None:
    """Once a day."""
    propose_again()
    remind_other_sides()
    end_unanswered()
    ask_if_wanted()
    close_silent()


def propose_again() -> int:
    """For requests that found nothing: there may be new records; how many did now."""
    waiting = MatchRequest.objects.filter(state="open").select_related(
        "region", "domain__parent"
    )
    return sum(1 for request in waiting if propose(request))


def remind_other_sides() -> int:
    """Of introductions that nobody answered for 30 days; once."""
    rows = _unanswered().filter(
        asked_at__lt=timezone.now() - SILENCE, reminded_at__isnull=True
    )
    late = list(rows)
    for row in late:
        tell_other_side(row, "reminder")
        Introduction.objects.filter(pk=row.pk).update(reminded_at=timezone.now())
    return len(late)


def end_unanswered() -> int:
    """Reminded, and still not answered two weeks later: the asker is told."""
    late = list(_unanswered().filter(reminded_at__lt=timezone.now() - ANSWER_IN))
    for row in late:
        end(row, by=None, what="unanswered")
    return len(late)


def ask_if_wanted() -> int:
    """Askers whose request nobody touched for 30 days; once each time."""
    silent = MatchRequest.objects.sent().filter(
        touched_at__lt=timezone.now() - SILENCE, silence_asked_at__isnull=True
    )
    rows = list(silent.select_related("user"))
    for row in rows:
        asked = timezone.now()
        tell_asker(row, "silent", key=f"silent:{_day(asked)}")
        MatchRequest.objects.filter(pk=row.pk).update(silence_asked_at=asked)
    return len(rows)


def close_silent() -> int:
    """Asked, and nothing was done for two more weeks."""
    before = timezone.now() - ANSWER_IN
    rows = list(MatchRequest.objects.sent().filter(silence_asked_at__lt=before))
    for row in rows:
        close_match(row, by=None)
    return len(rows)


def _unanswered() -> QuerySet[Introduction]:
    rows = Introduction.objects.waiting()
    return rows.select_related(
        "proposal__request__user", "proposal__practice", "proposal__region"
    )


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
