"""Celery tasks of this app: an id in, the work done by the services."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from accounts.services import mails


@shared_task(  # type: ignore[untyped-decorator]  # Celery has no types
    ignore_result=True,
    # SMTPException is an OSError: a mail server that is away is asked again.
    autoretry_for=(OSError, OperationalError, InterfaceError),
    retry_backoff=30,
    retry_backoff_max=1800,
    retry_jitter=True,
    max_retries=8,
)
def mail_notice(pk: int) -> None:
    """Mail one notice, if nobody has yet."""
    mails.mail_notice(pk)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def mail_waiting() -> None:
    """Mail what was lost on its way to the workers, every ten minutes."""
    mails.mail_overdue()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def mail_digests() -> None:
    """The mails of the day."""
    mails.mail_digests()
