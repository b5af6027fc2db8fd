"""Reasons and mismatches of the transfer ranking as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.practice_words import grade_name
from indicators.analysis.rounding import format_number
from practices.analysis.transfer import Part, Reason, Transfer, Verdict

PARTS = {
    Part.STRUCTURE: gettext_lazy("Structure of the regions"),
    Part.DOMAINS: gettext_lazy("Shared domains"),
    Part.RESOURCES: gettext_lazy("Resources"),
    Part.EVIDENCE: gettext_lazy("Evidence"),
}
VERDICTS = {
    Verdict.MATCH: gettext_lazy("speaks for it"),
    Verdict.MISMATCH: gettext_lazy("speaks against it"),
    Verdict.UNKNOWN: gettext_lazy("not known"),
}
SMALLEST = 0.01  # per mille: less is said as such


@dataclass(frozen=True, slots=True)
class Said:
    """One reason; ``value`` is 0 to 100, None where it is not known."""

    part: Part
    label: str
    verdict: str
    words: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the regions and domains that sentences need."""

    regions: Mapping[str, str]
    domains: Mapping[str, str]


def sentences(found: Transfer, names: Names) -> list[Said]:
    """All parts in their order, each in one sentence."""
    return [
        Said(
            reason.part,
            str(PARTS[reason.part]),
            reason.verdict.value,
            _WORDS[reason.part](reason, names),
            _percent(found.values.get(reason.part)),
        )
        for reason in found.reasons
    ]


def _structure(reason: Reason, names: Names) -> str:
    facts = reason.facts
    if reason.verdict is Verdict.UNKNOWN:
        if not facts.get("of"):
            return _("Too few figures are held of your region to compare structures.")
        return _("No region of the practice can be compared with yours in structure.")
    said = {
        "region": names.regions.get(facts["region"], facts["region"]),
        "place": facts["place"],
        "of": facts["of"],
        "distance": format_number(facts.get("distance", 0.0), 4),
    }
    text = _(
        "%(region)s is number %(place)d of %(of)d regions by closeness in structure "
        "(distance %(distance)s)."
    )
    return text % said


def _domains(reason: Reason, names: Names) -> str:
    facts = reason.facts
    if reason.verdict is Verdict.UNKNOWN:
        if facts["lacking"] == "practice":
            return _("The practice names no domain.")
        return _("No priorities with domains are held of your region.")
    shared = _listed(facts["shared"], names)
    other = _listed(facts["other"], names)
    if shared and other:
        text = _("Also priorities of your region: %(shared)s. Not: %(other)s.")
    elif shared:
        text = _("Also priorities of your region: %(shared)s.")
    else:
        text = _("Not among the priorities of your region: %(other)s.")
    return text % {"shared": shared, "other": other}


def _resources(reason: Reason, names: Names) -> str:
    facts = reason.facts
    if "lacking" in facts:
        if facts["lacking"] == "cost":
            return _("What it cost is not told.")
        return _("The GDP of your region is not held.")
    said = {
        "cost": f"€{format_number(facts['cost'], 0)}",
        "here": _share(facts["share_here"]),
        "there": _share(facts["share_there"]),
    }
    if facts["share_there"] is None:
        text = _("It cost %(cost)s: %(here)s of your region's GDP. At home: not known.")
    else:
        text = _(
            "It cost %(cost)s: %(here)s of your region's GDP, %(there)s of it at home."
        )
    return text % said


def _evidence(reason: Reason, names: Names) -> str:
    grade = grade_name(reason.facts["grade"])
    return _("Evidence of success: %(grade)s.") % {"grade": grade}


_WORDS = {
    Part.STRUCTURE: _structure,
    Part.DOMAINS: _domains,
    Part.RESOURCES: _resources,
    Part.EVIDENCE: _evidence,
}


def _listed(keys: Any, names: Names) -> str:
    return ", ".join(names.domains.get(key, str(key)) for key in keys)


def _share(share: float | None) -> str:
    """In per mille of GDP; a regional project is rarely a percent of it."""
    if share is None:
        return ""
    mille = share * 1000
    if mille < SMALLEST:
        return _("less than 0.01 ‰")
    return f"{format_number(mille, 2)} ‰"


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
