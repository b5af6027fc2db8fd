"""``manage.py restore``: what ``backup`` wrote, in the place of what is here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from s3portal.backup import BackupError, service


class Command(BaseCommand):
    help = "Replace the database, media and snapshots by those of a backup."
    # The backup brings its tables along.
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument(
            "--yes", action="store_true", help="replace the data of this installation"
        )

    def handle(self, *, file: Path, yes: bool, **options: Any) -> None:
        def progress(name: str, size: int) -> None:
            if options["verbosity"] > 1 or name == "database":
                self.stdout.write(f"Unpacked {name}: {size:,} bytes")

        try:
            manifest = service.restore(
                file, is_overwrite_allowed=yes, progress=progress
            )
        except (BackupError, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        rows, files = sum(manifest.rows.values()), len(manifest.digests) - 1
        self.stdout.write(f"Restored {rows:,} rows and {files:,} files.")
        if pending := service.pending_migrations():
            self.stdout.write(
                f"The backup is older than the portal by {len(pending)} migrations. "
                "Run: python manage.py migrate"
            )
