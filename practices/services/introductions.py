"""Both sides of a match meet through the portal, once both agreed."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.errors import NotAllowed
from practices.match_machine import SENT, Act, IntroductionState
from practices.match_parts import other_side
from practices.models import (
    GoodPractice,
    Introduction,
    MatchMessage,
    MatchProposal,
    MatchRequest,
)
from practices.services.match_moves import introduction_moving, request_moving, text
from practices.services.match_notices import tell_curators, tell_other_side, tell_sides

UNDER_WAY = (IntroductionState.ASKED, IntroductionState.AGREED)


def ask_introduction(
    proposal: MatchProposal, *, by: User, message: str = ""
) -> Introduction:
    """The asker wants to meet the other side of a proposal that a curator sent."""
    about = proposal.label  # the story says to whom
    with request_moving(proposal.request, Act.INTRODUCE, by=by, comment=about):
        row = MatchProposal.objects.select_related("request").get(pk=proposal.pk)
        _offered(row)
        made = Introduction.objects.create(
            proposal=row, message=text(message, "message", needed=False)
        )
    tell_other_side(made, "asked")
    return made


def agree(introduction: Introduction, *, by: User, remark: str = "") -> None:
    """The other side is glad to be introduced: a thread opens."""
    with introduction_moving(introduction, Act.AGREE, by=by) as row:
        _answered(row, by, remark)
        with request_moving(row.request, Act.MEET, by=by, introduction=row) as request:
            row.proposal.request = request
    tell_sides(row, "agreed", but=by, comment=row.remark)


def refuse(introduction: Introduction, *, by: User, remark: str = "") -> None:
    """The other side declines, with a word or without."""
    with introduction_moving(introduction, Act.REFUSE, by=by) as row:
        _answered(row, by, remark)
    tell_sides(row, "refused", but=by, comment=row.remark)


def write(introduction: Introduction, told: str, *, by: User) -> MatchMessage:
    """One message to the other side; the story counts it, and keeps no words."""
    with introduction_moving(introduction, Act.WRITE, by=by) as row:
        said = MatchMessage.objects.create(
            introduction=row, author=by, text=text(told, "text")
        )
    tell_sides(row, "message", but=by, comment=said.text, key=f"message:{said.pk}")
    return said


def report(introduction: Introduction, reason: str, *, by: User) -> None:
    """What was written is not in order: curators may now read the thread."""
    with introduction_moving(introduction, Act.REPORT, by=by, comment=reason) as row:
        row.reported_at, row.reported_by = timezone.now(), by
        row.report = text(reason, "comment")
    tell_curators(row.request, "reported", key=f"reported:{row.pk}:{row.reported_at}")


def settle(introduction: Introduction, *, by: User, comment: str = "") -> None:
    """A curator has looked at a report; the thread is private again."""
    with introduction_moving(introduction, Act.SETTLE, by=by, comment=comment) as row:
        if row.reported_at is None:
            raise NotAllowed(_("Nobody reports this introduction."))
        row.reported_at, row.reported_by = None, None


def end(
    introduction: Introduction,
    *,
    by: User | None,
    comment: str = "",
    what: str = "ended",
) -> None:
    """Either side is done with it, nobody answered, or a curator steps in."""
    with introduction_moving(introduction, Act.END, by=by, comment=comment) as row:
        pass
    tell_sides(row, what, but=by, comment=comment)


def end_all(request: MatchRequest, *, by: User | None) -> None:
    """Those of a request that is closed."""
    rows = Introduction.objects.filter(proposal__request=request, state__in=UNDER_WAY)
    for row in rows.select_related("proposal__request"):
        end(row, by=by, comment=_("The request was closed."))


def _answered(row: Introduction, by: User, remark: str) -> None:
    row.answered_by, row.answered_at = by, timezone.now()
    row.remark = text(remark, "remark", needed=False)


def _offered(proposal: MatchProposal) -> None:
    """Raises unless it is offered, was not asked for, and there is somebody to ask."""
    if proposal.request.state not in SENT or not proposal.is_offered:
        raise NotAllowed(_("This proposal is not offered."))
    if Introduction.objects.filter(proposal=proposal).exists():
        raise ValidationError(_("An introduction to it was asked for already."))
    practice = proposal.practice_id
    if practice and not GoodPractice.objects.public().filter(pk=practice).exists():
        raise NotAllowed(_("This practice is not published any more."))
    if not other_side(proposal):
        raise NotAllowed(_("Nobody of the other side can be asked yet."))
