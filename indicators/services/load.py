"""Loading a message into the cube: only series that changed get a new vintage."""

import numpy as np
from django.utils import timezone

from indicators.batches import Integers, Rows, SeriesBatch
from indicators.models import Dataflow, Slice
from indicators.parsers.errors import ParseError
from indicators.parsers.row_blocks import row_blocks
from indicators.parsers.types import Block, Message, Place, Structure
from indicators.services.areas import AreaResolver
from indicators.services.drop import refuse_drop
from indicators.services.facts import check_dataflow, key_order, update_facts
from indicators.services.held import HeldSeries, merged, stored_content
from indicators.services.spans import Spans, held_spans
from indicators.services.stores import Content, Newcomers, Store
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.progress import Progress, silent

MAX_KEY = 255  # Slice.key


class Loader:
    """One load of one message; raises IngestError.

    ``complete`` says that the message is the whole dataflow: its arrays replace the
    stored ones and series it lacks are retired. Otherwise it adds and revises, and
    nothing is removed. ``read`` takes the file in, ``switch`` makes it count: on
    PostgreSQL both in one transaction, elsewhere only the second.
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
        self.newcomers = Newcomers()
        progress.stage("comparing")
        self.areas = AreaResolver(dataflow, self.newcomers)
        self.slices = dict(
            Slice.objects.filter(dataflow_id=dataflow.pk).values_list("key", "id")
        )
        self.held = HeldSeries(dataflow)
        self.spans = Spans()  # of the rows that were parsed
        self._all_parsed = True
        self._slice_of: dict[tuple[str, ...], int] = {}

    def read(self, message: Message, store: Store, *, size: int = 0) -> None:
        """Take the stream in to its end; nothing counts yet.

        ``size`` is that of the file in bytes, for whoever watches.
        """
        file = self.run.file_name
        check_dataflow(message.structure, self.dataflow, file)
        order = key_order(message.structure, self.dataflow, file)
        self.progress.stage("reading", size)
        for block in message.blocks or row_blocks(message.series):
            try:
                self._take(block, order, store)
            except ParseError as error:
                raise error.located(file=file) from error
            self.progress.advance(message.read(), rows=message.tally.series)
        store.wait()
        self.areas.refuse_unknown(file)
        run = self.run
        if not (run.new or run.revised or run.unchanged):
            raise IngestError(
                f"{file}: no observations in it. The data held now stay live."
            )
        run.read = message.tally.series
        run.observations = message.tally.observations

    def switch(self, structure: Structure, store: Store) -> None:
        """Make it count, inside a transaction; raises ConfirmationNeeded."""
        self.progress.stage("switching")
        if self.complete:
            gone = self.held.unseen()
            store.close(self.held.vintages[gone])
            self.run.retired = len(gone)
        store.switch(self.dataflow)
        moved = self.areas.settle()
        is_changed = self.run.new or self.run.revised or self.run.retired
        if self.complete:
            refuse_drop(self.dataflow, self.run)
            if not is_changed:
                self.spans = Spans()
            elif not self._all_parsed:
                self.spans = held_spans(self.dataflow)
        if not (is_changed or moved):
            self.run.state = IngestRun.State.UNCHANGED
        self.dataflow.fetched_at = self.moment
        update_facts(
            self.dataflow, structure, self.run, spans=self.spans, complete=self.complete
        )

    def _take(self, block: Block, order: list[int], store: Store) -> None:
        """One block: what is known by its text, what is new, what has changed."""
        known = self.held.find_texts(block.texts)
        hits = known[known >= 0]
        self.held.seen[hits] = True
        self.run.unchanged += len(hits)
        block.known(len(hits))
        # A row whose text is known does not tell its periods.
        self._all_parsed &= not len(hits)
        if len(hits) == len(known):
            return
        places, lines, texts, batch = block.read(np.flatnonzero(known < 0))
        slices, areas = self._ids(places, lines, order)
        if self.areas.unknown:
            return  # the load is refused at its end; only the list is still of use
        self.spans.widen(batch)
        content = Content(batch, batch.digests(), texts)
        found = self.held.find(slices, areas)
        is_new = found < 0
        if is_new.any():
            # Mostly all are new, or none: copying them would take time for nothing.
            rows = slice(None) if is_new.all() else is_new
            store.add(slices[rows], areas[rows], content.take(rows))
            self.run.new += int(is_new.sum())
        if not is_new.all():
            self._compare(found[~is_new], content.take(~is_new), store)

    def _ids(
        self, places: list[Place], lines: Integers, order: list[int]
    ) -> tuple[Integers, Integers]:
        """Slice and area ids of the places; what is met first gets one below zero."""
        slices, areas, last = [], [], None
        known = self.areas.ids
        for (key, geo), line in zip(places, lines.tolist(), strict=True):
            # Rows of one slice mostly follow each other, with the same key object.
            if key is not last:
                last, slice_id = key, self._slice_of_key(key, line, order)
            slices.append(slice_id)
            area = known.get(geo)
            areas.append(self.areas.area_id(geo, line) if area is None else area)
        if self.areas.unknown:
            return lines, lines
        return np.array(slices, dtype=np.int64), np.array(areas, dtype=np.int64)

    def _slice_of_key(self, key: tuple[str, ...], line: int, order: list[int]) -> int:
        found = self._slice_of.get(key)
        if found is None:
            text = ".".join([key[i] for i in order])
            found = self._slice_of[key] = self._slice_id(text, line)
        return found

    def _slice_id(self, key: str, line: int) -> int:
        found = self.slices.get(key)
        if found is not None:
            return found
        if len(key) > MAX_KEY:
            raise IngestError(
                f"{self.run.file_name}, line {line}: the codes of a series are "
                f"{len(key)} characters long, more than {MAX_KEY}: "
                f"{key[:60]!r}... Check the file."
            )
        self.slices[key] = self.newcomers.add_slice(key)
        return self.slices[key]

    def _compare(self, found: Integers, content: Content, store: Store) -> None:
        """Series held: those with other content get a new vintage."""
        held = self.held
        held.seen[found] = True
        vintages = held.vintages[found]
        is_same = (held.digests[found] == content.digests) & (vintages != 0)
        if not self.complete and not is_same.all():
            store.wait()  # the stored content comes through the same connection
            content, is_same = self._merged(found, content, is_same)
        self.run.unchanged += int(is_same.sum())
        self.run.revised += int((~is_same).sum())
        if not is_same.all():
            changed = ~is_same
            store.revise(
                held.series[found[changed]], vintages[changed], content.take(changed)
            )

    def _merged(
        self, found: Integers, newer: Content, is_same: Rows
    ) -> tuple[Content, Rows]:
        """The content put over what is held, and where that changes nothing."""
        changed = np.flatnonzero(~is_same)
        vintages = self.held.vintages[found[changed]].tolist()
        stored = stored_content([pk for pk in vintages if pk])
        items = [newer.batch.row(row) for row in range(len(found))]
        for row, vintage in zip(changed.tolist(), vintages, strict=True):
            if vintage:
                items[row] = merged(stored[vintage], items[row], self.dataflow)
        batch = SeriesBatch.of(items)
        digests = batch.digests()
        # Where more is held than the text says, the text does not tell what is held.
        texts = np.where(digests == newer.digests, newer.texts, 0)
        is_same = (digests == self.held.digests[found]) & (
            self.held.vintages[found] != 0
        )
        return Content(batch, digests, texts), is_same
