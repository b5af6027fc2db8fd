"""What the page of a run shows of where its work stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.models import IngestRun

STAGES = {
    "asking": gettext_lazy("Asking the publisher"),
    "fetching": gettext_lazy("Fetching"),
    "comparing": gettext_lazy("Comparing with what is held"),
    "reading": gettext_lazy("Reading"),
    "switching": gettext_lazy("Making it count"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Texts and numbers of a run under way; ``percent`` is None where unknown."""

    state: str
    stage: str
    percent: int | None
    count: str
    rate: str
    elapsed: str

    def as_json(self) -> dict[str, Any]:
        """For the page's script: the words are the page's own."""
        return {
            name: getattr(self, name)
            for name in ("state", "stage", "percent", "count", "rate", "elapsed")
        }


def standing(run: IngestRun) -> Standing:
    """Where the run stands now, or stood when it ended."""
    stage = str(STAGES.get(run.stage, run.stage))
    seconds = _seconds(run.stage_started_at, run)
    return Standing(
        state=run.state,
        stage=stage,
        percent=min(100, run.done * 100 // run.total) if run.total else None,
        count=_count(run),
        rate=_rate(run, seconds),
        elapsed=_duration(_seconds(run.started_at, run)),
    )


def _seconds(since: datetime | None, run: IngestRun) -> float:
    if since is None:
        return 0.0
    return max(0.0, ((run.finished_at or timezone.now()) - since).total_seconds())


def _count(run: IngestRun) -> str:
    """Rows where the stage reads rows, else bytes."""
    if run.read:
        text = ngettext("%(n)s row", "%(n)s rows", run.read)
        return text % {"n": f"{run.read:,}"}
    return _("%(n)s MB") % {"n": f"{run.done / 1e6:,.1f}"} if run.done else ""


def _rate(run: IngestRun, seconds: float) -> str:
    if not run.done or seconds < 1:
        return ""
    if run.read:
        return _("%(n)s rows/s") % {"n": f"{run.read / seconds:,.0f}"}
    return _("%(n)s MB/s") % {"n": f"{run.done / 1e6 / seconds:,.1f}"}


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return _("%(s)d s") % {"s": rest}
    return _("%(m)d min %(s)d s") % {"m": minutes, "s": rest}
