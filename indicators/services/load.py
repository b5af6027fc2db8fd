"""Loading a message into the cube: only series that changed get a new vintage."""

from collections.abc import Iterator

from django.utils import timezone

from indicators.models import Dataflow, Series, Slice, Vintage
from indicators.parsers.types import Message, SeriesRow, Structure
from indicators.periods import format_period
from indicators.series import Observations
from indicators.services.areas import AreaResolver
from indicators.services.held import (
    Held,
    SeriesKey,
    held_series,
    merged,
    stored_content,
)
from indicators.storage import allocate_ids, insert_rows
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.progress import Progress, silent

BATCH = 5_000
PROGRESS_EVERY = 20_000
MAX_KEY = 255  # Slice.key
MAX_NAME = 400  # Dataflow.name

VINTAGE_COLUMNS = (
    "series", "opened_by", "closed_by", "valid_from", "valid_to", "frequency",
    "start", "values", "statuses", "confidentiality", "digest",
)  # fmt: skip


class Loader:
    """One load of one message. Call inside a transaction; raises IngestError.

    ``complete`` says that the message is the whole dataflow: its arrays replace the
    stored ones and series it lacks are retired. Otherwise it adds and revises, and
    nothing is removed.
    """

    def __init__(
        self,
        dataflow: Dataflow,
        run: IngestRun,
        *,
        complete: bool,
        progress: Progress = silent,
    ) -> None:
        self.dataflow = dataflow
        self.run = run
        self.complete = complete
        self.progress = progress
        self.moment = timezone.now()
        self.areas = AreaResolver(dataflow)
        self.slices = dict(
            Slice.objects.filter(dataflow=dataflow).values_list("key", "id")
        )
        self.held = held_series(dataflow)
        self.seen: set[int] = set()
        self.spans: dict[str, tuple[int, int]] = {}  # frequency -> first, last ordinal

    def load(self, message: Message, *, file: str) -> None:
        """Read the stream to its end and write what is new; counts go on the run."""
        order = self._key_order(message.structure, file)
        batch: dict[SeriesKey, Observations] = {}
        for number, row in enumerate(message.series, start=1):
            self._collect(row, order, batch)
            if len(batch) >= BATCH:
                self._write(batch)
                batch = {}
            if number % PROGRESS_EVERY == 0:
                self.progress(f"{number:,} series read")
        self.areas.refuse_unknown(file)
        self._write(batch)
        if not self.seen:
            raise IngestError(
                f"{file}: no observations in it. The data held now stay live."
            )
        self.run.read = message.tally.series
        self.run.observations = message.tally.observations
        if self.complete:
            self._retire()
        moved = self.areas.settle()
        if not (self.run.new or self.run.revised or self.run.retired or moved):
            self.run.state = IngestRun.State.UNCHANGED
        self._update_dataflow(message.structure)

    def _key_order(self, structure: Structure, file: str) -> list[int]:
        """Positions of the dataflow's dimensions in the file's key."""
        if not self.dataflow.dimensions:
            self.dataflow.dimensions = list(structure.dimensions)
        expected, found = list(self.dataflow.dimensions), list(structure.dimensions)
        if sorted(expected) != sorted(found):
            strange = [name for name in found if name not in expected]
            lacking = [name for name in expected if name not in found]
            problem = "; ".join(
                text
                for names, text in (
                    (strange, f"unknown dimension {', '.join(strange)}"),
                    (lacking, f"missing dimension {', '.join(lacking)}"),
                )
                if names
            )
            raise IngestError(
                f"{file}, line 1: {problem}. {self.dataflow} has the dimensions "
                f"{', '.join(expected)} besides geo and time. Check the dataflow code."
            )
        return [found.index(name) for name in expected]

    def _collect(
        self, row: SeriesRow, order: list[int], batch: dict[SeriesKey, Observations]
    ) -> None:
        area_id = self.areas.area_id(row.geo, row.line)
        if area_id is None:
            return
        slice_id = self._slice_id(".".join([row.key[i] for i in order]), row.line)
        observations = Observations.from_row(row)
        batch[slice_id, area_id] = observations
        if observations.values:
            self._widen(observations)

    def _widen(self, item: Observations) -> None:
        last = item.start + len(item.values) - 1
        known = self.spans.get(item.frequency, (item.start, last))
        self.spans[item.frequency] = min(known[0], item.start), max(known[1], last)

    def _slice_id(self, key: str, line: int) -> int:
        found = self.slices.get(key)
        if found is None:
            if len(key) > MAX_KEY:
                raise IngestError(
                    f"{self.run.file_name}, line {line}: the codes of a series are "
                    f"{len(key)} characters long, more than {MAX_KEY}: "
                    f"{key[:60]!r}... Check the file."
                )
            found = Slice.objects.create(dataflow=self.dataflow, key=key).pk
            self.slices[key] = found
        return found

    def _write(self, batch: dict[SeriesKey, Observations]) -> None:
        if self.areas.unknown:
            return  # the load is refused at its end; only the list is still of use
        fresh = {key: item for key, item in batch.items() if key not in self.held}
        self._write_new(fresh)
        changed: dict[int, tuple[Held, Observations]] = {}
        for key, observations in batch.items():
            held = self.held.get(key)
            if key in fresh or held is None:
                continue
            self.seen.add(held.series_id)
            if held.digest == observations.digest():
                self.run.unchanged += 1
            else:
                changed[held.series_id] = held, observations
        self._write_changed(changed)

    def _write_new(self, fresh: dict[SeriesKey, Observations]) -> None:
        ids = allocate_ids(Series, len(fresh))
        insert_rows(
            Series,
            ("id", "slice", "area"),
            [(pk, *key) for pk, key in zip(ids, fresh, strict=True)],
        )
        self._insert_vintages(zip(ids, fresh.values(), strict=True))
        for pk, (key, observations) in zip(ids, fresh.items(), strict=True):
            self.held[key] = Held(pk, None, observations.digest())
            self.seen.add(pk)
        self.run.new += len(fresh)

    def _write_changed(self, changed: dict[int, tuple[Held, Observations]]) -> None:
        stored = (
            {}
            if self.complete
            else stored_content(held for held, _ in changed.values())
        )
        outcome: dict[int, Observations] = {}
        for series_id, (held, newer) in changed.items():
            older = stored.get(series_id)
            result = newer if older is None else merged(older, newer, self.dataflow)
            if older is not None and result.digest() == held.digest:
                self.run.unchanged += 1
            else:
                outcome[series_id] = result
        self._close([changed[series_id][0].vintage_id for series_id in outcome])
        self._insert_vintages(iter(outcome.items()))
        self.run.revised += len(outcome)

    def _close(self, vintage_ids: list[int | None]) -> None:
        Vintage.objects.filter(pk__in=[pk for pk in vintage_ids if pk]).update(
            valid_to=self.moment, closed_by=self.run
        )

    def _insert_vintages(self, rows: Iterator[tuple[int, Observations]]) -> None:
        insert_rows(
            Vintage,
            VINTAGE_COLUMNS,
            [
                (
                    series_id, self.run.pk, None, self.moment, None, item.frequency,
                    item.start, item.values, item.statuses, item.confidentiality,
                    item.digest(),
                )
                for series_id, item in rows
            ],
        )  # fmt: skip

    def _retire(self) -> None:
        gone = [
            held.vintage_id
            for held in self.held.values()
            if held.vintage_id is not None and held.series_id not in self.seen
        ]
        for first in range(0, len(gone), BATCH):
            self._close(list(gone[first : first + BATCH]))
        self.run.retired = len(gone)

    def _update_dataflow(self, structure: Structure) -> None:
        self.dataflow.name = self.dataflow.name or structure.name[:MAX_NAME]
        self.dataflow.fetched_at = self.moment
        if self.complete:
            # What was said of the edition held before is no longer true.
            self.dataflow.edition = self.dataflow.note = ""
        self._update_span()
        if structure.updated:
            self.dataflow.source_updated = structure.updated
            self.run.source_updated = structure.updated
        self.dataflow.save()

    def _update_span(self) -> None:
        """The periods held; texts of one frequency sort by time."""
        texts = [
            format_period(frequency, ordinal)
            for frequency, span in self.spans.items()
            for ordinal in span
        ]
        if not self.complete:
            texts += [self.dataflow.first_period, self.dataflow.last_period]
        known = [text for text in texts if text]
        if known:
            self.dataflow.first_period = min(known)
            self.dataflow.last_period = max(known)
