"""``manage.py cancel_run ID``: end a run that waits or is under way."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.services import cancel_run


class Command(BaseCommand):
    help = "Cancel a queued or running ingest run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, help="the run's number, as on /sources/")

    def handle(self, *args: Any, **options: Any) -> None:
        run = IngestRun.objects.filter(pk=options["id"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['id']}.")
        try:
            cancel_run(run, asked_by="the command line")
        except IngestError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            self.style.SUCCESS(
                f"Run {run.pk} of {run.target} is cancelled; one under way ends within "
                "seconds."
            )
        )
