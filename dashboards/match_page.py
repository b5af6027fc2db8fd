"""Proposals and the story of a match request as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.match_words import Names, Sentence, sentences
from practices.match_machine import Act, Part
from practices.match_parts import shown_name
from practices.matching import matches_for
from practices.models import (
    GoodPractice,
    Introduction,
    MatchProposal,
    MatchRequest,
    MatchStep,
)
from practices.services.matching import MOST_PROPOSED
from regions.models import Region
from strategies.models import Domain

ACTS: dict[str, Promise] = {
    Act.PROPOSE: gettext_lazy("proposed regions and practices"),
    Act.COMPLETE: gettext_lazy("completed the proposals and sent them"),
    Act.DECLINE: gettext_lazy("declined the request"),
    Act.INTRODUCE: gettext_lazy("asked for an introduction"),
    Act.AGREE: gettext_lazy("agreed to be introduced"),
    Act.REFUSE: gettext_lazy("declined to be introduced"),
    Act.KEEP: gettext_lazy("still wants it"),
    Act.REPORT: gettext_lazy("reported what was written"),
    Act.SETTLE: gettext_lazy("looked at a report"),
    Act.END: gettext_lazy("ended an introduction"),
    Act.CLOSE: gettext_lazy("closed the request"),
}
PARTS: dict[str, Promise] = {
    Part.ASKER: gettext_lazy("who asks"),
    Part.OTHER: gettext_lazy("the other side"),
    Part.CURATOR: gettext_lazy("a curator"),
    Part.SYSTEM: gettext_lazy("the portal"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal; ``proposal`` is None while nothing is stored."""

    label: str
    address: str
    score: float | None
    reasons: Sequence[Sentence]
    proposal: MatchProposal | None = None
    introduction: Introduction | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the story; ``who`` is "" where only the part is shown, ``about``
    what an introduction is to.
    """

    step: MatchStep
    who: str
    part: str
    did: str
    about: str


def tried(region: Region, domain: Domain, challenge: str) -> dict[str, list[Shown]]:
    """What the portal would propose now; nothing is stored."""
    found = matches_for(region, domain, challenge)
    regions = found.regions[:MOST_PROPOSED]
    practices = found.practices[:MOST_PROPOSED]
    told = [match.told() for _item, match in (*regions, *practices)]
    names = Names(reason for reasons in told for reason in reasons)

    def shown(pairs: Sequence[tuple[Any, Any]]) -> list[Shown]:
        return [
            Shown(
                _label(item),
                _address(item),
                match.score,
                sentences(match.told(), names),
            )
            for item, match in pairs
        ]

    return {"regions": shown(regions), "practices": shown(practices)}


def proposed(
    request: MatchRequest, *, only_offered: bool = True
) -> dict[str, list[Shown]]:
    """Those of a request by kind; a constant number of statements."""
    rows = request.proposals.select_related("region", "practice").prefetch_related(
        Prefetch("introduction", Introduction.objects.all())
    )
    if only_offered:
        rows = rows.filter(is_offered=True)
    held = list(rows)
    names = Names(reason for row in held for reason in row.reasons)
    shown = [
        Shown(
            row.label,
            _address(row.region or row.practice),
            row.score,
            sentences(row.reasons, names),
            row,
            getattr(row, "introduction", None),
        )
        for row in held
    ]
    return {
        "regions": [item for item in shown if item.proposal and item.proposal.region],
        "practices": [
            item for item in shown if item.proposal and item.proposal.practice
        ],
    }


def story(request: MatchRequest, *, with_names: bool = False) -> list[Line]:
    """Without arrangements and messages; names and reports are for curators."""
    hidden = () if with_names else (Act.REPORT, Act.SETTLE)
    shown = [act for act in ACTS if act not in hidden]
    rows = request.story.filter(act__in=shown).select_related(
        "who", "introduction__proposal__region", "introduction__proposal__practice"
    )
    parts = PARTS if with_names else {**PARTS, Part.ASKER: gettext_lazy("you")}
    return [
        Line(
            step,
            shown_name(step.who) if with_names and step.part != Part.SYSTEM else "",
            str(parts[step.part]),
            str(ACTS[step.act]),
            step.introduction.proposal.label if step.introduction else "",
        )
        for step in rows
    ]


def _label(item: Region | GoodPractice) -> str:
    if isinstance(item, Region):
        return _("%(name)s (%(code)s)") % {"name": item.name, "code": item.code}
    return item.title


def _address(item: Region | GoodPractice | None) -> str:
    """Where readers find it; "" for a practice they may not see any more."""
    if isinstance(item, GoodPractice):
        return item.get_absolute_url() if item.is_public else ""
    return item.get_absolute_url() if item else ""
