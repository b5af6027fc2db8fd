"""``manage.py rebuild_search``: bring the search into step with all records."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.services import rebuild


class Command(BaseCommand):
    help = "Compare the search with all public records and write what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        done = rebuild()
        seconds = time.monotonic() - began
        self.stdout.write(self.style.SUCCESS(f"{done}. {seconds:.1f} s"))
