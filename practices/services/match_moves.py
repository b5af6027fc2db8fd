"""The one way from state to state of requests and introductions, with its story."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.content.fields import MOST_TEXT, plain
from practices.errors import NotAllowed
from practices.match_machine import (
    Act,
    IntroductionState,
    Part,
    RequestState,
    introduction_rule,
    is_ever,
    request_rule,
)
from practices.match_parts import parts_of
from practices.models import Introduction, MatchRequest, MatchStep
from practices.services.work import person


@contextmanager
def request_moving(
    request: MatchRequest,
    act: Act,
    *,
    by: Any,
    comment: str = "",
    introduction: Introduction | None = None,
) -> Iterator[MatchRequest]:
    """One transaction around a step: gives the locked row, then moves and tells it.

    ``by`` is a user, or None for the portal itself. ``NotAllowed`` where the table
    forbids it, ``ValidationError`` where a reason is wanting.
    """
    with transaction.atomic():
        row = MatchRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        before = RequestState(row.state)
        parts = parts_of(by, row, introduction)
        rule = request_rule(act, before, parts)
        if rule is None:
            raise _refused(act, parts, row.get_state_display())
        said = text(comment, "comment", needed=rule.is_told)
        yield row
        row.state = rule.target or before
        row.save()
        _touch(row)
        _tell_story(
            row, introduction, act, (before, row.state), by, parts & rule.who, said
        )


@contextmanager
def introduction_moving(
    introduction: Introduction, act: Act, *, by: Any, comment: str = ""
) -> Iterator[Introduction]:
    """The same for an introduction; its request is locked with it."""
    with transaction.atomic():
        request = MatchRequest.objects.select_for_update(of=("self",)).get(
            pk=introduction.proposal.request_id
        )
        row = Introduction.objects.select_related("proposal").get(pk=introduction.pk)
        row.proposal.request = request
        before = IntroductionState(row.state)
        parts = parts_of(by, request, row)
        rule = introduction_rule(act, before, parts)
        if rule is None:
            raise _refused(act, parts, row.get_state_display())
        said = text(comment, "comment", needed=rule.is_told)
        yield row
        row.state = rule.target or before
        row.save()
        _touch(request)
        _tell_story(request, row, act, (before, row.state), by, parts & rule.who, said)


def text(told: str, field: str, *, needed: bool = True) -> str:
    """Without controls, and not too long; ValidationError by field."""
    found = plain(told)
    if needed and not found:
        raise ValidationError({field: [_("Write something.")]})
    if len(found) > MOST_TEXT:
        raise ValidationError({field: [_("At most %d characters.") % MOST_TEXT]})
    return found


def _touch(request: MatchRequest) -> None:
    """Something was done: the time of silence begins anew."""
    # These columns alone: steps within a step must not undo one another.
    request.touched_at, request.silence_asked_at = timezone.now(), None
    request.save(update_fields=["touched_at", "silence_asked_at"])


def _tell_story(
    request: MatchRequest,
    introduction: Introduction | None,
    act: Act,
    states: tuple[str, str],
    by: Any,
    parts: frozenset[Part],
    comment: str,
) -> None:
    MatchStep.objects.create(
        request=request,
        introduction=introduction,
        act=act,
        from_state=states[0],
        to_state=states[1],
        who=person(by),
        part=min(parts),
        comment=comment,
    )


def _refused(act: Act, parts: frozenset[Part], state: str) -> NotAllowed:
    is_theirs = is_ever(act, parts)
    said = (
        _("This cannot be done now: it is “%(state)s”.") % {"state": state}
        if is_theirs
        else _("This is not yours to do.")
    )
    return NotAllowed(said, is_ever=is_theirs)
