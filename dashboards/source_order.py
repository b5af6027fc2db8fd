"""The order of the datasets on the page of sources, and the links that change it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.region_index import Heading
from dashboards.source_page import DataflowRow
from indicators.forms import carried_params, reading_of
from indicators.freshness import State

# What needs attention comes first.
STATES = (State.STALE, State.NEVER, State.UNKNOWN, State.CLOSED, State.FRESH)
KEYS: dict[str, Callable[[DataflowRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "publisher": lambda row: row.dataflow.source.publisher.casefold(),
    "release": lambda row: row.freshness.released,
    "fetched": lambda row: row.dataflow.fetched_at,
    "checked": lambda row: row.dataflow.checked_at,
    "next": lambda row: row.freshness.next_expected,
    "state": lambda row: STATES.index(row.freshness.state),
}


def sorted_rows(rows: list[DataflowRow], query: Mapping[str, Any]) -> list[DataflowRow]:
    """In the order asked for; what has no date stays last in either direction."""
    key = KEYS[query["sort"]]
    known = [row for row in rows if key(row) is not None]
    known.sort(key=key, reverse=query["order"] == "desc")
    return [*known, *(row for row in rows if key(row) is None)]


def headings(query: Mapping[str, Any]) -> list[Heading]:
    """Links that sort; the one in force turns round."""
    labels = {
        "name": _("Dataset"),
        "publisher": _("Publisher"),
        "release": _("Source release"),
        "fetched": _("Fetched"),
        "checked": _("Last checked"),
        "next": _("Next expected"),
        "state": _("State"),
    }
    return [_heading(key, label, query) for key, label in labels.items()]


def _heading(key: str, label: str, query: Mapping[str, Any]) -> Heading:
    states = {"asc": "ascending", "desc": "descending"}
    current = query["sort"] == key
    turned = {"asc": "desc", "desc": "asc"}[query["order"]]
    params = {"sort": key, "order": turned if current else "asc"}
    params |= carried_params(reading_of(query))
    return Heading(
        label=label,
        unit="",
        aria_sort=states[query["order"]] if current else "none",
        url=f"{reverse('sources:index')}?{urlencode(params)}#datasets",
    )
