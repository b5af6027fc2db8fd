"""From checked parameters to things that exist, with a clear refusal otherwise."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dashboards.exhibits.base import all_indicators
from dashboards.overview import Overview
from indicators.models import Indicator
from regions.atlas import Atlas
from sources.queryforms import InvalidQuery, ParameterError


def indicator_of(query: Mapping[str, Any]) -> Indicator:
    """The indicator a query names; the form has checked that it exists."""
    indicators = all_indicators(query.get("asOf"))
    return next(item for item in indicators if item.slug == query["indicator"])


def checked_regions(codes: list[str], overview: Overview) -> list[str]:
    """The codes, all of which are regions of the version shown."""
    for code in codes:
        check_region(code, overview.atlas)
    return codes


def check_region(code: str, atlas: Atlas) -> None:
    if code not in atlas:
        raise InvalidQuery(
            [
                ParameterError(
                    "region",
                    _("There is no region %(code)s in NUTS %(version)d.")
                    % {"code": code, "version": atlas.version},
                )
            ]
        )


def with_covered_year(
    query: Mapping[str, Any], overview: Overview
) -> tuple[Mapping[str, Any], str]:
    """For pages: the query without a year that has no figures, and that year."""
    year = query.get("year") or ""
    if not year or year in overview.periods:
        return query, ""
    return {**query, "year": ""}, year


def checked_period(overview: Overview, year: str) -> str:
    """The year asked for, else the newest well-covered one; refuses empty years."""
    if not year:
        return overview.default_period
    if year not in overview.periods:
        raise InvalidQuery(
            [
                ParameterError(
                    "year",
                    _("%(indicator)s has no figures for %(year)s.")
                    % {"indicator": overview.indicator.name, "year": year},
                    tuple(overview.periods),
                )
            ]
        )
    return year
