"""The settings of this app; part of the portal's."""

from typing import Any

from celery.schedules import crontab

BEAT: dict[str, Any] = {
    "publish practices": {"task": "practices.tasks.publish_due", "schedule": 60.0},
    # What the broker lost, or met no scanner.
    "scan uploads": {"task": "practices.tasks.scan_waiting", "schedule": 600.0},
    "look after practices": {
        "task": "practices.tasks.look_after",
        "schedule": crontab(hour=6, minute=10),
    },
}
