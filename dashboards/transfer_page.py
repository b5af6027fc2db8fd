"""What would transfer to a region: the page, and the same as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dashboards.transfer_words import PARTS, VERDICTS, Names, Said, sentences
from practices.analysis.transfer import WEIGHTS, Part, Transfer
from practices.models import GoodPractice
from practices.published import listed_practices
from practices.transfers import domain_names, transfers
from regions.atlas import atlas
from regions.models import Region
from sources.queryforms import InvalidQuery, ParameterError
from sources.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Ranked:
    """A practice with its place, score and reasons in words."""

    place: int
    practice: GoodPractice
    score: float
    reasons: Sequence[Said]


@dataclass(frozen=True, slots=True)
class WeightField:
    name: str
    label: str
    value: float


def weights_of(query: Mapping[str, Any]) -> dict[Part, float]:
    """The weights asked for, the usual one where a field is left empty.

    Raises InvalidQuery where all are 0.
    """
    given = {part: query[f"w_{part.value}"] for part in Part}
    weights = {p: WEIGHTS[p] if v is None else float(v) for p, v in given.items()}
    if not any(weights.values()):
        text = _("At least one weight must be above 0.")
        raise InvalidQuery([ParameterError("w_structure", text)])
    return weights


def weight_fields(weights: Mapping[Part, float]) -> list[WeightField]:
    return [WeightField(f"w_{p.value}", str(PARTS[p]), weights[p]) for p in Part]


def ranked_practices(region: Region, weights: Mapping[Part, float]) -> list[Ranked]:
    """All public practices from elsewhere, the best first."""
    found = transfers(region, weights=weights, practices=listed_practices())
    names = _names([item for _practice, item in found])
    return [
        Ranked(place, practice, item.score, sentences(item, names))
        for place, (practice, item) in enumerate(found, start=1)
    ]


def transfer_table(
    region: Region,
    weights: Mapping[Part, float],
    ranked: Sequence[Ranked],
    *,
    address: str,
) -> Table:
    """One row a practice, with each part's value and sentence."""
    return Table(
        title=_("What would transfer to %(region)s") % {"region": region.name},
        columns=_columns(),
        rows=[_row(item) for item in ranked],
        metadata=[
            (_("Region"), f"{region.name} ({region.code})"),
            *((str(PARTS[part]), f"{weight:g}") for part, weight in weights.items()),
            (_("Score"), _("Weighted geometric mean of the known parts, 0 to 100.")),
            (_("Address of this view"), address),
        ],
        filename_parts=["transfer", region.code],
    )


def _names(found: Sequence[Transfer]) -> Names:
    regions = atlas(settings.NUTS_VERSION)
    codes, keys = set(), set()
    for item in found:
        for reason in item.reasons:
            if code := reason.facts.get("region"):
                codes.add(code)
            keys |= {*reason.facts.get("shared", ()), *reason.facts.get("other", ())}
    return Names({code: regions.name(code) for code in codes}, domain_names(keys))


def _columns() -> list[Column]:
    found = [
        Column("place", _("Place"), kind="integer"),
        Column("score", _("Score"), "0–100", "number", 1),
        Column("slug", _("Address")),
        Column("title", _("Practice")),
        Column("regions", _("Regions")),
    ]
    for part in Part:
        found.append(Column(part.value, str(PARTS[part]), "0–100", "number", 1))
        label = _("%(part)s: verdict") % {"part": PARTS[part]}
        found.append(Column(f"{part.value}_verdict", label))
        label = _("%(part)s: reason") % {"part": PARTS[part]}
        found.append(Column(f"{part.value}_reason", label))
    return found


def _row(item: Ranked) -> dict[str, Any]:
    row: dict[str, Any] = {
        "place": item.place,
        "score": item.score,
        "slug": item.practice.slug,
        "title": item.practice.title,
        "regions": "; ".join(region.code for region in item.practice.regions.all()),
    }
    for said in item.reasons:
        row[said.part.value] = said.value
        row[f"{said.part.value}_verdict"] = str(VERDICTS[_verdict(said)])
        row[f"{said.part.value}_reason"] = said.words
    return row


def _verdict(said: Said) -> Any:
    return next(verdict for verdict in VERDICTS if verdict.value == said.verdict)
