"""Which regions and practices fit a challenge in a domain, and why. Pure.

As in ``transfer``: each part is 0 to 1 and comes with its reason as data, the score is
the weighted geometric mean of the parts that are known, times 100; what is not known
has no say, but is said. Facts are plain values, so that they can be kept as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from practices.analysis.challenge import Words
from practices.analysis.transfer import Transfer, Verdict, verdict, weighted


class RegionPart(StrEnum):
    STRUCTURE = "structure"
    PRIORITY = "priority"
    EXPERIENCE = "experience"
    TIES = "ties"


class PracticePart(StrEnum):
    TRANSFER = "transfer"
    DOMAIN = "domain"
    WORDS = "words"


Part = RegionPart | PracticePart
REGION_WEIGHTS: Mapping[RegionPart, float] = {
    RegionPart.STRUCTURE: 1.0,
    RegionPart.PRIORITY: 1.0,
    RegionPart.EXPERIENCE: 1.0,
    RegionPart.TIES: 0.5,
}
PRACTICE_WEIGHTS: Mapping[PracticePart, float] = {
    PracticePart.TRANSFER: 1.0,
    PracticePart.DOMAIN: 1.0,
    PracticePart.WORDS: 1.0,
}
NEARBY = 0.5  # a domain of the same heading
ENOUGH_RECORDS = 3  # from here on a region is taken as experienced
ENOUGH_WORDS = 4  # of the challenge, found in a practice
SOME_WORDS = 2  # without the domain, this many make a practice worth proposing
REACHABLE, NO_TIE = 0.6, 0.2


@dataclass(frozen=True, slots=True)
class Domains:
    """The domain asked for with its finer ones, and those of the same heading."""

    inside: frozenset[str]
    beside: frozenset[str] = frozenset()

    def value(self, held: frozenset[str]) -> tuple[float, list[str]]:
        """How near the held domains come, and by which."""
        if shared := held & self.inside:
            return 1.0, sorted(shared)
        near = held & self.beside
        return (NEARBY if near else 0.0), sorted(near)


@dataclass(frozen=True, slots=True)
class Asked:
    """``order`` has the other regions from the nearest in structure to the farthest.

    ``direct`` is how many projects each partner shares with the region, ``through``
    the partner that could introduce one that is not; ``has_partners`` whether the
    region sits in any project that is held.
    """

    code: str
    domains: Domains
    words: Words
    order: tuple[str, ...] = ()
    direct: Mapping[str, int] = field(default_factory=dict)
    through: Mapping[str, str] = field(default_factory=dict)
    has_partners: bool = False


@dataclass(frozen=True, slots=True)
class RegionOffer:
    """What is held of a region; ``records`` are its practices and projects.

    ``practices`` and ``projects`` are those in the domain asked for.
    """

    code: str
    domains: frozenset[str]
    practices: int = 0
    projects: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """``text`` is folded; ``transfer`` its place in the other ranking."""

    key: str
    domains: frozenset[str]
    text: str
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Said:
    part: Part
    verdict: Verdict
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` is 0 to 100; ``values`` has the parts that are known, 0 to 1."""

    key: str
    score: float
    values: Mapping[Part, float]
    reasons: tuple[Said, ...]

    def told(self) -> list[dict[str, Any]]:
        """The reasons as plain values, as they are kept with a proposal."""
        return [
            {
                "part": said.part.value,
                "verdict": said.verdict.value,
                "value": self.values.get(said.part),
                "facts": dict(said.facts),
            }
            for said in self.reasons
        ]


Found = tuple[float | None, dict[str, Any]]


def matching_regions(asked: Asked, offers: Iterable[RegionOffer]) -> list[Match]:
    """The best first, then by code; the region itself is left out, and so is every
    region of which nothing is held in the domain: closeness alone proposes nobody.
    """
    places = {code: place for place, code in enumerate(asked.order, start=1)}
    found = [
        match_region(asked, offer, places)
        for offer in offers
        if offer.code != asked.code
    ]
    telling = (RegionPart.PRIORITY, RegionPart.EXPERIENCE)
    worth = [m for m in found if any(m.values.get(part) for part in telling)]
    return sorted(worth, key=lambda match: (-match.score, match.key))


