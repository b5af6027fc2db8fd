"""The six steps as a path through the portal's own pages, for a region or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from regions.atlas import Territory, atlas
from regions.countries import country_name
from sources.queryforms import InvalidQuery, ParameterError
from strategies.models import CodeList, CodeListEntry

STEPS = "ris3-steps"


@dataclass(frozen=True, slots=True)
class Stop:
    """A page of the portal that helps with a step, and what to look for there."""

    label: str
    why: str
    url: str


def public_list(code: str) -> Any:
    """A list of the guide; ``lines`` are its headings, each with ``parts``.

    Only lines that readers may see; Http404 where there is no such list for them.
    """
    lines = CodeListEntry.objects.public().order_by("position", "id")
    headings = lines.headings().prefetch_related(
        Prefetch("children", lines, to_attr="parts")
    )
    found = (
        CodeList.objects.public()
        .filter(code=code)
        .prefetch_related("references", Prefetch("entries", headings, to_attr="lines"))
        .first()
    )
    if found is None:
        raise Http404(_("The guide has no list %(code)s.") % {"code": code})
    return found


def region_of(code: str) -> Territory | None:
    """The region asked for; InvalidQuery where today has none of that code."""
    if not code:
        return None
    regions = atlas(settings.NUTS_VERSION)
    if code not in regions:
        detail = _("There is no region %(code)s in NUTS %(version)d.")
        named = detail % {"code": code, "version": settings.NUTS_VERSION}
        raise InvalidQuery([ParameterError("region", named)])
    return regions[code]


def region_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Regions of level 2 by country, both in order of name."""
    by_country: dict[str, list[tuple[str, str]]] = {}
    for item in atlas(settings.NUTS_VERSION).at_level(2):
        by_country.setdefault(item.country, []).append((item.code, item.label))
    groups = [
        (country_name(country), sorted(items, key=lambda pair: pair[1]))
        for country, items in by_country.items()
    ]
    return sorted(groups)


def stops(number: int, region: Territory | None) -> list[Stop]:
    """The pages that help with a step, in the order to read them."""
    made = (_analysis, _governance, _vision, _priorities, _policy_mix, _monitoring)
    return list(made[number - 1](region))


def _analysis(region: Territory | None) -> Iterator[Stop]:
    yield _profile(region, _("Key figures, ranks and trends of the region."))
    if region:
        yield Stop(
            _("Specialisation"),
            _("Where the region employs a larger share of people than the EU does."),
            f"{_region(region)}#specialisation",
        )
    yield Stop(
        _("Compare"),
        _("The same figures beside those of other regions."),
        _page("dashboards:compare", region),
    )
    yield Stop(
        _("Indicators"),
        _("Every indicator on a map, with definition and source."),
        reverse("indicators:index"),
    )


def _governance(region: Territory | None) -> Iterator[Stop]:
    yield Stop(
        _("Organisations"),
        _("Who has taken part in cooperation: agencies, universities, authorities."),
        _page("organisations:index", region),
    )
    yield _projects(region, _("Projects in which partners worked together before."))
    yield Stop(
        _("Support"),
        _("Who helps regions with their strategies."),
        reverse("programmes:support-index"),
    )
    yield Stop(
        _("Peer review"),
        _("How regions review the strategies of others, and what they ask."),
        reverse("guide:list", args=["peer-review"]),
    )


def _vision(region: Territory | None) -> Iterator[Stop]:
    yield Stop(
        _("Strategies"),
        _("What was declared in this and in earlier periods."),
        _page("strategies:index", region),
    )
    yield Stop(
        _("Policy objectives 2021–2027"),
        _("The objectives that the funds of the period serve."),
        reverse("guide:list", args=["policy-objectives-2021-2027"]),
    )


def _priorities(region: Territory | None) -> Iterator[Stop]:
    yield Stop(
        _("Priorities"),
        _("The fields named so far; each says who else has it."),
        _page("strategies:priorities", region),
    )
    yield Stop(
        _("Regions by domains"),
        _("Which domains the regions of a country have in common."),
        _query("strategies:matrix", country=region.country if region else ""),
    )
    yield Stop(
        _("Domains"),
        _("Priorities, projects and good practices about one domain."),
        reverse("strategies:domains"),
    )


def _policy_mix(region: Territory | None) -> Iterator[Stop]:
    yield Stop(
        _("Funding programmes"),
        _("What the region can apply to, and the calls that are open."),
        _page("programmes:index", region),
    )
    yield _projects(region, _("What others did, what it cost and what came out."))
    yield Stop(
        _("What keeps small firms from innovating"),
        _("Barriers that instruments have to answer."),
        reverse("guide:list", args=["barriers-to-sme-innovation"]),
    )
    yield Stop(
        _("Thematic objectives 2014–2020"),
        _("The objectives of the funds, as many action plans cite them."),
        reverse("guide:list", args=["thematic-objectives-2014-2020"]),
    )


def _monitoring(region: Territory | None) -> Iterator[Stop]:
    if region:
        yield Stop(
            _("Trends"),
            _("Baselines and how they moved since."),
            f"{_region(region)}#trends",
        )
    yield Stop(
        _("Indicators"),
        _("Result indicators with their sources, to be downloaded."),
        reverse("indicators:index"),
    )
    yield Stop(
        _("Methods"),
        _("How each number is computed, and what its flags mean."),
        reverse("dashboards:methods"),
    )


def _profile(region: Territory | None, why: str) -> Stop:
    if region is None:
        return Stop(_("Regions"), why, reverse("regions:index"))
    return Stop(_("Profile of the region"), why, _region(region))


def _projects(region: Territory | None, why: str) -> Stop:
    return Stop(_("Projects"), why, _page("projects:index", region))


def _region(region: Territory) -> str:
    return reverse("regions:detail", args=[region.code])


def _page(name: str, region: Territory | None) -> str:
    return _query(name, region=region.code if region else "")


def _query(name: str, **params: str) -> str:
    given = {key: value for key, value in params.items() if value}
    address = reverse(name)
    return f"{address}?{urlencode(given)}" if given else address
