"""Publishing, and what leads there: each step one transaction, told in the history."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.curation import Curated, Publication, Publishable
from sources.gate import stops

logger = logging.getLogger(__name__)
REASON_LENGTH = 100
M = TypeVar("M", bound=Model)


class Step(StrEnum):
    SUBMIT = "submit"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"


P = Publication
# From which states a step leads to which.
STEPS: dict[Step, tuple[frozenset[str], Publication]] = {
    Step.SUBMIT: (frozenset({P.DRAFT}), P.IN_REVIEW),
    Step.PUBLISH: (frozenset({P.DRAFT, P.IN_REVIEW, P.SCHEDULED}), P.PUBLISHED),
    Step.SCHEDULE: (frozenset({P.DRAFT, P.IN_REVIEW, P.SCHEDULED}), P.SCHEDULED),
    Step.WITHDRAW: (frozenset(P) - {P.DRAFT}, P.DRAFT),
    Step.ARCHIVE: (frozenset(P) - {P.ARCHIVED}, P.ARCHIVED),
}
GATED = frozenset({Step.PUBLISH, Step.SCHEDULE})


@dataclass
class StepError(Exception):
    """The step is not to be had; ``reasons`` are sentences for the person."""

    reasons: list[str]

    def __str__(self) -> str:
        return " ".join(self.reasons)


def steps_for(record: Publishable) -> list[Step]:
    return [step for step, (start, _end) in STEPS.items() if record.state in start]


@transaction.atomic
def take_step(
    record: Publishable, step: Step, *, reason: str = "", at: datetime | None = None
) -> Publishable:
    """The record as it is now, after the step; raises ``StepError``.

    ``at`` is when a scheduled record shall be published, in the future.
    """
    held = _locked(type(record), record.pk)
    _refuse(held, step, at)
    held.state = STEPS[step][1]
    held.publish_at = at if step is Step.SCHEDULE else None
    if step is Step.PUBLISH and isinstance(held, Curated):
        held.publish_parts()
    save(held, _told(step, reason))
    return held


def publish_due() -> int:
    """Publish every scheduled record whose time has come; how many.

    Each in a transaction of its own. One that may not be published any more goes
    back to review, and its history says why.
    """
    return sum(
        _publish_due(model, pk)
        for model in _publishable()
        for pk in list(model._default_manager.due().values_list("pk", flat=True))  # type: ignore[attr-defined]
    )


def save(record: Publishable, reason: str) -> None:
    record._change_reason = reason[:REASON_LENGTH]  # type: ignore[attr-defined]  # simple-history's
    record.save()


def _publishable() -> Iterable[type[Publishable]]:
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


@transaction.atomic
def _publish_due(model: type[Publishable], pk: Any) -> bool:
    record = _locked(model, pk)
    if record.state != P.SCHEDULED or (record.publish_at or _never()) > timezone.now():
        return False  # somebody was quicker
    refused = [str(stop.says) for stop in stops(record)]
    if refused:
        record.state, record.publish_at = P.IN_REVIEW, None
        save(record, f"not published as scheduled: {refused[0]}")
        logger.warning("%s %s was not published: %s", model.__name__, pk, refused[0])
        return False
    record.state = P.PUBLISHED
    if isinstance(record, Curated):
        record.publish_parts()
    save(record, "scheduled publication")
    return True


def _never() -> datetime:
    return datetime.max.replace(tzinfo=timezone.get_current_timezone())


def _locked(model: type[M], pk: Any) -> M:
    found: M = model._default_manager.select_for_update().get(pk=pk)
    return found


def _refuse(record: Publishable, step: Step, at: datetime | None) -> None:
    if record.state not in STEPS[step][0]:
        state = record.get_state_display()
        text = _("It is “%(state)s” by now. Look at it again.") % {"state": state}
        raise StepError([text])
    if step is Step.SCHEDULE and (at is None or at <= timezone.now()):
        raise StepError([_("Give a day and a time that is still to come.")])
    if step in GATED and (found := stops(record)):
        raise StepError([str(stop.says) for stop in found])


def _told(step: Step, reason: str) -> str:
    return f"{step}: {reason}" if reason else str(step)
