"""The organisations that come with the portal."""

from pathlib import Path
from typing import Any

from accounts.models import Organisation
from accounts.places import place_columns
from regions.queries.placing import Placer
from sources.progress import Progress, silent
from sources.starter import Entry, Loaded, load_entries
from sources.starter_files import read_starter

FILE = Path(__file__).resolve().parent.parent / "starter" / "organisations.yaml"


def load_starter_organisations(progress: Progress = silent) -> Loaded[Organisation]:
    """Load them; a repeat changes nothing. Keys are slugs."""
    placer = Placer.load()
    raws = read_starter(FILE)["organisations"]
    loaded = load_entries(Organisation, [_entry(raw, placer) for raw in raws])
    progress(f"organisations: {loaded}")
    return loaded


def _entry(raw: dict[str, Any], placer: Placer) -> Entry:
    values = {
        "slug": raw["slug"],
        "name": raw["name"],
        "acronym": raw.get("acronym", ""),
        "country": raw.get("country", ""),
        "town": raw.get("town", ""),
        **place_columns(raw, placer),
    }
    return Entry(raw["slug"], raw, values)
