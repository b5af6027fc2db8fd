"""The tables of pages as downloads: the same rows, in the same order."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dashboards.conversion_words import (
    cell_text,
    conversion_columns,
    conversion_rows,
)
from dashboards.exhibits.base import held_line, metadata
from dashboards.indicator_page import Entry
from dashboards.overview import Overview, Standing
from dashboards.profile import Profile
from dashboards.source_page import DataflowRow
from indicators.freshness_words import rule_text
from indicators.reading import Reading
from sources.tables import Column, Table


def profile_table(profile: Profile, address: str, reading: Reading) -> Table:
    """A region's key figures, one row each."""
    code = profile.territory.code
    return Table(
        title=_("Key figures of %(region)s") % {"region": profile.territory.label},
        columns=[
            *_indicator_columns(),
            Column("time_period", _("Year")),
            Column("obs_value", _("Value"), kind="number"),
            Column("obs_status", _("Flag")),
            Column("rank_eu", _("Rank in the EU"), kind="integer"),
            Column("of_eu", _("EU regions ranked"), kind="integer"),
            Column("rank_country", _("Rank in the country"), kind="integer"),
            Column("country_value", _("Country"), kind="number"),
            Column("country_is_median", _("Country value is a median")),
            Column("eu_value", _("EU"), kind="number"),
            Column("eu_is_median", _("EU value is a median")),
            *conversion_columns(reading.is_converted),
        ],
        rows=[
            {
                "indicator": item.indicator.slug,
                "name": item.indicator.name,
                "unit": item.indicator.unit,
                "time_period": item.observation.time_period,
                "obs_value": item.observation.obs_value,
                "obs_status": item.observation.obs_status,
                "rank_eu": item.standing.rank,
                "of_eu": item.standing.of,
                "rank_country": item.standing.rank_in_country,
                "country_value": item.country[0],
                "country_is_median": _yes(item.country[1]),
                "eu_value": item.eu[0],
                "eu_is_median": _yes(item.eu[1]),
                "conversion": cell_text(
                    item.overview.frame, code, item.observation.time_period
                ),
            }
            for item in profile.key_figures
        ],
        metadata=[
            *metadata(
                [item.indicator for item in profile.key_figures], address, reading
            ),
            *_conversions(item.overview for item in profile.key_figures),
        ],
        filename_parts=["key-figures", code],
    )


def comparison_table(
    rows: Iterable[tuple[Overview, list[Standing]]],
    codes: list[str],
    address: str,
    reading: Reading,
) -> Table:
    """Indicators by regions, long: one row for each pair."""
    pairs = list(rows)
    return Table(
        title=_("Comparison of %(regions)s") % {"regions": ", ".join(codes)},
        columns=[
            *_indicator_columns(),
            Column("geo", _("Code")),
            Column("region", _("Region")),
            Column("time_period", _("Year")),
            Column("obs_value", _("Value"), kind="number"),
            Column("obs_status", _("Flag")),
            Column("conf_status", _("Confidentiality")),
            Column("rank", _("Rank in the EU"), kind="integer"),
            *conversion_columns(reading.is_converted),
        ],
        rows=[
            {
                "indicator": overview.indicator.slug,
                "name": overview.indicator.name,
                "unit": overview.indicator.unit,
                "geo": row.code,
                "region": overview.atlas.name(row.code),
                "time_period": row.period,
                "obs_value": row.value,
                "obs_status": row.status,
                "conf_status": "C" if row.confidential else "",
                "rank": row.rank,
                "conversion": cell_text(overview.frame, row.code, row.period),
            }
            for overview, standings in pairs
            for row in standings
        ],
        metadata=[
            *metadata([o.indicator for o, _rows in pairs], address, reading),
            *_conversions(overview for overview, _rows in pairs),
        ],
        filename_parts=["comparison", *codes],
    )


def indicator_table(entries: Iterable[Entry], address: str, reading: Reading) -> Table:
    """The list of indicators with their coverage."""
    return Table(
        title=_("Indicators"),
        columns=[
            *_indicator_columns(),
            Column("theme", _("Theme")),
            Column("direction", _("Direction")),
            Column("first_period", _("First year")),
            Column("last_period", _("Last year")),
            Column("best_period", _("Best covered year")),
            Column("covered", _("EU regions covered"), kind="integer"),
            Column("definition", _("Definition")),
        ],
        rows=[
            {
                "indicator": entry.indicator.slug,
                "name": entry.indicator.name,
                "unit": entry.indicator.unit,
                "theme": entry.indicator.theme,
                "direction": str(entry.indicator.get_direction_display()),
                "first_period": entry.overview.periods[0] if entry.period else "",
                "last_period": entry.overview.periods[-1] if entry.period else "",
                "best_period": entry.period,
                "covered": entry.covered,
                "definition": entry.indicator.definition,
            }
            for entry in entries
        ],
        metadata=[*held_line(reading.as_of), (_("Address of this view"), address)],
        filename_parts=["indicators"],
    )


def source_table(rows: Iterable[DataflowRow], address: str) -> Table:
    """The list of datasets with what is held of them."""
    return Table(
        title=_("Datasets"),
        columns=[
            Column("agency", _("Agency")),
            Column("dataflow", _("Code")),
            Column("name", _("Dataset")),
            Column("publisher", _("Publisher")),
            Column("licence", _("Licence")),
            Column("edition", _("Edition")),
            Column("source_updated", _("Source release")),
            Column("fetched_at", _("Fetched")),
            Column("checked_at", _("Last checked")),
            Column("next_expected", _("Next expected")),
            Column("state", _("State")),
            Column("reason", _("Reason")),
            Column("last_run", _("Last run")),
            Column("first_period", _("First period")),
            Column("last_period", _("Last period")),
            Column("series", _("Series"), kind="integer"),
            Column("observations", _("Observations"), kind="integer"),
            Column("areas", _("Areas"), kind="integer"),
            Column("note", _("Note")),
        ],
        rows=[_source_row(row) for row in rows],
        metadata=[
            (_("When a dataset is stale"), rule_text()),
            (_("Address of this view"), address),
        ],
        filename_parts=["datasets"],
    )


def _source_row(row: DataflowRow) -> Mapping[str, Any]:
    flow = row.dataflow
    return {
        "agency": flow.agency,
        "dataflow": flow.code,
        "name": flow.name,
        "publisher": flow.source.publisher,
        "licence": flow.licence,
        "edition": flow.edition,
        "source_updated": _iso(flow.source_updated),
        "fetched_at": _iso(flow.fetched_at),
        "checked_at": _iso(flow.checked_at),
        "next_expected": _iso(row.freshness.next_expected),
        "state": row.state_text,
        "reason": row.why,
        "last_run": str(row.run.get_state_display()) if row.run else "",
        "first_period": flow.first_period,
        "last_period": flow.last_period,
        "series": row.series,
        "observations": row.observations,
        "areas": row.areas,
        "note": flow.note,
    }


def _iso(moment: date | None) -> str:
    return moment.isoformat() if moment else ""


def _indicator_columns() -> list[Column]:
    return [
        Column("indicator", _("Indicator")),
        Column("name", _("Name")),
        Column("unit", _("Unit")),
    ]


def _conversions(overviews: Iterable[Overview]) -> list[tuple[str, str]]:
    """What was converted in each indicator; nothing for series as reported."""
    return [
        (label, f"{overview.indicator.name}: {text}")
        for overview in overviews
        for label, text in conversion_rows(overview)
    ]


def _yes(flag: bool) -> str:
    return _("yes") if flag else _("no")
