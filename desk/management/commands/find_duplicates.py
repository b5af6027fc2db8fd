"""manage.py find_duplicates: compare all organisations now."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.services.duplicates import find_duplicates


class Command(BaseCommand):
    help = "Compare all organisations and list those that may be the same."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{find_duplicates():,} pairs wait to be looked at.")
