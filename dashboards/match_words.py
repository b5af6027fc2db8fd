"""Reasons of proposals as sentences, from the plain values that are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboards.transfer_words import PARTS as TRANSFER_PARTS
from practices.analysis.matching import PracticePart, RegionPart
from practices.analysis.transfer import Part as TransferPart
from practices.transfers import domain_names
from projects.network import name_of
from regions.atlas import atlas

Facts = Mapping[str, Any]
PARTS = {
    RegionPart.STRUCTURE: gettext_lazy("Structure of the regions"),
    RegionPart.PRIORITY: gettext_lazy("Priority in the domain"),
    RegionPart.EXPERIENCE: gettext_lazy("Practices and projects in the domain"),
    RegionPart.TIES: gettext_lazy("Partners already, or reachable"),
    PracticePart.TRANSFER: gettext_lazy("Would it transfer"),
    PracticePart.DOMAIN: gettext_lazy("Domain of the practice"),
    PracticePart.WORDS: gettext_lazy("Words of the challenge"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One reason; ``verdict`` is match, mismatch or unknown."""

    verdict: str
    words: str


class Names:
    """Of all domains and regions that some reasons mention: one statement."""

    def __init__(self, reasons: Iterable[Mapping[str, Any]]) -> None:
        keys = {
            key
            for reason in reasons
            if reason["part"] in (RegionPart.PRIORITY, PracticePart.DOMAIN)
            for key in reason["facts"].get("shared", ())
        }
        self._domains = domain_names(keys) if keys else {}
        self._regions = atlas(settings.NUTS_VERSION)

    def domains(self, keys: Iterable[str]) -> str:
        return ", ".join(self._domains.get(key, key) for key in keys)

    def region(self, code: str) -> str:
        return name_of(code, self._regions) if code in self._regions else code


def sentences(reasons: Iterable[Mapping[str, Any]], names: Names) -> list[Sentence]:
    """All parts in their order, each in one sentence."""
    return [
        Sentence(
            reason["verdict"],
            _WORDS[reason["part"]](reason["facts"], reason["verdict"], names),
        )
        for reason in reasons
    ]


def _structure(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("Too few figures are held to compare the structure of the two.")
    text = _("Number %(place)d of %(of)d regions by closeness in structure to yours.")
    return text % {"place": facts["place"], "of": facts["of"]}


def _priority(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("No priorities with domains are held of it.")
    if not facts["shared"]:
        return _("None of its priorities is in the domain.")
    said = {"domains": names.domains(facts["shared"])}
    if facts["is_same"]:
        return _("Has a priority in the domain: %(domains)s.") % said
    return _("Has a priority in a domain of the same heading: %(domains)s.") % said


def _experience(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("No practice or project of it is held.")
    if not facts["practices"] and not facts["projects"]:
        return _("None of its practices and projects held is in the domain.")
    practices = ngettext("%d practice", "%d practices", facts["practices"])
    projects = ngettext("%d project", "%d projects", facts["projects"])
    said = {
        "practices": practices % facts["practices"],
        "projects": projects % facts["projects"],
    }
    if verdict == "mismatch":
        return _("Little in the domain: %(practices)s and %(projects)s.") % said
    return _("In the domain: %(practices)s and %(projects)s.") % said


def _ties(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("No project of your region is held, so partners are not known.")
    if via := facts.get("via"):
        text = _("No partner yet; %(via)s shares projects with both of you.")
        return text % {"via": names.region(via)}
    if not facts["shared"]:
        return _("No partner yet, and no partner of yours works with it.")
    text = ngettext(
        "Already a partner: you share %(shared)d project.",
        "Already a partner: you share %(shared)d projects.",
        facts["shared"],
    )
    return text % {"shared": facts["shared"]}


def _transfer(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("Whether it would transfer is not known.")
    said = [_("Its transfer to your region scores %d of 100.") % facts["score"]]
    for which, text in (
        ("match", _("For it: %s.")),
        ("mismatch", _("Against it: %s.")),
        ("unknown", _("Not known: %s.")),
    ):
        if parts := facts.get(which):
            named = [str(TRANSFER_PARTS[TransferPart(part)]).lower() for part in parts]
            said.append(text % ", ".join(named))
    return " ".join(said)


def _domain(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        return _("The practice names no domain.")
    if not facts["shared"]:
        return _("The practice is in other domains.")
    said = {"domains": names.domains(facts["shared"])}
    if facts["is_same"]:
        return _("It is in the domain: %(domains)s.") % said
    return _("It is in a domain of the same heading: %(domains)s.") % said


def _challenge(facts: Facts, verdict: str, names: Names) -> str:
    if verdict == "unknown":
        if facts["lacking"] == "challenge":
            return _("Your challenge has no words that tell practices apart.")
        return _("The practice has no text to compare.")
    if not facts["found"]:
        return _("No word of your challenge is found in it.")
    text = _("Words of your challenge found in it: %(words)s (%(n)d of %(of)d).")
    found = facts["found"]
    return text % {"words": ", ".join(found), "n": len(found), "of": facts["of"]}


_WORDS: dict[str, Callable[[Facts, str, Names], str]] = {
    RegionPart.STRUCTURE: _structure,
    RegionPart.PRIORITY: _priority,
    RegionPart.EXPERIENCE: _experience,
    RegionPart.TIES: _ties,
    PracticePart.TRANSFER: _transfer,
    PracticePart.DOMAIN: _domain,
    PracticePart.WORDS: _challenge,
}
