"""Telling people, once, that a run waits for them."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils import timezone

from sources.models import IngestRun

logger = logging.getLogger(__name__)


def is_news(run: IngestRun, fault: str) -> bool:
    """False where people were told of this fault and nothing has worked since.

    What may work is the same target, and for a publisher that does not answer any run
    of the same fetcher: the digest of such a fault is not the target's.
    """
    told = IngestRun.objects.filter(fault=fault).filter(
        Q(notified_at__isnull=False) | Q(is_mail_due=True)
    )
    if not told.exists():
        return True
    same = Q(target=run.target)
    if told.exclude(target=run.target).exists():
        same |= Q(fetcher=run.fetcher)
    worked = IngestRun.objects.good().filter(same).aggregate(at=Max("finished_at"))
    return bool(worked["at"] and not told.filter(finished_at__gt=worked["at"]).exists())


def send_due_mail() -> int:
    """One e-mail about all runs that wait for a person and were not told of yet.

    Each is claimed before the e-mail goes out: two workers never tell of one run. Where
    the mail server is away, the next sweep tries again. Returns the number of runs.
    """
    runs = _claim_due()
    if not runs or not settings.INGEST_MAIL:
        return 0
    try:
        send_mail(
            subject=_subject(runs),
            message=render_to_string("sources/run_mail.txt", {"runs": runs}),
            from_email=None,
            recipient_list=settings.INGEST_MAIL,
        )
    except OSError as error:  # SMTPException is one
        logger.warning("no e-mail about %d runs: %s", len(runs), error)
        _mark([run.pk for run in runs], is_mail_due=True, notified_at=None)
        return 0
    return len(runs)


def _claim_due() -> list[IngestRun]:
    with transaction.atomic():
        due = IngestRun.objects.select_for_update().filter(is_mail_due=True)
        runs = list(due.order_by("pk"))
        _mark([run.pk for run in runs], is_mail_due=False, notified_at=timezone.now())
    return runs


def _mark(pks: list[int], **fields: object) -> None:
    if pks:
        IngestRun.objects.filter(pk__in=pks).update(**fields)


def _subject(runs: list[IngestRun]) -> str:
    first = runs[0]
    more = f" and {len(runs) - 1} more" if len(runs) > 1 else ""
    return f"[s3portal] {first.target}: {first.get_state_display()}{more}"
