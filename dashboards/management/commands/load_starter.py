"""``manage.py load_starter``: the data that come with the portal."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dashboards.catalogue import load_starter_catalogue
from indicators.services.starter import load_starter_data
from regions.services import load_starter_regions
from search.services import rebuild
from sources.exceptions import IngestError
from sources.progress import Told


class Command(BaseCommand):
    help = "Load the starter set: NUTS 2010-2024, the catalogue, indicators with data."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            regions = load_starter_regions(progress=Told(self._say))
            load_starter_catalogue(progress=Told(self._say))
            runs = load_starter_data(progress=Told(self._say))
            self._say(f"search: {rebuild()}")
        except IngestError as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - began
        loaded = f"{len(runs)} datasets loaded" if runs else "all datasets held already"
        self.stdout.write(
            self.style.SUCCESS(f"Regions: {regions}. {loaded}. {seconds:.1f} s")
        )

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
