"""``manage.py backup``: everything this installation holds, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from s3portal.backup import BackupError, service


class Command(BaseCommand):
    help = "Write the database, media and snapshots to one file, while others work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", type=Path, help="the file; without it one under VAR_DIR/backups"
        )

    def handle(self, *, output: Path | None, **options: Any) -> None:
        target = output or service.default_path()

        def progress(name: str, size: int) -> None:
            if options["verbosity"] > 1 or name == "database":
                self.stdout.write(f"{name}: {size:,} bytes")

        try:
            manifest = service.back_up(target, progress=progress)
        except (BackupError, OSError) as error:
            raise CommandError(f"There is no backup: {error}") from None
        rows, files = sum(manifest.rows.values()), len(manifest.digests) - 1
        self.stdout.write(
            f"{target}: {target.stat().st_size:,} bytes; {rows:,} rows in "
            f"{len(manifest.rows)} tables, {files:,} files."
        )
