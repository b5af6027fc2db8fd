"""``manage.py ingest FILE --dataflow CODE``: load a statistical file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.services.ingest import ingest_file
from sources.exceptions import IngestError
from sources.management.commands.fetch import summary
from sources.progress import Told

SHOWN_REJECTIONS = 20


class Command(BaseCommand):
    help = (
        "Load a statistical file (Eurostat TSV, SDMX-CSV, JSON-stat, SDMX-ML, OECD CSV "
        "or SDMX-JSON, plain or .gz) into a dataflow: all of it or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dataflow", required=True, metavar="CODE")
        parser.add_argument("--agency", default="ESTAT")
        parser.add_argument(
            "--dry-run", action="store_true", help="check and count, change nothing"
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="the file is the whole dataflow: retire series it does not have",
        )
        parser.add_argument(
            "--confirm",
            action="store_true",
            help="load it though it looks wrong, such as far fewer values than before",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = ingest_file(
                options["file"],
                code=options["dataflow"],
                agency=options["agency"],
                complete=options["complete"],
                dry_run=options["dry_run"],
                is_confirmed=options["confirm"],
                progress=Told(lambda text: self.stderr.write(f"  {text}")),
            )
        except IngestError as error:
            for line in error.rejections[1:SHOWN_REJECTIONS]:
                self.stderr.write(f"  {line}")
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(summary(run)))
