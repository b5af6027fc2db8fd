"""What every exhibit is made of, and how it finds its data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.overview import Overview
from indicators.dataflows import freshness_of
from indicators.forms import CONVERTED
from indicators.freshness import Freshness
from indicators.freshness_words import STATES, explanation, mark_text
from indicators.models import Dataflow, Indicator
from indicators.past import describe_as_of
from indicators.queries import indicator_frame
from indicators.reading import Reading
from regions.atlas import atlas
from sources.moments import parse_as_of
from sources.tables import Column, Table


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where numbers come from: shown under each figure and in each download."""

    publisher: str
    dataflow: str
    url: str
    edition: str
    licence: str
    release: str
    fetched: str
    note: str
    freshness: Freshness | None  # None for the past: today's says nothing of it

    @property
    def mark(self) -> str:
        """The words of the mark beside a figure; "" where none is needed."""
        return mark_text(self.freshness) if self.freshness else ""

    @property
    def why(self) -> str:
        """What the mark means, in full."""
        return explanation(self.freshness) if self.freshness else ""

    @property
    def is_stale(self) -> bool:
        return self.freshness is not None and self.freshness.is_stale


@dataclass(frozen=True)
class Exhibit:
    """A figure and all that must stand around it.

    ``weight`` is that of converted values in it, "" without any conversion.
    ``figure`` is built on demand, since pages need only its address. ``summary`` is
    the one sentence that says what the figure shows.
    """

    kind: str
    query: Mapping[str, Any]
    question: str
    subtitle: str
    summary: str
    table: Table
    figure: Callable[[], go.Figure]
    sources: tuple[SourceLine, ...]
    indicator: Indicator | None = None
    note: str = ""
    legend: Any = None
    weight: str = ""

    @property
    def url(self) -> str:
        """Address of the figure's JSON; the same with ``format`` for its data."""
        return figure_url(self.kind, self.query)

    @property
    def caption(self) -> str:
        """The subtitle, and which reading of the figures it is where not the usual."""
        caption = self.subtitle
        if self.query.get("series") == CONVERTED:
            version = self.query.get("version") or settings.NUTS_VERSION
            caption = _("%(subtitle)s, converted to NUTS %(version)s") % {
                "subtitle": caption.removesuffix("."),
                "version": version,
            }
        if asked := self.query.get("asOf"):
            caption = _("%(subtitle)s, as held on %(moment)s") % {
                "subtitle": caption.removesuffix("."),
                "moment": wording.moment(parse_as_of(asked)),
            }
        return caption

    @property
    def file_stem(self) -> str:
        return "_".join(self.table.filename_parts)


def figure_url(kind: str, query: Mapping[str, Any]) -> str:
    """The address that gives exactly this view; empty parameters are left out."""
    given = {key: value for key, value in query.items() if value}
    return f"{reverse('api:figure', args=[kind])}?{urlencode(given, doseq=True)}"


def overview_of(indicator: Indicator, *, reading: Reading, level: int = 2) -> Overview:
    frame = indicator_frame(indicator, reading=reading)
    return Overview(indicator, frame, atlas(reading.version), reading, level=level)


def all_indicators(as_of: datetime | None = None) -> list[Indicator]:
    """Every indicator with what its source lines need, in one query.

    With ``as_of`` their dataflows say what they said then, which takes another one.
    """
    indicators = list(
        Indicator.objects.select_related(
            "dataflow__source",
            "numerator__dataflow__source",
            "denominator__dataflow__source",
        )
    )
    if as_of:
        parts = [part for item in indicators for part in parts_of(item)]
        describe_as_of((part.dataflow for part in parts if part.dataflow), as_of)
    return indicators


def parts_of(indicator: Indicator) -> list[Indicator]:
    """The two parts of a ratio, else the indicator itself."""
    if not indicator.is_derived:
        return [indicator]
    return [part for part in (indicator.numerator, indicator.denominator) if part]


def source_lines(indicator: Indicator) -> tuple[SourceLine, ...]:
    """The dataflow of an indicator, or both of a ratio, each once."""
    parts = parts_of(indicator)
    flows = dict.fromkeys(part.dataflow for part in parts if part.dataflow)
    return tuple(source_line(flow) for flow in flows)


def source_line(dataflow: Dataflow) -> SourceLine:
    return SourceLine(
        publisher=dataflow.source.publisher,
        dataflow=dataflow.code,
        url=dataflow.url,
        edition=dataflow.edition,
        licence=dataflow.licence or dataflow.source.licence,
        release=_day(dataflow.source_updated),
        fetched=_day(dataflow.fetched_at),
        note=dataflow.note,
        freshness=None if dataflow.told_as_of else freshness_of(dataflow),
    )


def _day(moment: Any) -> str:
    return date_format(moment, "j F Y") if moment else ""


def held_line(as_of: datetime | None) -> list[tuple[str, str]]:
    """The line of a metadata sheet that says of which day the figures are."""
    return [(_("As held on"), wording.moment(as_of))] if as_of else []


def metadata(
    indicators: list[Indicator], address: str, reading: Reading
) -> list[tuple[str, str]]:
    """What the second sheet of a download says; labels and texts."""
    rows = held_line(reading.as_of)
    for item in indicators:
        rows += [
            (_("Indicator"), item.name),
            (_("Definition"), item.definition),
            (_("Unit"), item.unit),
            (_("Direction"), str(item.get_direction_display())),
        ]
        if item.formula:
            rows.append((_("Formula"), item.formula))
        for line in source_lines(item):
            rows += [
                (_("Source"), f"{line.publisher}, {line.dataflow}"),
                (_("Edition"), line.edition),
                (_("Licence"), line.licence),
                (_("Source release"), line.release or _("not stated")),
                (_("Compiled"), line.fetched),
            ]
            if line.note:
                rows.append((_("Note"), line.note))
            rows += freshness_rows(line)
    rows.append((_("Address of this view"), address))
    rows += [
        (_("Flag %(letter)s") % {"letter": letter}, str(words))
        for letter, words in wording.FLAGS.items()
    ]
    return rows


def marked_line(lines: Iterable[SourceLine]) -> SourceLine | None:
    """The line whose mark a figure of several sources bears: a stale one first."""
    marked = [line for line in lines if line.mark]
    stale = (line for line in marked if line.is_stale)
    return next(stale, marked[0] if marked else None)


def freshness_rows(line: SourceLine) -> list[tuple[str, str]]:
    """What a download says of a source's freshness; nothing about the past."""
    if line.freshness is None:
        return []
    state = str(STATES[line.freshness.state])
    return [(_("Freshness"), f"{state}. {line.why}".strip())]


def value_columns(indicator: Indicator) -> list[Column]:
    """The three columns that carry one observation."""
    return [
        Column(
            "obs_value", indicator.name, unit=indicator.unit, kind="number",
            decimals=indicator.decimals,
        ),
        Column("obs_status", _("Flag")),
        Column("conf_status", _("Confidentiality")),
    ]  # fmt: skip
