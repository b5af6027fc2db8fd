"""``manage.py fetch NAME [CODE...]``: get something from its publisher and load it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.progress import Told
from sources.registry import Fetcher, FetchRequest, all_fetchers, get_fetcher
from sources.services import run_now


class Command(BaseCommand):
    help = "Fetch datasets or boundaries from their publisher and load them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = "; ".join(f"{item.name}: {item.summary}" for item in all_fetchers())
        parser.add_argument("name", help=names)
        parser.add_argument("codes", nargs="*", metavar="CODE")
        parser.add_argument("--file", type=Path, help="read this file, fetch nothing")
        # "--version" is Django's own option.
        parser.add_argument("--nuts-version", type=int, dest="nuts_version")
        parser.add_argument("--scale", default="20M", help="20M (default) or 60M")

    def handle(self, *args: Any, **options: Any) -> None:
        fetcher = self._fetcher(options["name"])
        codes = self._codes(fetcher, options["codes"])
        failures = [code for code in codes if not self._fetch(fetcher, code, options)]
        if failures:
            raise CommandError(f"{len(failures)} of {len(codes)} not loaded.")

    def _fetcher(self, name: str) -> Fetcher:
        fetcher = get_fetcher(name)
        if fetcher is None:
            known = ", ".join(item.name for item in all_fetchers())
            raise CommandError(f"Nothing named {name!r} can be fetched. Known: {known}")
        return fetcher

    def _codes(self, fetcher: Fetcher, codes: list[str]) -> list[str]:
        if fetcher.takes_codes and not codes:
            raise CommandError(f"{fetcher.name} needs at least one dataset code.")
        if codes and not fetcher.takes_codes:
            raise CommandError(f"{fetcher.name} takes no codes: {', '.join(codes)}")
        return codes or [""]

    def _fetch(self, fetcher: Fetcher, code: str, options: dict[str, Any]) -> bool:
        request = FetchRequest(
            code=code,
            file=options["file"],
            version=options["nuts_version"],
            scale=options["scale"],
            progress=Told(lambda text: self.stderr.write(f"  {text}")),
        )
        try:
            run = run_now(fetcher, request, asked_by="the command line")
        except IngestError as error:
            self.stderr.write(self.style.ERROR(str(error)))
            for line in error.rejections[:20]:
                self.stderr.write(f"  {line}")
            return False
        self.stdout.write(self.style.SUCCESS(summary(run)))
        return True


def summary(run: IngestRun) -> str:
    """One line that says what a finished run did."""
    return (
        f"{run.target}: {run.get_state_display()}; {run.read:,} read, {run.new:,} new, "
        f"{run.revised:,} revised, {run.unchanged:,} unchanged, "
        f"{run.retired:,} retired, {run.rejected:,} rejected"
        + (f". {run.message}" if run.message else "")
    )
