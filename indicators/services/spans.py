"""The periods over which a dataflow has observations, one span a frequency."""

from django.db.models import F, Max, Min

from indicators.batches import SeriesBatch
from indicators.fields import ItemCount
from indicators.models import Dataflow, Vintage
from indicators.periods import format_period


class Spans(dict[str, tuple[int, int]]):
    """First and last ordinal by frequency."""

    def widen(self, batch: SeriesBatch) -> None:
        """Take the periods of all its series in."""
        filled = batch.lengths > 0
        for letter in set(batch.frequencies[filled].tolist()):
            rows = filled & (batch.frequencies == letter)
            starts = batch.starts[rows]
            ends = starts + batch.lengths[rows] - 1
            self._add(letter.decode(), int(starts.min()), int(ends.max()))

    def _add(self, frequency: str, first: int, last: int) -> None:
        known = self.get(frequency, (first, last))
        self[frequency] = min(known[0], first), max(known[1], last)

    def texts(self) -> list[str]:
        """Both ends of each span as SDMX writes them."""
        return [
            format_period(frequency, ordinal)
            for frequency, span in self.items()
            for ordinal in span
        ]


def held_spans(dataflow: Dataflow) -> Spans:
    """The spans of what the dataflow holds now; one query."""
    rows = (
        Vintage.objects.current()
        .filter(series__slice__dataflow=dataflow)
        .annotate(items=ItemCount("values"))
        .filter(items__gt=0)
        .values("frequency")
        .annotate(first=Min("start"), stop=Max(F("start") + F("items")))
        .values_list("frequency", "first", "stop")
    )
    return Spans({name: (first, stop - 1) for name, first, stop in rows})
