"""The settings of this app; part of the portal's."""

from typing import Any

from celery.schedules import crontab

BEAT: dict[str, Any] = {
    "daily digests of watches": {
        "task": "watches.tasks.tell",
        "args": ["daily"],
        "schedule": crontab(hour="5", minute="40"),
    },
    "weekly digests of watches": {
        "task": "watches.tasks.tell",
        "args": ["weekly"],
        "schedule": crontab(hour="5", minute="50", day_of_week="mon"),
    },
    # Repetitions, and what the broker lost.
    "send webhook messages": {
        "task": "watches.tasks.deliver_due",
        "schedule": 120.0,
    },
    "forget old webhook messages": {
        "task": "watches.tasks.forget_messages",
        "schedule": crontab(hour="4", minute="30"),
    },
}
