"""Runs: asked for, worked on under a lease, swept up, their story told."""

from sources.services.conclusion import KEPT_REJECTIONS
from sources.services.lease import settle, start_run
from sources.services.runs import (
    RunRefused,
    cancel_run,
    confirm_run,
    discard_run,
    queue_run,
    repeat_run,
)
from sources.services.sweep import sweep
from sources.services.work import execute, recorded_run, run_now, working_on

__all__ = [
    "KEPT_REJECTIONS",
    "RunRefused",
    "cancel_run",
    "confirm_run",
    "discard_run",
    "execute",
    "queue_run",
    "recorded_run",
    "repeat_run",
    "run_now",
    "settle",
    "start_run",
    "sweep",
    "working_on",
]
