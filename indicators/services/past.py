"""Keeping what a run is about to change in a dataflow besides its observations."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from indicators.models import Dataflow, ReferenceArea
from indicators.past import FACTS, DataflowState
from sources.models import IngestRun


@contextmanager
def past_kept(
    dataflow: Dataflow, run: IngestRun, *, moment: datetime
) -> Iterator[None]:
    """Around what a run does to a dataflow, inside its transaction.

    ``moment`` is when the run's vintages open. An error keeps nothing, as the
    transaction does.
    """
    facts = {name: getattr(dataflow, name) for name in FACTS}
    meant = _meanings(dataflow)
    yield
    now = _meanings(dataflow)
    moved = {pk: region for pk, region in meant.items() if now.get(pk) != region}
    DataflowState.objects.create(
        dataflow=dataflow, run=run, valid_to=moment, areas=moved, **facts
    )


def restore_past(dataflow: Dataflow, state: DataflowState) -> None:
    """The facts and the meaning of codes as they were before the state's run."""
    state.give_back(dataflow)
    dataflow.save(update_fields=FACTS)
    areas = ReferenceArea.objects.in_bulk([int(pk) for pk in state.areas])
    for area in areas.values():
        area.region_id = state.areas[str(area.pk)]
    ReferenceArea.objects.bulk_update(areas.values(), ["region"], batch_size=500)


def _meanings(dataflow: Dataflow) -> dict[int, int | None]:
    """Which region each code means, by area id."""
    return dict(
        ReferenceArea.objects.filter(dataflow=dataflow).values_list("id", "region_id")
    )
