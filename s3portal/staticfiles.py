"""Where static files come from, and how they are stored for serving."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PREFIX = "plotly/"


class PlotlyFinder(BaseFinder):
    """Serves one file: the installed Plotly bundle, as ``plotly/<name>``."""

    def find(self, path: str, find_all: bool = False) -> Any:
        if path != PREFIX + settings.PLOTLY_FILE:
            return []
        found = str(Path(settings.PLOTLY_DIR) / settings.PLOTLY_FILE)
        return [found] if find_all else found

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=settings.PLOTLY_DIR)
        storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]  # the finders' protocol
        yield settings.PLOTLY_FILE, storage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed, compressed names; before ``collectstatic`` the plain ones."""

    manifest_strict = False
    # Modules import one another by hashed names too, so all are cached for good.
    support_js_module_import_aggregation = True
