"""A profile as plain rows."""

from typing import Any

from dashboards.conversion_words import weight_of
from dashboards.exhibits.base import source_lines
from dashboards.profile import KeyFigure, Profile
from indicators.dataflows import stale_reason


def profile_rows(profile: Profile) -> list[dict[str, Any]]:
    """One row per indicator with a value, as ``KeyFigureSerializer`` describes it."""
    return [_row(item) for item in profile.key_figures]


def _row(item: KeyFigure) -> dict[str, Any]:
    standing = item.standing
    reason = stale_reason(item.indicator, as_of=item.overview.reading.as_of)
    return {
        "indicator": item.indicator.slug,
        "name": item.indicator.name,
        "unit": item.indicator.unit,
        "direction": item.indicator.direction,
        "time_period": item.observation.time_period,
        "obs_value": item.observation.obs_value,
        "obs_status": item.observation.obs_status,
        "rank_eu": {"rank": standing.rank, "of": standing.of},
        "rank_country": {
            "rank": standing.rank_in_country,
            "of": standing.of_in_country,
        },
        "country": {"obs_value": item.country[0], "is_median": item.country[1]},
        "eu": {"obs_value": item.eu[0], "is_median": item.eu[1]},
        "published_as": " ".join(f"{o.version}:{o.code}" for o in item.origins),
        "converted": item.observation.is_converted,
        "weight": weight_of(item.overview.frame)
        if item.observation.is_converted
        else "",
        "sources": [
            f"{line.publisher}, {line.dataflow}"
            for line in source_lines(item.indicator)
        ],
        "stale": bool(reason),
        "stale_reason": reason,
    }
