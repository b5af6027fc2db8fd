"""``manage.py roll_back RUN``: give back what was held before a run."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.services.rollback import RollbackRefused, roll_back
from sources.models import IngestRun


class Command(BaseCommand):
    help = "Take back what a run has loaded: what was held before it is held again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="number, as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        run = IngestRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        try:
            undo = roll_back(run, asked_by=getpass.getuser())
        except RollbackRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Run {undo.pk} has rolled back run {run.pk} of {run.target}: "
            f"{undo.revised:,} series have their earlier values, {undo.new:,} are "
            f"back, {undo.retired:,} are gone."
        )
