"""What would transfer to a region: the inputs gathered for ``analysis.transfer``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings

from indicators.analysis.peers import min_max, nearest, structural_distance
from indicators.models import Indicator
from indicators.queries import indicator_frames
from indicators.reading import Reading
from practices.analysis.evidence import Grade
from practices.analysis.transfer import WEIGHTS, Offer, Part, Transfer, Wanting, ranking
from practices.content.reading import domain_key
from practices.models import GoodPractice
from regions.models import Region
from strategies.models import Domain, Priority, Strategy

# What regions are like, rather than how well they do (METHODS: reference regions).
STRUCTURE = (
    "population",
    "tertiary-25-64",
    "hrst-pc-pop",
    "hightech-employment-pc",
    "knowledge-intensive-services-pc",
)
# Sizes differ by powers of ten: their logarithm is compared.
LOGARITHMIC = frozenset({"population"})
GDP = "gdp-mio-eur"
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Structure:
    """Regions of level 2 and their distances; GDP (EUR) of regions of any level."""

    codes: tuple[str, ...]
    distances: Any
    gdp: Mapping[str, float]

    def order(self, code: str) -> tuple[tuple[str, ...], dict[str, float]]:
        """Others from the nearest to the farthest, with their distances."""
        if code not in self.codes:
            return (), {}
        peers = nearest(self.distances, self.codes.index(code), self.codes)
        return (
            tuple(self.codes[peer.place] for peer in peers),
            {self.codes[peer.place]: peer.distance for peer in peers},
        )


def transfers(
    region: Region,
    *,
    weights: Mapping[Part, float] = WEIGHTS,
    practices: Any = None,
) -> list[tuple[GoodPractice, Transfer]]:
    """Public practices ranked for a region of today, the best first.

    ``practices`` narrows them: a queryset that is public. The number of statements is
    the same for any number of practices. ValueError for weights that cannot be.
    """
    shown = GoodPractice.objects.public() if practices is None else practices
    held = {
        practice.slug: practice
        for practice in shown.prefetch_related("regions", "domains")
    }
    structure = regional_structure()
    wanting = _wanting(region, structure)
    offers = [_offer(practice, structure) for practice in held.values()]
    return [(held[item.key], item) for item in ranking(wanting, offers, weights)]


def regional_structure() -> Structure:
    """From the latest values held of each indicator; frames are cached."""
    wanted = Indicator.objects.select_related("dataflow", "numerator", "denominator")
    frames = indicator_frames(
        wanted.filter(slug__in=[*STRUCTURE, GDP]),
        reading=Reading(settings.NUTS_VERSION),
    )
    latest = {slug: _latest(frame) for slug, frame in frames.items()}
    codes = tuple(
        Region.objects.current()
        .at_level(2)
        .order_by("code")
        .values_list("code", flat=True)
    )
    columns = [_column(slug, latest.get(slug, {}), codes) for slug in STRUCTURE]
    scaled = min_max(np.array(columns, dtype=float).T)
    gdp = {code: value * MILLION for code, value in latest.get(GDP, {}).items()}
    return Structure(codes, structural_distance(scaled), gdp)


def domain_names(keys: Any) -> dict[str, str]:
    """Key -> name, for the sentences about domains; one statement."""
    found = {domain_key(domain): domain.name for domain in Domain.objects.all()}
    return {key: found[key] for key in keys if key in found}


def _wanting(region: Region, structure: Structure) -> Wanting:
    order, distances = structure.order(region.code)
    return Wanting(
        region.code,
        _priority_domains(region),
        structure.gdp.get(region.code),
        order,
        distances,
    )


def _priority_domains(region: Region) -> frozenset[str]:
    """Domains of the region's public priorities, with the broad ones above them."""
    strategies = Strategy.objects.public().for_region(region)
    priorities = Priority.objects.public().filter(strategy__in=strategies)
    wanted = Domain.objects.filter(priorities__in=priorities).select_related("parent")
    found = set()
    for domain in wanted.distinct():
        found.add(domain_key(domain))
        if domain.parent:
            found.add(domain_key(domain.parent))
    return frozenset(found)


def _offer(practice: GoodPractice, structure: Structure) -> Offer:
    codes = frozenset(region.code for region in practice.regions.all())
    sizes = [structure.gdp[code] for code in sorted(codes) if code in structure.gdp]
    return Offer(
        key=practice.slug,
        regions=codes,
        domains=frozenset(domain_key(domain) for domain in practice.domains.all()),
        grade=Grade(practice.evidence_grade) if practice.evidence_grade else None,
        cost=None if practice.cost_eur is None else float(practice.cost_eur),
        gdp=sum(sizes) / len(sizes) if sizes else None,
    )


def _latest(frame: Any) -> dict[str, float]:
    """The last value of each region."""
    if frame.is_empty:
        return {}
    filled = frame.values.ffill(axis=1).iloc[:, -1].dropna()
    return {str(code): float(value) for code, value in filled.items()}


def _column(
    slug: str, values: Mapping[str, float], codes: tuple[str, ...]
) -> list[float]:
    column = [values.get(code, np.nan) for code in codes]
    if slug in LOGARITHMIC:
        return [np.log(value) if value > 0 else np.nan for value in column]
    return column
