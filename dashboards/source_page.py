"""What the page of sources shows of each dataflow."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max

from dashboards.exhibits.base import all_indicators
from dashboards.overview import Overview
from indicators.models import Dataflow, Indicator, Series
from indicators.queries import indicator_frames
from regions.atlas import atlas
from sources.models import IngestRun


@dataclass(frozen=True)
class DataflowRow:
    """A dataflow with how much of it is held and its last run."""

    dataflow: Dataflow
    series: int
    areas: int
    observations: int
    indicators: list[tuple[Indicator, str, int]]
    run: IngestRun | None


def dataflow_rows() -> list[DataflowRow]:
    """Every dataflow that was ever loaded or is waited for; constant queries."""
    flows = list(Dataflow.objects.select_related("source"))
    series = _series_counts()
    runs = _last_runs()
    indicators = _coverage()
    return [
        DataflowRow(
            dataflow=flow,
            series=series.get(flow.pk, (0, 0))[0],
            areas=series.get(flow.pk, (0, 0))[1],
            observations=runs[flow.target].observations if flow.target in runs else 0,
            indicators=indicators.get(flow.pk, []),
            run=runs.get(flow.target),
        )
        for flow in flows
    ]


def _series_counts() -> dict[int, tuple[int, int]]:
    rows = (
        Series.objects.filter(vintages__valid_to__isnull=True)
        .values("slice__dataflow")
        .annotate(n=Count("pk"), areas=Count("area", distinct=True))
        .values_list("slice__dataflow", "n", "areas")
    )
    return {pk: (n, areas) for pk, n, areas in rows}


def _last_runs() -> dict[str, IngestRun]:
    """The newest successful run of each target."""
    newest = (
        IngestRun.objects.finished_well()
        .values("target")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    runs = IngestRun.objects.filter(pk__in=list(newest)).select_related("snapshot")
    return {run.target: run for run in runs}


def _coverage() -> dict[int, list[tuple[Indicator, str, int]]]:
    """Indicators cut from each dataflow: newest good period and EU regions in it."""
    indicators = all_indicators()
    regions = atlas(settings.NUTS_VERSION)
    frames = indicator_frames(indicators, version=regions.version)
    found: dict[int, list[tuple[Indicator, str, int]]] = {}
    for item in indicators:
        if item.dataflow_id is not None:
            overview = Overview(item, frames[item.slug], regions)
            period = overview.default_period
            found.setdefault(item.dataflow_id, []).append(
                (item, period, overview.coverage.get(period, 0))
            )
    return found
