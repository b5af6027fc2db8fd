"""The curators' pages of match requests: what they show and what they do."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.match_acts import Deed, Sent, number
from dashboards.match_forms import region_choices
from dashboards.match_page import proposed, story
from practices.match_machine import SENT, UNDONE
from practices.match_parts import shown_name
from practices.models import GoodPractice, Introduction, MatchRequest
from practices.services import introductions, matching
from regions.models import Region
from regions.text import fold

ON_PAGE = 50
MOST_FOUND = 10


def waiting_matches() -> int:
    """How many requests want a curator: to be completed, or reported."""
    undone = MatchRequest.objects.undone()
    return (undone | MatchRequest.objects.reported()).distinct().count()


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """The number of statements does not grow with the requests."""
    rows = (
        MatchRequest.objects.live()
        .select_related("region", "domain", "user")
        .annotate(
            offered=Count("proposals", filter=Q(proposals__is_offered=True)),
            reports=Count(
                "proposals",
                filter=Q(proposals__introduction__reported_at__isnull=False),
            ),
        )
    )
    waiting = rows.filter(Q(state__in=sorted(UNDONE)) | Q(reports__gt=0))
    page = Paginator(
        rows.filter(state__in=sorted(SENT), reports=0).order_by("-touched_at", "-pk"),
        ON_PAGE,
    ).get_page(request.GET.get("page"))
    return {
        "waiting": waiting.order_by("asked_at", "pk"),
        "page": page,
        "shown_pages": page.paginator.get_elided_page_range(page.number),
    }


def desk_context(match: MatchRequest, words: str) -> dict[str, Any]:
    """``words`` look for practices to add; threads only where one is reported."""
    reported = Introduction.objects.reported().filter(proposal__request=match)
    return {
        "match": match,
        "asker": shown_name(match.user),
        **proposed(match, only_offered=False),
        "story": story(match, with_names=True),
        "region_choices": region_choices(),
        "words": words,
        "found": _found(match, words),
        "threads": [_thread(row) for row in reported.select_related("proposal")],
    }


def _found(match: MatchRequest, words: str) -> list[GoodPractice]:
    wanted = fold(words).split()
    if not wanted:
        return []
    rows = GoodPractice.objects.public().exclude(
        pk__in=match.proposals.filter(practice__isnull=False).values("practice")
    )
    for word in wanted:
        rows = rows.filter(search_text__contains=word)
    return list(rows.prefetch_related("regions").order_by("title")[:MOST_FOUND])


def _thread(row: Introduction) -> dict[str, Any]:
    said = row.messages.select_related("author")
    return {"row": row, "messages": [(m, shown_name(m.author)) for m in said]}


def _arrange(match: MatchRequest, user: Any, sent: Sent) -> None:
    proposal = match.proposals.filter(pk=number(sent, "proposal")).first()
    if proposal is None:
        raise ValidationError(_("Choose a proposal."))
    note, is_offered = sent.get("note", ""), sent.get("offered") == "yes"
    matching.arrange_proposal(proposal, by=user, is_offered=is_offered, note=note)


def _add_region(match: MatchRequest, user: Any, sent: Sent) -> None:
    region = Region.objects.current().filter(code=sent.get("region", "")).first()
    if region is None:
        raise ValidationError(_("Choose a region to add."))
    matching.add_proposal(match, by=user, region=region, note=sent.get("note", ""))


def _add_practice(match: MatchRequest, user: Any, sent: Sent) -> None:
    found = GoodPractice.objects.public().filter(pk=number(sent, "practice")).first()
    if found is None:
        raise ValidationError(_("Choose a practice to add."))
    matching.add_proposal(match, by=user, practice=found, note=sent.get("note", ""))


def _complete(match: MatchRequest, user: Any, sent: Sent) -> None:
    matching.complete_match(match, by=user, comment=sent.get("comment", ""))


def _decline(match: MatchRequest, user: Any, sent: Sent) -> None:
    matching.decline_match(match, by=user, comment=sent.get("comment", ""))


def _close(match: MatchRequest, user: Any, sent: Sent) -> None:
    matching.close_match(match, by=user, comment=sent.get("comment", ""))


def _settle(match: MatchRequest, user: Any, sent: Sent) -> None:
    introductions.settle(
        _reported(match, sent), by=user, comment=sent.get("comment", "")
    )


def _end(match: MatchRequest, user: Any, sent: Sent) -> None:
    introductions.end(_reported(match, sent), by=user, comment=sent.get("comment", ""))


def _reported(match: MatchRequest, sent: Sent) -> Introduction:
    rows = Introduction.objects.reported().filter(proposal__request=match)
    found = rows.filter(pk=number(sent, "introduction")).first()
    if found is None:
        raise ValidationError(_("This report was looked at already."))
    return found


DEEDS = {
    "arrange": Deed(_arrange, gettext_lazy("The proposal is kept.")),
    "add_region": Deed(_add_region, gettext_lazy("The region is added.")),
    "add_practice": Deed(_add_practice, gettext_lazy("The practice is added.")),
    "complete": Deed(_complete, gettext_lazy("Sent: who asked was told.")),
    "decline": Deed(_decline, gettext_lazy("Declined: who asked was told.")),
    "close": Deed(_close, gettext_lazy("The request is closed.")),
    "settle": Deed(_settle, gettext_lazy("The report is settled.")),
    "end": Deed(_end, gettext_lazy("The introduction is ended.")),
}
