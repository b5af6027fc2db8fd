"""What pages show of an indicator's revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dashboards.addresses import carried
from dashboards.exhibits.base import source_lines
from dashboards.exhibits.revisions import revisions_exhibit, revisions_table
from indicators.analysis.revisions import Move
from indicators.forms import reading_of
from indicators.history import RunRevision, revision_history
from indicators.models import Indicator
from indicators.reading import Reading
from regions.atlas import atlas
from sources.tables import Table

RECENT = 3


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A run in the list: what it changed, and where to see what was held before.

    ``moves`` have the name of what was revised and whether that is a region, not an
    aggregate. ``before`` is the indicator's address right before the run; "" for the
    first one.
    """

    item: RunRevision
    moves: list[tuple[Move, str, bool]]
    before: str

    @property
    def mean_percent(self) -> float | None:
        share = self.item.revision.mean_relative
        return None if share is None else share * 100

    @property
    def largest_percent(self) -> float | None:
        share = self.item.revision.largest_relative
        return None if share is None else share * 100


def revision_rows(
    history: list[RunRevision], indicator: Indicator, reading: Reading
) -> list[RevisionRow]:
    """Newest first, as the history is."""
    regions = atlas(reading.version)
    return [
        RevisionRow(
            item,
            [
                (move, regions.name(move.geo), move.geo in regions)
                for move in item.revision.moves
            ],
            "" if item is history[-1] else _before(item, indicator, reading),
        )
        for item in history
    ]


def _before(item: RunRevision, indicator: Indicator, reading: Reading) -> str:
    moment = item.moment - timedelta(microseconds=1)
    return carried(indicator.get_absolute_url(), reading.at(moment))


def recent_revisions(indicator: Indicator, reading: Reading) -> dict[str, Any]:
    """The newest runs for the indicator's page, and how many there are."""
    history = revision_history(indicator, reading=reading)
    rows = revision_rows(history, indicator, reading)
    return {"revisions": rows[:RECENT], "revision_count": len(rows)}


def revision_page(indicator: Indicator, query: Mapping[str, Any]) -> dict[str, Any]:
    """Context of ``/indicators/<slug>/revisions/``."""
    reading = reading_of(query)
    history = revision_history(indicator, reading=reading)
    return {
        "indicator": indicator,
        "history": history,
        "rows": revision_rows(history, indicator, reading),
        "exhibit": revisions_exhibit(query, history=history),
        "sources": source_lines(indicator),
    }


def page_table(context: Mapping[str, Any], address: str, reading: Reading) -> Table:
    """The list of the page as a download."""
    return revisions_table(context["history"], context["indicator"], address, reading)
