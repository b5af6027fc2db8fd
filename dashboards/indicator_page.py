"""What the pages of indicators show."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dashboards import forms, wording
from dashboards.conversion_words import conversion_rows, published_text
from dashboards.exhibits.base import (
    all_indicators,
    overview_of,
    parts_of,
    source_lines,
)
from dashboards.exhibits.distributions import distribution_exhibit
from dashboards.exhibits.lookup import with_covered_year
from dashboards.exhibits.maps import map_exhibit
from dashboards.exhibits.rankings import excerpt, ranking_exhibit
from dashboards.exhibits.standings import YearView, year_view
from dashboards.overview import Overview, Standing
from dashboards.region_index import layouts
from dashboards.revision_page import recent_revisions
from dashboards.series_choice import series_choice
from indicators.forms import reading_of
from indicators.models import Indicator
from indicators.queries import indicator_frames
from indicators.reading import Reading
from regions.atlas import atlas


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator in the list, with how well it is covered."""

    indicator: Indicator
    overview: Overview

    @property
    def period(self) -> str:
        return self.overview.default_period

    @property
    def covered(self) -> int:
        return self.overview.coverage.get(self.period, 0)


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row of the ranking, and how many rows are left out before it."""

    standing: Standing
    skipped: int


def indicator_index(reading: Reading) -> dict[str, Any]:
    """Indicators by theme."""
    indicators = all_indicators(reading.as_of)
    regions = atlas(reading.version)
    frames = indicator_frames(indicators, reading=reading)
    entries = [
        Entry(item, Overview(item, frames[item.slug], regions, reading))
        for item in indicators
    ]
    order = list(dict.fromkeys(item.theme for item in indicators))
    entries.sort(key=lambda entry: order.index(entry.indicator.theme))
    grouped = groupby(entries, key=lambda entry: entry.indicator.theme)
    return {
        "themes": [(theme, list(items)) for theme, items in grouped],
        "eu_regions": len(regions.eu(2)),
    }


def indicator_page(indicator: Indicator, query: Mapping[str, Any]) -> dict[str, Any]:
    """Context of ``/indicators/<slug>/``."""
    overview = overview_of(indicator, reading=reading_of(query))
    query, absent_year = with_covered_year(query, overview)
    view = year_view(query, overview=overview)
    shown = view.ranked if query["show"] == "all" else excerpt(view)
    flows = [part.dataflow for part in parts_of(indicator) if part.dataflow]
    return {
        "indicator": indicator,
        "query": query,
        "view": view,
        "absent_year": absent_year,
        "map": map_exhibit(query, overview=overview),
        "ranking": ranking_exhibit(query, overview=overview),
        "distribution": distribution_exhibit(query, overview=overview),
        "rows": ranked_rows(shown, view),
        "largest": max((row.value or 0 for row in view.ranked), default=0),
        "is_all": query["show"] == "all",
        "coverage": [(p, n) for p, n in overview.coverage.items() if n],
        "sources": source_lines(indicator),
        "flags": used_flags(overview),
        "layouts": layouts(overview.atlas.version),
        "classes": forms.CLASSES,
        "regions": sorted(overview.atlas.eu(2), key=lambda item: item.code),
        "unranked": unranked(view),
        **recent_revisions(indicator, view.overview.reading),
        "choice": series_choice([overview.frame], overview.reading),
        "conversion": conversion_rows(overview),
        "published_in": published_text(
            overview.frame, [flow.nuts_version for flow in flows]
        ),
    }


def ranked_rows(shown: list[Standing], view: YearView) -> list[RankedRow]:
    """Rows with the gaps between them counted."""
    places = {row.code: i for i, row in enumerate(view.ranked)}
    rows, before = [], -1
    for row in shown:
        place = places[row.code]
        rows.append(RankedRow(row, place - before - 1))
        before = place
    return rows


def used_flags(overview: Overview) -> list[tuple[str, str]]:
    """The flag letters that occur in the indicator, with their meaning."""
    letters = sorted(set("".join(overview.frame.obs_status.to_numpy().ravel())))
    if (overview.frame.conf_status == "C").any(axis=None):
        letters = sorted({*letters, "c"})
    return [(letter, str(wording.FLAGS.get(letter, letter))) for letter in letters]


def unranked(view: YearView) -> dict[str, int]:
    """Why EU regions have no rank: confidential or not published."""
    eu = set(view.overview.eu_codes)
    absent = [row for row in view.rows if row.code in eu and row.value is None]
    hidden = sum(row.confidential for row in absent)
    return {"confidential": hidden, "missing": len(absent) - hidden}
