"""What the page of sources shows of each dataflow."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q

from dashboards.exhibits.base import all_indicators
from dashboards.overview import Overview
from indicators.dataflows import dataflow_freshness
from indicators.freshness import Basis, Freshness
from indicators.freshness_words import STATES, explanation
from indicators.models import Dataflow, Indicator, Series, Vintage
from indicators.past import describe_as_of
from indicators.queries import indicator_frames
from indicators.reading import Reading
from regions.atlas import atlas
from sources.models import IngestRun


@dataclass(frozen=True)
class DataflowRow:
    """A dataflow: how fresh it is, how much of it is held, its last run of any end."""

    dataflow: Dataflow
    freshness: Freshness
    series: int
    areas: int
    observations: int
    indicators: list[tuple[Indicator, str, int]]
    run: IngestRun | None

    @property
    def name(self) -> str:
        return self.dataflow.name or self.dataflow.code

    @property
    def state_text(self) -> str:
        return str(STATES[self.freshness.state])

    @property
    def why(self) -> str:
        return explanation(self.freshness)

    @property
    def is_estimated(self) -> bool:
        """Whether the next release is reckoned from a day that no source states."""
        return self.freshness.basis != Basis.STATED


def dataflow_rows(reading: Reading) -> list[DataflowRow]:
    """Every dataflow that was ever loaded or is waited for; constant queries."""
    flows = list(Dataflow.objects.select_related("source"))
    if reading.as_of:
        describe_as_of(flows, reading.as_of)
    freshness = dataflow_freshness()
    series = _series_counts(reading)
    runs, loads = _last_runs()
    indicators = _coverage(reading)
    return [
        DataflowRow(
            dataflow=flow,
            freshness=freshness[flow.pk],
            series=series.get(flow.pk, (0, 0))[0],
            areas=series.get(flow.pk, (0, 0))[1],
            observations=loads[flow.target].observations if flow.target in loads else 0,
            indicators=indicators.get(flow.pk, []),
            run=runs.get(flow.target),
        )
        for flow in flows
    ]


def _series_counts(reading: Reading) -> dict[int, tuple[int, int]]:
    rows = (
        Series.objects.filter(vintages__in=Vintage.objects.held(reading.as_of))
        .values("slice__dataflow")
        .annotate(n=Count("pk"), areas=Count("area", distinct=True))
        .values_list("slice__dataflow", "n", "areas")
    )
    return {pk: (n, areas) for pk, n, areas in rows}


def _last_runs() -> tuple[dict[str, IngestRun], dict[str, IngestRun]]:
    """By target: its newest run, and the newest that loaded something."""
    loaded = Q(state=IngestRun.State.LOADED)
    newest = IngestRun.objects.values("target").annotate(
        last=Max("pk"), load=Max("pk", filter=loaded)
    )
    last = {row["target"]: (row["last"], row["load"]) for row in newest}
    found = IngestRun.objects.in_bulk({pk for pks in last.values() for pk in pks if pk})
    runs = {target: found[pk] for target, (pk, _load) in last.items()}
    loads = {target: found[pk] for target, (_last, pk) in last.items() if pk}
    return runs, loads


def _coverage(reading: Reading) -> dict[int, list[tuple[Indicator, str, int]]]:
    """Indicators cut from each dataflow: newest good period and EU regions in it."""
    indicators = all_indicators(reading.as_of)
    regions = atlas(reading.version)
    frames = indicator_frames(indicators, reading=reading)
    found: dict[int, list[tuple[Indicator, str, int]]] = {}
    for item in indicators:
        if item.dataflow_id is not None:
            overview = Overview(item, frames[item.slug], regions, reading)
            period = overview.default_period
            found.setdefault(item.dataflow_id, []).append(
                (item, period, overview.coverage.get(period, 0))
            )
    return found
