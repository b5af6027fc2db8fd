"""Which dataflows are looked at by themselves."""

from indicators.models import Dataflow
from sources.services.schedules import schedule_fetch


def schedule_dataflows() -> int:
    """A schedule for every dataflow that has a fetcher and none yet; how many."""
    flows = Dataflow.objects.exclude(fetcher="").filter(is_discontinued=False)
    return sum(
        schedule_fetch(flow.fetcher, flow.code, target=flow.target) for flow in flows
    )
