"""A dry run of an upload: what the file says, and what loading it would change.

Nothing is written. The queries are constant in number: codes of regions, areas of the
dataflow, its current vintages.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from indicators.changes import Change, series_changes
from indicators.models import Dataflow, Slice, Vintage
from indicators.parsers.errors import ParseError
from indicators.parsers.types import Message
from indicators.periods import format_period
from indicators.series import Observations
from indicators.services.facts import check_dataflow, key_order
from indicators.services.geocodes import GeoCodes
from indicators.services.opening import open_for
from indicators.services.preview_types import PlacedChange, Preview, PreviewRow
from sources.exceptions import IngestError

SHOWN_ROWS = 20
SHOWN_CHANGES = 200
SHOWN_CODES = 10
MOST_OBSERVATIONS = 500_000
# With so few slices in the file, only those are read from the database.
FEW_SLICES = 200

SeriesPlace = tuple[str, str]  # key of the slice, geo code


def preview_file(
    dataflow: Dataflow, path: Path, *, name: str, is_complete: bool
) -> Preview:
    """Read a file for a dataflow, saved or not yet, and compare it with what is held.

    Raises IngestError, with ``rejections`` for all bad rows, for what no load accepts.
    """
    comparison = _Comparison(dataflow, path, name=name, is_complete=is_complete)
    return comparison.preview(on_change=None)


def every_change(
    dataflow: Dataflow, path: Path, *, name: str, is_complete: bool
) -> Iterator[PlacedChange]:
    """All values that loading would revise or retire, for a file to take away."""
    found: list[PlacedChange] = []
    comparison = _Comparison(dataflow, path, name=name, is_complete=is_complete)
    comparison.preview(on_change=found.append)
    yield from found


class _Comparison:
    """One file against one dataflow."""

    def __init__(
        self, dataflow: Dataflow, path: Path, *, name: str, is_complete: bool
    ) -> None:
        self.dataflow = dataflow
        self.path = path
        self.name = name
        self.is_complete = is_complete
        self.codes = GeoCodes(dataflow)
        self.lines: dict[str, int] = {}  # geo code -> its first line
        self.values = Counter[str]()  # values held, and those that loading takes away

    def preview(self, *, on_change: Callable[[PlacedChange], None] | None) -> Preview:
        series, result = self._read()
        version = self.codes.version(self.lines)
        result.nuts_version = version
        result.regions = dict(self.codes.kinds(self.lines))
        result.unknown = [
            self.codes.unknown(code, line, version)
            for code, line in self.lines.items()
            if self.codes.is_unknown(code)
        ]
        result.rows = list(self._first_rows(series, version))
        self._compare(series, result, on_change)
        result.warnings = [
            *self._warnings(result),
            *self._new_codes({key for key, _geo in series}),
        ]
        return result

    def _read(self) -> tuple[dict[SeriesPlace, Observations], Preview]:
        try:
            message = open_for(
                (self.dataflow.agency, self.dataflow.code), self.path, name=self.name
            )
            check_dataflow(message.structure, self.dataflow, self.name)
            order = key_order(message.structure, self.dataflow, self.name)
            series = self._series(message, order)
        except ParseError as error:
            raise IngestError(str(error), error.rejections) from error
        if not series:
            raise IngestError(
                _("%(file)s: no observations in it.") % {"file": self.name}
            )
        result = Preview(
            tuple(self.dataflow.dimensions),
            form=message.form,
            sheet=message.sheet,
            series=message.tally.series,
            observations=message.tally.observations,
        )
        result.first_period, result.last_period = _span(series.values())
        return series, result

    def _series(
        self, message: Message, order: list[int]
    ) -> dict[SeriesPlace, Observations]:
        series = {}
        for row in message.series:
            self.lines.setdefault(row.geo, row.line)
            key = ".".join([row.key[i] for i in order])
            series[key, row.geo] = Observations.from_row(row)
            if message.tally.observations > MOST_OBSERVATIONS:
                raise IngestError(
                    _(
                        "%(file)s: more than %(limit)s observations, too many for a "
                        "preview. Load it with manage.py ingest."
                    )
                    % {"file": self.name, "limit": f"{MOST_OBSERVATIONS:,}"}
                )
        return series

    def _first_rows(
        self, series: dict[SeriesPlace, Observations], version: int
    ) -> Iterator[PreviewRow]:
        count = 0
        for (key, geo), content in series.items():
            for change in series_changes(None, content, is_complete=False):
                if count == SHOWN_ROWS or change.new is None:
                    return
                count += 1
                name = self.codes.name(geo, version)
                yield PreviewRow(key, geo, name, change.period, change.new)

    def _compare(
        self,
        series: dict[SeriesPlace, Observations],
        result: Preview,
        on_change: Callable[[PlacedChange], None] | None,
    ) -> None:
        left = dict(series)
        version = result.nuts_version or 0
        for place, old in self._held(series):
            for change in self._changes(place, old, left.pop(place, None)):
                result.counts[change.kind] += 1
                if change.kind not in ("revised", "retired"):
                    continue
                self._count_lost(change)
                if on_change or len(result.changes) < SHOWN_CHANGES:
                    name = self.codes.name(place[1], version)
                    placed = PlacedChange(*place, name, change)
                    (on_change or result.changes.append)(placed)
        for (_key, geo), content in left.items():
            if self.codes.is_unknown(geo):
                continue  # counted as rejected
            found = series_changes(None, content, is_complete=False)
            result.counts["new"] += sum(1 for _change in found)

    def _changes(
        self, place: SeriesPlace, old: Observations, new: Observations | None
    ) -> Iterator[Change]:
        self.values["held"] += sum(value is not None for value in old.values)
        if new is None and not self.is_complete:
            return
        try:
            yield from series_changes(old, new, is_complete=self.is_complete)
        except ValueError as error:
            raise IngestError(
                _(
                    "%(file)s: %(series)s: %(problem)s. Load it as complete, or put it "
                    "into another dataflow."
                )
                % {"file": self.name, "series": ".".join(place), "problem": error}
            ) from error

    def _held(
        self, series: dict[SeriesPlace, Observations]
    ) -> Iterator[tuple[SeriesPlace, Observations]]:
        """Current vintages, streamed: all of them, or those of the file's slices."""
        if self.dataflow.pk is None:
            return
        rows = Vintage.objects.current().filter(series__slice__dataflow=self.dataflow)
        keys = {key for key, _geo in series}
        if not self.is_complete and len(keys) <= FEW_SLICES:
            rows = rows.filter(series__slice__key__in=keys)
        for key, geo, *content in rows.values_list(
            "series__slice__key", "series__area__code", "frequency", "start", "values",
            "statuses", "confidentiality",
        ).iterator(2_000):  # fmt: skip
            yield (key, geo), Observations.canonical(*content)

    def _count_lost(self, change: Change) -> None:
        had = change.old is not None and change.old[0] is not None
        has = change.new is not None and change.new[0] is not None
        self.values["lost"] += had and not has

    def _new_codes(self, keys: set[str]) -> Iterator[str]:
        """A slip in a code would become a series of its own, and nobody would look."""
        held = set(
            Slice.objects.filter(dataflow_id=self.dataflow.pk).values_list(
                "key", flat=True
            )
        )
        if not held or keys <= held:
            return
        dimensions = self.dataflow.dimensions
        known, given = (_codes(of, len(dimensions)) for of in (held, keys))
        for name, old, new in zip(dimensions, known, given, strict=True):
            if added := sorted(new - old):
                yield _(
                    "New in this dataflow, in %(dimension)s: %(codes)s. Held are: "
                    "%(held)s. Is it no slip?"
                ) % {
                    "dimension": name,
                    "codes": _listed(added),
                    "held": _listed(sorted(old)),
                }

    def _warnings(self, result: Preview) -> Iterator[str]:
        held, lost = self.values["held"], self.values["lost"]
        if self.is_complete and held and lost > settings.MAX_VALUE_DROP * held:
            yield _(
                "Loading takes away %(share)s %% of the values held now "
                "(%(lost)s of %(held)s). Is the file complete?"
            ) % {
                "share": round(100 * lost / held),
                "lost": f"{lost:,}",
                "held": f"{held:,}",
            }
        was = self.dataflow.nuts_version
        if was and was != result.nuts_version:
            yield _(
                "The codes are mostly of NUTS %(new)s, those held of NUTS %(old)s. All "
                "codes of the dataflow would be read as NUTS %(new)s."
            ) % {"new": result.nuts_version, "old": was}


def _span(series: Iterable[Observations]) -> tuple[str, str]:
    """First and last period, as texts sort; "" where nothing is said."""
    texts = [
        format_period(item.frequency, ordinal)
        for item in series
        if item.values
        for ordinal in (item.start, item.start + len(item.values) - 1)
    ]
    return min(texts, default=""), max(texts, default="")


def _codes(keys: Iterable[str], dimensions: int) -> list[set[str]]:
    """The codes of each dimension. A key in which a code has a dot is left out."""
    split = [codes for key in keys if len(codes := key.split(".")) == dimensions]
    return [{codes[place] for codes in split} for place in range(dimensions)]


def _listed(codes: list[str]) -> str:
    more = [_("%d more") % (len(codes) - SHOWN_CODES)]
    return ", ".join(codes[:SHOWN_CODES] + more * (len(codes) > SHOWN_CODES))
