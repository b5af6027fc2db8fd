"""What the page of comparison shows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dashboards import forms
from dashboards.exhibits.base import Exhibit, all_indicators
from dashboards.exhibits.comparisons import comparison_exhibit
from dashboards.exhibits.lookup import check_region
from dashboards.exhibits.trends import trend_exhibit
from dashboards.overview import Overview, Standing
from dashboards.series_choice import series_choice
from indicators.forms import address_params, reading_of
from indicators.queries import indicator_frames
from regions.atlas import Atlas, atlas

DEFAULT_INDICATORS = ("gerd-pc-gdp", "gdp-per-head", "tertiary-25-64")


def compare_page(query: Mapping[str, Any]) -> dict[str, Any]:
    """Context of ``/compare/``: figures per indicator, and one table of everything."""
    reading = reading_of(query)
    regions = atlas(reading.version)
    for code in query["region"]:
        check_region(code, regions)
    every = all_indicators(reading.as_of)
    wanted = query["indicator"] or list(DEFAULT_INDICATORS)
    chosen = [item for item in every if item.slug in wanted]
    frames = indicator_frames(chosen, reading=reading)
    overviews = [Overview(item, frames[item.slug], regions, reading) for item in chosen]
    return {
        "query": query,
        "indicators": every,
        "chosen": {item.slug for item in chosen},
        "picked": [(regions[code], without(query, code)) for code in query["region"]],
        "slots": max(forms.MAX_REGIONS - len(query["region"]), 0),
        "all_regions": choices(regions),
        "exhibits": exhibits(query, overviews),
        "table": [(o, latest_rows(o, query["region"])) for o in overviews],
        "views": forms.VIEWS,
        "choice": series_choice(frames.values(), reading, codes=query["region"]),
    }


def exhibits(query: Mapping[str, Any], overviews: list[Overview]) -> list[Exhibit]:
    if not query["region"] or query["view"] == "table":
        return []
    build = trend_exhibit if query["view"] == "trend" else comparison_exhibit
    return [
        build(
            {
                "indicator": overview.indicator.slug,
                "region": query["region"],
                "year": query["year"] if query["year"] in overview.periods else "",
            },
            overview=overview,
        )
        for overview in overviews
    ]


def latest_rows(overview: Overview, codes: list[str]) -> list[Standing]:
    """Each region in one and the same year, so that the figures can be compared."""
    return [overview.standing_of(code, overview.default_period) for code in codes]


def choices(regions: Atlas) -> list[tuple[str, str]]:
    """Every region for the picker: code and label, in code order."""
    return [
        (item.code, f"{item.code} {item.name}") for item in regions.territories.values()
    ]


def without(query: Mapping[str, Any], code: str) -> str:
    """Address of the same view less one region."""
    params = address_params(query)
    params["region"] = [item for item in query["region"] if item != code]
    return f"{reverse('dashboards:compare')}?{urlencode(params, doseq=True)}"
