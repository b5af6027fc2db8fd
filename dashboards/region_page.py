"""What the page of one region shows."""

from typing import Any

from django.utils.translation import gettext as _

from dashboards.exhibits.specialisation import specialisation_exhibit
from dashboards.exhibits.trends import trend_exhibit
from dashboards.locator import locator
from dashboards.profile import KeyFigure, Profile, build_profile
from indicators.models import Indicator
from regions.atlas import Atlas
from regions.models import Correspondence


def region_page(
    code: str, *, atlas: Atlas, indicators: list[Indicator]
) -> dict[str, Any]:
    """Context of the page; the number of queries does not grow with indicators."""
    profile = build_profile(code, atlas=atlas, indicators=indicators)
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
        "specialisation": specialisation_exhibit({"region": code, "year": ""}),
        "versions": versions_of(code, atlas.version),
        "locator": locator(code, atlas),
        "shifted": [o for o in profile.origins if o.relation == "shifted"],
    }


def trend_exhibit_of(item: KeyFigure) -> Any:
    return trend_exhibit(
        {"indicator": item.indicator.slug, "region": [item.territory.code]},
        overview=item.overview,
    )


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
