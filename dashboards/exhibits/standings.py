"""Rows and words shared by the exhibits that show all regions in one year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.conversion_words import (
    MEANING,
    cell_text,
    conversion_columns,
    conversion_note,
    conversion_rows,
)
from dashboards.exhibits.base import (
    metadata,
    overview_of,
    value_columns,
)
from dashboards.exhibits.lookup import check_region, checked_period, indicator_of
from dashboards.figures.classes import LIMITS
from dashboards.overview import Overview, Standing
from indicators.forms import reading_of, reading_params
from indicators.models import Indicator
from sources.tables import Column, Table


@dataclass(frozen=True)
class YearView:
    """An indicator in one year, with the reader's own region ("" for none)."""

    overview: Overview
    period: str
    mine: str
    rows: list[Standing]

    @property
    def indicator(self) -> Indicator:
        return self.overview.indicator

    @property
    def ranked(self) -> list[Standing]:
        """EU regions with a value, best first."""
        return [row for row in self.rows if row.rank is not None]

    @property
    def my_row(self) -> Standing | None:
        return next((row for row in self.rows if row.code == self.mine), None)

    @property
    def covered(self) -> str:
        return _("%(n)d of %(all)d EU regions have a figure") % {
            "n": len(self.ranked),
            "all": len(self.overview.eu_codes),
        }

    def limits(self, method: str) -> list[float]:
        values = self.overview.eu_values(self.period).tolist()
        return LIMITS[method or "quantile"](values)

    @property
    def query(self) -> dict[str, str]:
        return {
            "indicator": self.indicator.slug,
            "year": self.period,
            "region": self.mine,
            **reading_params(self.overview.reading),
        }


def year_view(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> YearView:
    """The view a query asks for; refuses years without figures and unknown regions."""
    if overview is None:
        overview = overview_of(indicator_of(query), reading=reading_of(query))
    mine = query.get("region") or ""
    if mine:
        check_region(mine, overview.atlas)
    period = checked_period(overview, query.get("year") or "")
    return YearView(overview, period, mine, overview.standings(period))


def standing_table(
    view: YearView, *, address: str, rows: list[Standing] | None = None
) -> Table:
    """One row per region: value, flag and places; missing stays empty."""
    indicator = view.indicator
    return Table(
        title=f"{indicator.name}, {view.period}",
        columns=[
            Column("geo", _("Code")),
            Column("name", _("Region")),
            Column("country", _("Country")),
            Column("time_period", _("Year")),
            *value_columns(indicator),
            Column("rank", _("Rank in the EU"), kind="integer"),
            Column("rank_in_country", _("Rank in the country"), kind="integer"),
            *conversion_columns(view.overview.reading.is_converted),
        ],
        rows=[
            {
                "geo": row.code,
                "name": row.name,
                "country": row.country,
                "time_period": row.period,
                "obs_value": row.value,
                "obs_status": row.status,
                "conf_status": "C" if row.confidential else "",
                "rank": row.rank,
                "rank_in_country": row.rank_in_country,
                "conversion": cell_text(view.overview.frame, row.code, row.period),
            }
            for row in (view.rows if rows is None else rows)
        ],
        metadata=[
            *metadata([indicator], address, view.overview.reading),
            *conversion_rows(view.overview),
        ],
        filename_parts=[
            indicator.slug,
            view.period,
            *([view.mine] if view.mine else []),
        ],
    )


def words(row: Standing, indicator: Indicator) -> str:
    """Value, flag and rank of a region in one line of hover text."""
    if row.value is None:
        return wording.absent_words(row.confidential)
    parts = [f"{wording.value_text(row.value, indicator)}, {row.period}"]
    if row.status:
        parts.append(f"{row.status}: {wording.flag_words(row.status)}")
    if row.is_converted:
        parts.append(str(MEANING))
    if row.rank is not None:
        parts.append(
            _("%(rank)s in the EU") % {"rank": wording.rank_text(row.rank, row.of)}
        )
    return "<br>".join(parts)


def extremes(view: YearView) -> str:
    """Highest and lowest region in words."""
    by_value = sorted(
        (row for row in view.ranked if row.value is not None),
        key=lambda row: row.value or 0,
    )
    if not by_value:
        return _("No figures.")
    low, high = by_value[0], by_value[-1]
    return _("Highest: %(high)s, %(high_value)s. Lowest: %(low)s, %(low_value)s.") % {
        "high": high.name,
        "high_value": wording.value_text(high.value, view.indicator),
        "low": low.name,
        "low_value": wording.value_text(low.value, view.indicator),
    }


def converted_note(view: YearView, rows: list[Standing], drawn: str) -> str:
    """What ``drawn`` (hatched bars) means, where any row was converted."""
    codes = [row.code for row in rows if row.is_converted]
    said = conversion_note(view.overview, codes)
    return f"{drawn} {said}" if said else ""
