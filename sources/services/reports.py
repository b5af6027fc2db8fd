"""Taking in what readers report as wrong."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string

from sources.reports import ErrorReport

logger = logging.getLogger(__name__)


def take_in(
    record: models.Model | None, *, label: str, address: str, **said: str
) -> ErrorReport:
    """Keep the report and tell the curators; ``said`` are field, message, contact."""
    report = ErrorReport(label=label, address=address, **said)
    if record is not None:
        report.record = record
    report.save()
    transaction.on_commit(lambda: _tell(report))
    return report


def _tell(report: ErrorReport) -> None:
    """A mail server that is away costs no report: it waits on the curators' desk."""
    if not settings.INGEST_MAIL:
        return
    # A subject is one line, whatever a record is called.
    about = " ".join(report.label.split())
    try:
        send_mail(
            subject=f"[s3portal] {about}",
            message=render_to_string("reports/report_mail.txt", {"report": report}),
            from_email=None,
            recipient_list=settings.INGEST_MAIL,
        )
    except OSError as error:  # SMTPException is one
        logger.warning("no e-mail about report %d: %s", report.pk, error)
