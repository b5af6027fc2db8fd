"""Published series of one indicator joined into a frame, region by region. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from indicators.frames import IndicatorFrame, Origin, Periods
from indicators.periods import format_period
from indicators.series import Observations

# What a vintage holds of its series, as fields of a query.
CONTENT = ("frequency", "start", "values", "statuses", "confidentiality")


def observations_of(row: Mapping[str, Any]) -> Observations:
    """The observations in a row that holds CONTENT."""
    statuses, confidentiality = row["statuses"], row["confidentiality"]
    return Observations(
        row["frequency"],
        row["start"],
        tuple(row["values"]),
        tuple(statuses) if statuses else None,
        tuple(confidentiality) if confidentiality else None,
    )


@dataclass(frozen=True, slots=True)
class Published:
    """A series on its way into a frame, under the code the frame shows.

    ``relation`` is that of its origins; an aggregate has none, and is "same".
    """

    geo: str
    observations: Observations
    origins: tuple[Origin, ...] = ()
    relation: str = "same"


def joined(rows: Iterable[Published]) -> IndicatorFrame:
    """One row per region; of several series the first that says something counts."""
    by_geo: dict[str, list[Published]] = defaultdict(list)
    for row in rows:
        by_geo[row.geo].append(row)
    frame = IndicatorFrame.from_series(
        {geo: _merged(items) for geo, items in by_geo.items()},
        {geo: found for geo, items in by_geo.items() if (found := _origins(items))},
    )
    owners = {geo: _owners(items) for geo, items in by_geo.items()}
    converted = {geo: _converted(of_geo) for geo, of_geo in owners.items()}
    breaks = {geo: _breaks(of_geo) for geo, of_geo in owners.items()}
    return replace(
        frame, converted=_without_empty(converted), breaks=_without_empty(breaks)
    )


def _merged(items: Sequence[Published]) -> Observations:
    """What came first (same territory, newer code) is put over the rest."""
    found = items[-1].observations
    for item in reversed(items[:-1]):
        found = found.merged(item.observations)
    return found


def _origins(items: Sequence[Published]) -> tuple[Origin, ...]:
    """Published codes that differ from the one shown."""
    return tuple(
        origin
        for item in items
        for origin in item.origins
        if (origin.code, origin.relation) != (item.geo, "same")
    )


def _owners(items: Sequence[Published]) -> dict[str, str]:
    """Period -> relation of the series its value is from, in the order of time."""
    owners: dict[int, str] = {}
    for item in reversed(items):
        cells = item.observations
        for i, value in enumerate(cells.values):
            if value is not None:
                owners[cells.start + i] = item.relation
            elif (cells.statuses and cells.statuses[i]) or (
                cells.confidentiality and cells.confidentiality[i]
            ):
                # A flag without a value, c for one, is said by the publisher too.
                owners.pop(cells.start + i, None)
    frequency = items[0].observations.frequency
    return {format_period(frequency, i): owners[i] for i in sorted(owners)}


def _converted(owners: dict[str, str]) -> frozenset[str]:
    return frozenset(period for period, owner in owners.items() if owner == "converted")


def _breaks(owners: dict[str, str]) -> frozenset[str]:
    """Periods from which on a value is of another territory than the one before.

    A converted value is of the territory shown, as one of the same territory is.
    """
    return frozenset(
        later
        for (_earlier, before), (later, after) in pairwise(owners.items())
        if (before == "shifted") != (after == "shifted")
    )


def _without_empty(periods: Periods) -> Periods:
    return {geo: found for geo, found in periods.items() if found}
