"""What the cube holds now of a dataflow, to compare a load with."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.models import Dataflow, Series, Vintage
from indicators.series import Observations
from sources.exceptions import IngestError

SeriesKey = tuple[int, int]  # slice id, area id


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored now for one series; ``vintage_id`` is None when retired."""

    series_id: int
    vintage_id: int | None
    digest: int | None


def held_series(dataflow: Dataflow) -> dict[SeriesKey, Held]:
    """Every series of the dataflow with its current vintage, if it has one."""
    held = {
        (slice_id, area_id): Held(series_id, None, None)
        for slice_id, area_id, series_id in Series.objects.filter(
            slice__dataflow=dataflow
        ).values_list("slice_id", "area_id", "id")
    }
    current = (
        Vintage.objects.current()
        .filter(series__slice__dataflow=dataflow)
        .values_list("series__slice_id", "series__area_id", "series_id", "id", "digest")
    )
    for slice_id, area_id, series_id, vintage_id, digest in current:
        held[slice_id, area_id] = Held(series_id, vintage_id, digest)
    return held


def stored_content(held: Iterable[Held]) -> dict[int, Observations]:
    """The current observations by series id; a retired series has none."""
    wanted = [item.vintage_id for item in held if item.vintage_id is not None]
    rows = Vintage.objects.filter(pk__in=wanted).values_list(
        "series_id", "frequency", "start", "values", "statuses", "confidentiality"
    )
    return {row[0]: Observations.canonical(*row[1:]) for row in rows}


def merged(
    older: Observations, newer: Observations, dataflow: Dataflow
) -> Observations:
    """The newer over the older; IngestError where they cannot stand in one array."""
    try:
        return older.merged(newer)
    except ValueError as error:
        raise IngestError(
            f"{dataflow}: {error}. Load the whole dataflow with --complete, or put the "
            "data into another dataflow."
        ) from error
