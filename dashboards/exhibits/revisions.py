"""What each run has revised of an indicator, newest first."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards import wording
from dashboards.exhibits.base import Exhibit, figure_url, metadata, source_lines
from dashboards.exhibits.lookup import indicator_of
from dashboards.figures.revisions import Step, revisions_figure
from indicators.forms import reading_of, reading_params
from indicators.history import RunRevision, revision_history
from indicators.models import Indicator
from indicators.reading import Reading
from sources.tables import Column, Table

# So many runs fit into a figure; all of them are in the table.
DRAWN = 24


def revisions_exhibit(
    query: Mapping[str, Any], *, history: list[RunRevision] | None = None
) -> Exhibit | None:
    """Size of the revisions per run; None for what was never loaded."""
    reading = reading_of(query)
    indicator = indicator_of(query)
    if history is None:
        history = revision_history(indicator, reading=reading)
    if not history:
        return None
    asked = {"indicator": indicator.slug, **reading_params(reading)}
    return Exhibit(
        kind="revisions",
        query=asked,
        question=_("How much have figures been revised?"),
        subtitle=_("Size of revised values of %(name)s, %(unit)s, by run")
        % {"name": indicator.name, "unit": indicator.unit},
        summary=summary(history, indicator),
        table=revisions_table(
            history, indicator, figure_url("revisions", asked), reading
        ),
        figure=lambda: _figure(history[:DRAWN], indicator),
        sources=source_lines(indicator),
        indicator=indicator,
        note=_("A first load and a year added revise nothing and have no bar."),
    )


def summary(history: list[RunRevision], indicator: Indicator) -> str:
    """The newest revision in words."""
    revised = [item for item in history if item.revision.changed]
    if not revised:
        return _("No value held has ever been revised.")
    last = revised[0]
    changed = ngettext(
        "%(n)d value revised", "%(n)d values revised", last.revision.changed
    ) % {"n": last.revision.changed}
    return _("%(day)s: %(changed)s, by %(mean)s on average, at most by %(most)s.") % {
        "day": date_format(last.moment, "j F Y"),
        "changed": changed,
        "mean": wording.value_text(last.revision.mean_absolute, indicator),
        "most": wording.value_text(last.revision.largest_absolute, indicator),
    }


def revisions_table(
    history: list[RunRevision], indicator: Indicator, address: str, reading: Reading
) -> Table:
    """One row per run; sizes are empty where no value was changed."""
    unit, decimals = indicator.unit, indicator.decimals

    def size(key: str, label: str) -> Column:
        return Column(key, label, unit=unit, kind="number", decimals=decimals)

    def count(key: str, label: str) -> Column:
        return Column(key, label, kind="integer")

    return Table(
        title=_("Revisions of %(name)s") % {"name": indicator.name},
        columns=[
            Column("date", _("Date")),
            Column("run", _("Run")),
            Column("release", _("Source release")),
            count("regions", _("Regions affected")),
            count("added", _("Observations added")),
            count("changed", _("Observations changed")),
            count("removed", _("Observations removed")),
            size("mean_absolute", _("Mean change")),
            size("largest_absolute", _("Largest change")),
            Column("mean_relative", _("Mean change"), "%", "number", 2),
            Column("largest_relative", _("Largest change"), "%", "number", 2),
            Column("changed_most", _("Changed most")),
        ],
        rows=[_row(item) for item in history],
        metadata=metadata([indicator], address, reading),
        filename_parts=[indicator.slug, "revisions"],
    )


def _row(item: RunRevision) -> dict[str, Any]:
    found = item.revision
    released = item.run.source_updated
    return {
        "date": item.moment.isoformat(),
        "run": str(item.run.pk),
        "release": released.isoformat() if released else "",
        "regions": found.regions,
        "added": found.added,
        "changed": found.changed,
        "removed": found.removed,
        "mean_absolute": found.mean_absolute,
        "largest_absolute": found.largest_absolute,
        "mean_relative": _percent(found.mean_relative),
        "largest_relative": _percent(found.largest_relative),
        "changed_most": "; ".join(
            f"{move.geo} {move.time_period}: {move.old:g} \u2192 {move.new:g}"
            for move in found.moves
        ),
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _figure(history: list[RunRevision], indicator: Indicator) -> go.Figure:
    steps = [
        Step(
            # Two runs of one day need two places.
            label=f"{date_format(item.moment, 'j M Y')}<br>#{item.run.pk}",
            mean=item.revision.mean_absolute,
            largest=item.revision.largest_absolute,
            note=summary([item], indicator),
        )
        for item in reversed(history)
    ]
    return revisions_figure(
        steps,
        unit=indicator.unit_short or indicator.unit,
        mean_label=_("Mean change"),
        largest_label=_("Largest change"),
    )
