"""An indicator through time: what the portal held of it, from run to run."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import F

from indicators.analysis.revisions import Revision, revision
from indicators.conversion import SliceId
from indicators.frames import IndicatorFrame, Origin, ratio
from indicators.joins import Published, joined, observations_of
from indicators.models import Indicator
from indicators.queries import (
    CACHE_SECONDS,
    EMPTY,
    aggregate_rows,
    dataflows_of,
    definition,
    parts_of,
    region_rows,
    vintages_of,
)
from indicators.reading import Reading
from indicators.revisions import revision_of
from sources.models import IngestRun

DATES = {
    "opened": F("valid_from"),
    "opened_run": F("opened_by"),
    "closed": F("valid_to"),
    "closed_run": F("closed_by"),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A published series, by which runs it was opened and closed, and when."""

    opened: datetime
    opened_by: int
    closed: datetime | None
    closed_by: int | None
    item: Published


@dataclass(frozen=True, slots=True)
class Step:
    """What an indicator looked like from the moment a run had changed it."""

    moment: datetime
    run_id: int
    frame: IndicatorFrame


@dataclass(frozen=True, slots=True)
class Cell:
    """An observation that says something: a value, a flag or both."""

    time_period: str
    obs_value: float | None
    obs_status: str
    conf_status: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """What was held of one region from one moment to another (None: still)."""

    geo: str
    valid_from: datetime
    valid_to: datetime | None
    published_as: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RunRevision:
    """What a run has revised of an indicator, by opening or closing vintages."""

    run: IngestRun
    moment: datetime
    revision: Revision


def revision_history(indicator: Indicator, *, reading: Reading) -> list[RunRevision]:
    """One entry for each run that opened or closed vintages, newest first.

    Values are as reported. Three queries, however many runs there are.
    """
    key = _cache_key("revisions", indicator, reading)
    found: list[tuple[int, datetime, Revision]] | None = cache.get(key)
    if found is None:
        found = list(_revisions(frames_through_time(indicator, reading=reading)))
        cache.set(key, found, CACHE_SECONDS)
    related = IngestRun.objects.select_related("reverses", "reversed_by")
    runs = related.in_bulk([run_id for run_id, _moment, _item in found])
    return [
        RunRevision(runs[run_id], moment, item)
        for run_id, moment, item in reversed(found)
    ]


def held_rows(indicator: Indicator, *, reading: Reading) -> list[HeldRow]:
    """Every state of every region, by region and time; equal neighbours are one.

    With ``reading.as_of`` what came later is not known: the last state is open.
    """
    key = _cache_key("held", indicator, reading)
    found: list[HeldRow] | None = cache.get(key)
    if found is None:
        steps = frames_through_time(indicator, reading=reading)
        found = list(_collapsed(steps))
        cache.set(key, found, CACHE_SECONDS)
    return found


def frames_through_time(indicator: Indicator, *, reading: Reading) -> list[Step]:
    """The frame after each moment at which the indicator's series changed; 2 queries.

    Values are as reported; oldest first, up to ``reading.as_of``.
    """
    series = _dated_series(indicator, reading)
    runs: dict[datetime, int] = {}
    for row in (row for rows in series.values() for row in rows):
        runs[row.opened] = row.opened_by
        if row.closed and row.closed_by:
            runs[row.closed] = row.closed_by
    return [
        Step(moment, runs[moment], _frame_at(moment, indicator, series))
        for moment in sorted(runs)
        if reading.as_of is None or moment <= reading.as_of
    ]


def _dated_series(
    indicator: Indicator, reading: Reading
) -> Mapping[SliceId, list[Dated]]:
    slices = {
        (part.dataflow_id, part.slice_key)
        for part in parts_of(indicator)
        if part.dataflow_id
    }
    found: dict[SliceId, list[Dated]] = defaultdict(list)
    if not slices:
        return found
    vintages = vintages_of(slices)
    if reading.as_of:
        vintages = vintages.filter(valid_from__lte=reading.as_of)
    for rows in (region_rows(vintages, reading.version), aggregate_rows(vintages)):
        for row in rows.annotate(**DATES):
            opened, opened_run, closed, closed_run = (row[name] for name in DATES)
            dated = Dated(opened, opened_run, closed, closed_run, _published(row))
            found[row["dataflow"], row["key"]].append(dated)
    return found


def _published(row: Mapping[str, Any]) -> Published:
    if "code" not in row:
        return Published(row["geo"], observations_of(row))
    origin = Origin(row["version"], row["code"], row["relation"])
    return Published(row["geo"], observations_of(row), (origin,), row["relation"])


def _frame_at(
    moment: datetime, indicator: Indicator, series: Mapping[SliceId, list[Dated]]
) -> IndicatorFrame:
    def of(part: Indicator | None) -> IndicatorFrame:
        if part is None or part.dataflow_id is None:
            return EMPTY
        rows = [
            row.item
            for row in series.get((part.dataflow_id, part.slice_key), ())
            if row.opened <= moment and (row.closed is None or moment < row.closed)
        ]
        return joined(rows) if rows else EMPTY

    if not indicator.is_derived:
        return of(indicator)
    above, below = of(indicator.numerator), of(indicator.denominator)
    return ratio(above, below, factor=indicator.factor)


def _revisions(steps: list[Step]) -> Iterator[tuple[int, datetime, Revision]]:
    before = EMPTY
    for step in steps:
        change = revision(before.values, step.frame.values)
        yield step.run_id, step.moment, change
        before = step.frame


def _collapsed(steps: list[Step]) -> Iterator[HeldRow]:
    """One row for each region and state that lasted over one step or several."""
    states: dict[str, list[tuple[datetime, str, tuple[Cell, ...]]]] = defaultdict(list)
    for step in steps:
        now = dict(_cells_by_geo(step.frame))
        for geo in {*states, *now}:
            state = (_published_as(step.frame, geo), now.get(geo, ()))
            known = states[geo]
            if not known or known[-1][1:] != state:
                known.append((step.moment, *state))
    for geo in sorted(states):
        ends = [moment for moment, _as, _cells in states[geo][1:]]
        for (moment, published_as, cells), end in zip(
            states[geo], [*ends, None], strict=True
        ):
            if cells:
                yield HeldRow(geo, moment, end, published_as, cells)


def _cells_by_geo(frame: IndicatorFrame) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    periods = frame.periods
    for geo, values, statuses, confidentiality in zip(
        frame.values.index,
        frame.values.to_numpy().tolist(),
        frame.obs_status.to_numpy().tolist(),
        frame.conf_status.to_numpy().tolist(),
        strict=True,
    ):
        yield (
            str(geo),
            tuple(
                Cell(period, value if value == value else None, status, conf)
                for period, value, status, conf in zip(
                    periods, values, statuses, confidentiality, strict=True
                )
                if value == value or status or conf
            ),
        )


def _published_as(frame: IndicatorFrame, geo: str) -> str:
    return " ".join(
        f"{item.version}:{item.code}" for item in frame.origins.get(geo, ())
    )


def _cache_key(kind: str, indicator: Indicator, reading: Reading) -> str:
    text = f"{reading}:{definition(indicator)}"
    revision = revision_of(dataflows_of(indicator))
    return f"{kind}:{revision}:{hashlib.sha256(text.encode()).hexdigest()}"
