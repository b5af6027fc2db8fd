"""Celery tasks of this app: the work is done by the services."""

from celery import shared_task

from watches import services
from watches.webhooks import messages, sending

# Seconds in which an endpoint must have answered, whatever it drips meanwhile.
PATIENCE = 60


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def tell(frequency: str) -> None:
    """Digests of what is watched daily or weekly."""
    services.tell(frequency)


@shared_task(  # type: ignore[untyped-decorator]  # as above
    ignore_result=True, soft_time_limit=PATIENCE, time_limit=PATIENCE + 30
)
def deliver(pk: int) -> None:
    """Send one message to its endpoint."""
    sending.deliver(pk)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def deliver_due() -> None:
    """Ask for every message whose time has come."""
    for pk in sending.due():
        deliver.delay(pk)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def forget_messages() -> None:
    """The log of webhooks reaches back 90 days."""
    messages.forget_old()
