"""manage.py check_links: ask the addresses that are due now."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.services.links import check_links


class Command(BaseCommand):
    help = "Ask whether the addresses of curated records still answer."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{check_links():,} addresses asked.")