def matching_practices(asked: Asked, offers: Iterable[PracticeOffer]) -> list[Match]:
    """The best first, then by key; those without the domain and with hardly a word of
    the challenge are left out.
    """
    found = [match_practice(asked, offer) for offer in offers]
    worth = [match for match in found if _is_about_it(match)]
    return sorted(worth, key=lambda match: (-match.score, match.key))


def match_region(asked: Asked, offer: RegionOffer, places: Mapping[str, int]) -> Match:
    return _match(
        offer.code,
        {
            RegionPart.STRUCTURE: _structure(offer, places),
            RegionPart.PRIORITY: _priority(asked, offer),
            RegionPart.EXPERIENCE: _experience(offer),
            RegionPart.TIES: _ties(asked, offer),
        },
        REGION_WEIGHTS,
    )


def match_practice(asked: Asked, offer: PracticeOffer) -> Match:
    return _match(
        offer.key,
        {
            PracticePart.TRANSFER: _transfer(offer.transfer),
            PracticePart.DOMAIN: _domain(asked, offer),
            PracticePart.WORDS: _words(asked, offer),
        },
        PRACTICE_WEIGHTS,
    )


def _match(key: str, parts: Mapping[Any, Found], weights: Mapping[Any, float]) -> Match:
    values = {part: value for part, (value, _) in parts.items() if value is not None}
    reasons = tuple(
        Said(part, verdict(value), facts) for part, (value, facts) in parts.items()
    )
    return Match(key, weighted(values, weights), values, reasons)


def _is_about_it(match: Match) -> bool:
    if match.values.get(PracticePart.DOMAIN):
        return True
    facts = next(r.facts for r in match.reasons if r.part is PracticePart.WORDS)
    return len(facts.get("found", ())) >= SOME_WORDS


def _structure(offer: RegionOffer, places: Mapping[str, int]) -> Found:
    if offer.code not in places:
        return None, {"of": len(places)}
    place = places[offer.code]
    return 1 - (place - 1) / len(places), {"place": place, "of": len(places)}


def _priority(asked: Asked, offer: RegionOffer) -> Found:
    if not offer.domains:
        return None, {}
    value, shared = asked.domains.value(offer.domains)
    return value, {"shared": shared, "is_same": value == 1}


def _experience(offer: RegionOffer) -> Found:
    facts = {"practices": offer.practices, "projects": offer.projects}
    if not offer.records:
        return None, facts
    return min(1.0, (offer.practices + offer.projects) / ENOUGH_RECORDS), facts


def _ties(asked: Asked, offer: RegionOffer) -> Found:
    if not asked.has_partners:
        return None, {}
    if shared := asked.direct.get(offer.code):
        return 1.0, {"shared": shared}
    if via := asked.through.get(offer.code):
        return REACHABLE, {"via": via}
    return NO_TIE, {"shared": 0}


def _transfer(found: Transfer) -> Found:
    """Its parts by verdict: the sentence names them, the other ranking explains."""
    if not found.values:
        return None, {}
    parts: dict[str, list[str]] = {each.value: [] for each in Verdict}
    for reason in found.reasons:
        parts[reason.verdict.value].append(reason.part.value)
    return found.score / 100, {"score": round(found.score), **parts}


def _domain(asked: Asked, offer: PracticeOffer) -> Found:
    if not offer.domains:
        return None, {}
    value, shared = asked.domains.value(offer.domains)
    return value, {"shared": shared, "is_same": value == 1}


def _words(asked: Asked, offer: PracticeOffer) -> Found:
    wanted = asked.words.telling
    if not wanted or not offer.text:
        return None, {"lacking": "challenge" if not wanted else "practice"}
    found = asked.words.found_in(offer.text)
    value = min(1.0, len(found) / min(ENOUGH_WORDS, len(wanted)))
    return value, {"found": found, "of": len(wanted)}
