"""What every exhibit is made of, and how it finds its data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.overview import Overview
from indicators.models import Dataflow, Indicator
from indicators.queries import indicator_frame
from regions.atlas import atlas
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


@dataclass(frozen=True)
class Exhibit:
    """A figure and all that must stand around it.

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

    @property
    def url(self) -> str:
        """Address of the figure's JSON; the same with ``format`` for its data."""
        return figure_url(self.kind, self.query)

    @property
    def file_stem(self) -> str:
        return "_".join(self.table.filename_parts)


def figure_url(kind: str, query: Mapping[str, Any]) -> str:
    """The address that gives exactly this view; empty parameters are left out."""
    given = {key: value for key, value in query.items() if value}
    return f"{reverse('api:figure', args=[kind])}?{urlencode(given, doseq=True)}"


def version_query(version: int) -> dict[str, str]:
    """The parameter for another NUTS version than today's; nothing for today's."""
    return {} if version == settings.NUTS_VERSION else {"version": str(version)}


def overview_of(indicator: Indicator, *, version: int, level: int = 2) -> Overview:
    frame = indicator_frame(indicator, version=version)
    return Overview(indicator, frame, atlas(version), level=level)


def all_indicators() -> list[Indicator]:
    """Every indicator with what its source lines need, in one query."""
    return list(
        Indicator.objects.select_related(
            "dataflow__source",
            "numerator__dataflow__source",
            "denominator__dataflow__source",
        )
    )


def source_lines(indicator: Indicator) -> tuple[SourceLine, ...]:
    """The dataflow of an indicator, or both of a ratio, each once."""
    parts = (
        (indicator.numerator, indicator.denominator)
        if indicator.is_derived
        else (indicator,)
    )
    flows = dict.fromkeys(part.dataflow for part in parts if part and part.dataflow)
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
    )


def _day(moment: Any) -> str:
    return date_format(moment, "j F Y") if moment else ""


def metadata(indicators: list[Indicator], address: str) -> list[tuple[str, str]]:
    """What the second sheet of a download says; labels and texts."""
    rows: list[tuple[str, str]] = []
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
    rows.append((_("Address of this view"), address))
    rows += [
        (_("Flag %(letter)s") % {"letter": letter}, str(words))
        for letter, words in wording.FLAGS.items()
    ]
    return rows


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


def shown_version(query: Mapping[str, Any]) -> int:
    return int(query.get("version") or settings.NUTS_VERSION)
