"""Sending a run to the workers: a hint, no more; the row says what is to be done."""

import logging
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import KombuError, OperationalError

from sources.models import IngestRun

logger = logging.getLogger(__name__)
TASK = "sources.tasks.work_on_run"


def dispatch(run: IngestRun) -> None:
    """Tell the workers of a queued run. Where the broker is away, the sweep tells them
    later: nothing is raised.
    """
    try:
        current_app.send_task(TASK, args=[run.pk])
    except (KombuError, OperationalError, OSError) as error:
        logger.warning("run %s waits for the broker: %s", run.pk, error)
        return
    IngestRun.objects.filter(pk=run.pk).update(dispatched_at=timezone.now())


def dispatch_due(*, silent_for: float | None = None) -> int:
    """Tell the workers of each queued run that is due and not told of lately.

    ``silent_for`` seconds without a claim count as a lost message.
    """
    seconds = settings.RUN_MESSAGE_LIFE if silent_for is None else silent_for
    now = timezone.now()
    told_long_ago = Q(dispatched_at__isnull=True) | Q(
        dispatched_at__lte=now - timedelta(seconds=seconds)
    )
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    runs = IngestRun.objects.filter(due, told_long_ago, state=IngestRun.State.QUEUED)
    found = list(runs.only("pk").order_by("pk"))
    for run in found:
        dispatch(run)
    return len(found)


def dispatch_next(target: str) -> None:
    """Tell the workers of the run that waited for another of its target to end."""
    waiting = IngestRun.objects.filter(
        target=target, state=IngestRun.State.QUEUED, not_before__isnull=True
    )
    if run := waiting.order_by("pk").first():
        dispatch(run)
