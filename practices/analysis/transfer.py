"""What would transfer to a region, and why: four parts, weighed and multiplied. Pure.

Each part is 0 to 1 and comes with its reasons as data; words are found elsewhere. The
score is the weighted geometric mean of the parts that are known, times 100: a part
that fails cannot be bought off by another. What is not known has no say, but is said.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from practices.analysis.evidence import Grade


class Part(StrEnum):
    STRUCTURE = "structure"
    DOMAINS = "domains"
    RESOURCES = "resources"
    EVIDENCE = "evidence"


class Verdict(StrEnum):
    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


WEIGHTS: Mapping[Part, float] = {
    Part.STRUCTURE: 1.0,
    Part.DOMAINS: 1.0,
    Part.RESOURCES: 0.5,
    Part.EVIDENCE: 0.5,
}
GRADES: Mapping[Grade | None, float] = {
    Grade.COMPARED: 1.0,
    Grade.MEASURED: 0.8,
    Grade.DOCUMENTED: 0.5,
    Grade.CLAIMED: 0.25,
    None: 0.1,
}
P = TypeVar("P", bound=Hashable)
# A part is never quite 0, or a product would forget all the others.
FLOOR = 0.05
# From here on a part speaks for the practice.
GOOD = 0.5
# A cost below this share of a region's GDP of one year is no obstacle anywhere.
SMALL_COST = 1e-5


@dataclass(frozen=True, slots=True)
class Wanting:
    """The region that wants to learn; ``domains`` are those of its priorities.

    ``gdp`` is in EUR, None where not known. ``order`` has the other regions from the
    nearest in structure to the farthest, ``distances`` how far each is.
    """

    code: str
    domains: frozenset[Hashable]
    gdp: float | None
    order: tuple[str, ...] = ()
    distances: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A practice; ``regions`` are where it comes from, cost and GDP in EUR."""

    key: str
    regions: frozenset[str]
    domains: frozenset[Hashable]
    grade: Grade | None
    cost: float | None
    gdp: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """``facts`` are the values a sentence about it needs, by name."""

    part: Part
    verdict: Verdict
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Transfer:
    """``score`` is 0 to 100; ``values`` has the parts that are known, 0 to 1."""

    key: str
    score: float
    values: Mapping[Part, float]
    reasons: tuple[Reason, ...]


def ranking(
    wanting: Wanting,
    offers: Iterable[Offer],
    weights: Mapping[Part, float] = WEIGHTS,
) -> list[Transfer]:
    """The best first, then by key; practices of the region itself are left out.

    ``weights`` of 0 take a part out. ValueError for negative ones, or all 0.
    """
    used = {part: weights.get(part, 0.0) for part in Part}
    if any(not 0 <= weight < math.inf for weight in used.values()):
        raise ValueError(f"weights of 0 or more are needed, not {dict(weights)}")
    if not any(used.values()):
        raise ValueError("one weight at least must be above 0")
    found = [
        transfer(wanting, offer, used)
        for offer in offers
        if wanting.code not in offer.regions
    ]
    return sorted(found, key=lambda item: (-item.score, item.key))


def transfer(wanting: Wanting, offer: Offer, weights: Mapping[Part, float]) -> Transfer:
    """One practice for one region; a score of 0 where nothing of weight is known."""
    parts = {
        Part.STRUCTURE: _structure(wanting, offer),
        Part.DOMAINS: _domains(wanting, offer),
        Part.RESOURCES: _resources(wanting, offer),
        Part.EVIDENCE: _evidence(offer),
    }
    values = {part: value for part, (value, _) in parts.items() if value is not None}
    reasons = tuple(
        Reason(part, verdict(value), facts) for part, (value, facts) in parts.items()
    )
    return Transfer(offer.key, weighted(values, weights), values, reasons)


def weighted(values: Mapping[P, float], weights: Mapping[P, float]) -> float:
    """The score of parts that are known, 0 to 100; 0 where none has weight."""
    total = sum(weights[part] for part in values)
    if not total:
        return 0.0
    logs = sum(weights[p] * math.log(max(v, FLOOR)) for p, v in values.items())
    return 100 * math.exp(logs / total)


def verdict(value: float | None) -> Verdict:
    if value is None:
        return Verdict.UNKNOWN
    return Verdict.MATCH if value >= GOOD else Verdict.MISMATCH


Found = tuple[float | None, dict[str, Any]]


def _structure(wanting: Wanting, offer: Offer) -> Found:
    """The nearest of the practice's regions counts: 1 for the nearest of all."""
    places = {code: place for place, code in enumerate(wanting.order, start=1)}
    known = sorted((places[code], code) for code in offer.regions if code in places)
    if not known:
        return None, {"of": len(places)}
    place, code = known[0]
    facts = {"region": code, "place": place, "of": len(places)}
    if code in wanting.distances:
        facts["distance"] = wanting.distances[code]
    return 1 - (place - 1) / len(places), facts


def _domains(wanting: Wanting, offer: Offer) -> Found:
    """The share of the practice's domains that are among the region's priorities."""
    if not offer.domains or not wanting.domains:
        lacking = "practice" if not offer.domains else "region"
        return None, {"lacking": lacking}
    shared = offer.domains & wanting.domains
    other = offer.domains - wanting.domains
    facts = {"shared": sorted(shared, key=str), "other": sorted(other, key=str)}
    return len(shared) / len(offer.domains), facts


def _resources(wanting: Wanting, offer: Offer) -> Found:
    """What it costs the region, as a share of its GDP, beside what it cost at home."""
    if offer.cost is None or not wanting.gdp:
        return None, {"lacking": "cost" if offer.cost is None else "gdp"}
    here = offer.cost / wanting.gdp
    there = offer.cost / offer.gdp if offer.gdp else None
    facts = {"cost": offer.cost, "share_here": here, "share_there": there}
    if here <= SMALL_COST:
        return 1.0, facts
    return (None if there is None else min(1.0, there / here)), facts


def _evidence(offer: Offer) -> Found:
    return GRADES[offer.grade], {"grade": offer.grade}
