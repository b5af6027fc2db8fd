"""The strategies and priorities that come with the portal."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.places import place_columns
from regions.queries.placing import Placer
from sources.curation import Publication
from sources.progress import Progress, silent
from sources.starter import Entry, Loaded, load_entries
from sources.starter_files import NUTS_VERSION, read_starter
from strategies.models import Priority, Strategy
from strategies.services.vocabulary import all_domain_ids, domain_ids

FILE = Path(__file__).resolve().parent.parent / "starter" / "strategies.yaml"
COLUMNS = ("area_name", "period", "first_year", "last_year")


@transaction.atomic
def load_starter_strategies(
    progress: Progress = silent,
) -> tuple[Loaded[Strategy], Loaded[Priority]]:
    """Load them; a repeat changes nothing. Domains must be there."""
    placer = Placer.load()
    raws = read_starter(FILE)["strategies"]
    strategies = load_entries(Strategy, [_strategy(raw, placer) for raw in raws])
    progress(f"strategies: {strategies}")
    ids = all_domain_ids()
    entries = [
        entry
        for raw in raws
        for entry in _priorities(raw, strategies.records[raw["slug"]], ids)
    ]
    priorities = load_entries(Priority, entries)
    progress(f"priorities: {priorities}")
    return strategies, priorities


def _strategy(raw: dict[str, Any], placer: Placer) -> Entry:
    version = raw.get("nuts_version", NUTS_VERSION)
    values = {
        "slug": raw["slug"],
        **{name: raw[name] for name in COLUMNS},
        "description": raw.get("description", ""),
        "is_partial": raw.get("is_partial", False),
        **place_columns(raw, placer),
    }
    covers = [region.pk for region in placer.places(raw.get("covers", []), version)]
    return Entry(raw["slug"], _own(raw), values, {"covers": covers})


def _own(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The entry without its priorities, which are records of their own."""
    return {name: value for name, value in raw.items() if name != "priorities"}


def _priorities(
    raw: dict[str, Any], strategy: Strategy, ids: Mapping[tuple[str, str], int]
) -> Iterator[Entry]:
    """A priority shares the doubts about its strategy, and its references."""
    for position, item in enumerate(raw["priorities"]):
        values: dict[str, Any] = {
            "strategy_id": strategy.pk,
            "name": item["name"],
            "position": position,
            "is_verified": raw.get("verified", True) and "draft" not in item,
        }
        if "draft" in raw:
            values["state"] = Publication.DRAFT
        key = f"{raw['slug']}/{item.get('key') or slugify(item['name'])}"
        told = {**item, "references": raw.get("references", [])}
        yield Entry(key, told, values, {"domains": domain_ids(item, ids)})
