"""The app's block of the settings."""

from typing import Any

from celery.schedules import crontab

BEAT: dict[str, Any] = {
    "find duplicate organisations": {
        "task": "desk.tasks.find_duplicates",
        "schedule": crontab(hour=3, minute=20),
    },
    # Every night a part: each address is due once in LINK_CHECK_DAYS days.
    "check links": {
        "task": "desk.tasks.check_links",
        "schedule": crontab(hour=2, minute=10),
    },
}
