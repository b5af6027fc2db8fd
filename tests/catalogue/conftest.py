"""The fact book: facts as they were gathered, beside the project."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboards.catalogue import load_starter_catalogue
from regions.services import load_starter_regions


@pytest.fixture(scope="session")
def fact_book(root: Path) -> dict[str, Any]:
    """Its YAML files by name; loud where they are not there."""
    folder = root.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.fail(f"the fact book is not there: {folder}")
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def _starter_once(django_db_setup, django_db_blocker) -> None:
    """Of the starter set only what the catalogue needs: no indicators."""
    with django_db_blocker.unblock():
        load_starter_regions()
        load_starter_catalogue()
