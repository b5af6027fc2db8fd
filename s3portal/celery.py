"""The Celery application: Redis in production, a file queue by default."""

import os
from typing import Any

import django
from celery import Celery
from celery.loaders.app import AppLoader
from celery.signals import setup_logging, worker_process_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from s3portal import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")
WORKER_NICENESS = 10  # of 19; the web processes have 0


class Loader(AppLoader):  # type: ignore[misc]  # Celery has no types
    """Worker and beat end with one sentence where they cannot work."""

    def config_from_object(self, obj: Any, silent: bool = False) -> bool:
        startup.load_settings()
        return bool(super().config_from_object(obj, silent=silent))

    def on_worker_init(self) -> None:
        with startup.plain_faults():
            django.setup()
            startup.require_services()
        super().on_worker_init()


@setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def use_the_portals_logs(**_: Any) -> None:
    """Celery keeps its hands off: ``django.setup`` has configured logging."""


@worker_process_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def give_way_to_readers(**_: Any) -> None:
    """A load leaves the processor to whoever waits for a page."""
    os.nice(WORKER_NICENESS)


app = Celery("s3portal", loader="s3portal.celery:Loader")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The request's id goes along in the headers of the tasks it asks for.
app.steps["worker"].add(DjangoStructLogInitStep)
