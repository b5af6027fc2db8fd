"""What the page of one region shows."""

from typing import Any

from django.utils.translation import gettext as _

from dashboards.conversion_words import conversion_note
from dashboards.exhibits.specialisation import specialisation_exhibit
from dashboards.exhibits.trends import trend_exhibit
from dashboards.locator import locator
from dashboards.profile import KeyFigure, Profile, build_profile
from dashboards.region_catalogue import region_catalogue
from dashboards.series_choice import series_choice
from indicators.forms import checked_params
from indicators.models import Indicator
from indicators.reading import Reading
from regions.atlas import Atlas
from regions.models import Correspondence


def region_page(
    code: str, *, atlas: Atlas, indicators: list[Indicator], reading: Reading
) -> dict[str, Any]:
    """Context of the page; the number of queries does not grow with indicators."""
    profile = build_profile(code, atlas=atlas, indicators=indicators, reading=reading)
    territory = profile.territory
    return {
        "territory": territory,
        "profile": profile,
        "ancestors": atlas.ancestors(code),
        "children": atlas.children(code),
        "country_name": atlas.name(territory.country),
        "facts": _facts(profile),
        "themes": [
            (theme, [trend_exhibit_of(item) for item in items])
            for theme, items in profile.by_theme
        ],
        "specialisation": specialisation_exhibit(
            {"region": code, "year": "", **checked_params(reading)}
        ),
        "choice": series_choice(profile.frames.values(), reading, codes=[code]),
        "converted": _converted(profile),
        "versions": versions_of(code, atlas.version),
        "locator": locator(code, atlas),
        **region_catalogue(code),
        "shifted": [o for o in profile.origins if o.relation == "shifted"],
    }


def trend_exhibit_of(item: KeyFigure) -> Any:
    return trend_exhibit(
        {"indicator": item.indicator.slug, "region": [item.territory.code]},
        overview=item.overview,
    )


def _converted(profile: Profile) -> list[tuple[Indicator, str]]:
    """The indicators with converted values of this region, and from where."""
    code = profile.territory.code
    notes = (
        (item.indicator, conversion_note(item.overview, [code]))
        for item in profile.key_figures
    )
    return [(indicator, note) for indicator, note in notes if note]


def _facts(profile: Profile) -> list[tuple[str, KeyFigure]]:
    """The two sizes that stand in the page's head."""
    wanted = ((_("Population"), "population"), (_("GDP"), "gdp-mio-eur"))
    found = ((label, profile.figure(slug)) for label, slug in wanted)
    return [(label, item) for label, item in found if item]


def versions_of(code: str, version: int) -> list[Correspondence]:
    """The region's codes in every NUTS version that has the same territory."""
    return list(
        Correspondence.objects.filter(source__version=version, source__code=code)
        .select_related("target")
        .order_by("target__version")
    )
