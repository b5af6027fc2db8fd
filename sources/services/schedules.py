"""When each source is asked, as rows that an admin may change."""

import hashlib
import json

from django.conf import settings
from django_celery_beat.models import CrontabSchedule, PeriodicTask

TASK = "sources.tasks.fetch"
NIGHT_HOURS = 6


def schedule_fetch(fetcher: str, code: str, *, target: str) -> bool:
    """Give a target its place in the night; False where it has a schedule already.

    Whatever a person changed stays: an existing schedule is not written at all.
    CHECK_EVERY=0 makes none.
    """
    name = f"fetch {target}"
    if not settings.CHECK_EVERY or PeriodicTask.objects.filter(name=name).exists():
        return False
    minute, hour = night_time(target)
    days = "*" if settings.CHECK_EVERY == 1 else f"*/{settings.CHECK_EVERY}"
    when = {
        "minute": str(minute),
        "hour": str(hour),
        "day_of_month": days,
        "month_of_year": "*",
        "day_of_week": "*",
        "timezone": settings.TIME_ZONE,
    }
    crontab = CrontabSchedule.objects.filter(**when).first()
    PeriodicTask.objects.create(
        name=name,
        task=TASK,
        crontab=crontab or CrontabSchedule.objects.create(**when),
        kwargs=json.dumps({"fetcher": fetcher, "code": code}),
        description="Asks the publisher whether it changed, and loads it if so.",
    )
    return True


def night_time(target: str) -> tuple[int, int]:
    """Minute and hour between midnight and six, always the same for a target.

    A digest spreads the targets over the night, so that neither the publisher nor the
    worker meets all of them at once.
    """
    number = int.from_bytes(hashlib.sha256(target.encode()).digest()[:4])
    hour, minute = divmod(number % (NIGHT_HOURS * 60), 60)
    return minute, hour
