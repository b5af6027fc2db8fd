"""What a code of any NUTS version means in today's."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from django.conf import settings
from django.utils.translation import gettext as _

from regions.codes import EARLIER_CODES, level_2_parent
from regions.history import Descendant
from regions.models import Correspondence, Region, RegionChange
from regions.queries.history import History
from regions.text import fold

SUGGESTIONS = 8
MAX_CODE = 5  # characters, at level 3


@dataclass(frozen=True, slots=True)
class Successor:
    """A region of today that holds (part of) what a code meant.

    ``kind`` is a ``RegionChange.Kind``, or "parent" for the region around a level-3
    code; ``share`` the part of the old population, 0 to 1 or None.
    """

    region: Region
    kind: str
    share: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a code leads to today.

    ``region`` when it is one region: the code's own, or the one with the same
    territory. Else ``successors`` to choose from, else ``suggestions`` of codes like
    it. ``note`` says in a sentence what became of the code; empty for today's codes.
    """

    code: str
    region: Region | None = None
    note: str = ""
    successors: tuple[Successor, ...] = ()
    suggestions: tuple[Region, ...] = ()


def today(code: str) -> Resolution:
    """What a NUTS code of any version, typed in any case, means in today's."""
    code = code.strip().upper()
    if not (code.isascii() and code.isalnum() and len(code) <= MAX_CODE):
        return Resolution(code, suggestions=_suggestions(code))
    if code.startswith("GR"):
        return _in_greece(code)
    held = list(Region.objects.filter(code=code).order_by("-version"))
    if not held:
        return _unheld(code)
    for region in held:
        if region.version == settings.NUTS_VERSION:
            return Resolution(code, region=region)
    newest = held[0]
    match = (
        Correspondence.objects.filter(
            source=newest, target__version=settings.NUTS_VERSION
        )
        .select_related("target")
        .first()
    )
    if match is not None:
        return Resolution(code, match.target, earlier_note(newest, match.target.code))
    return _scattered(newest)


def _in_greece(code: str) -> Resolution:
    """Greece was GR before NUTS 2010 and still is in ISO 3166."""
    written = "EL" + code[2:]
    found = today(written)
    note = _("NUTS writes %(code)s as %(written)s") % {"code": code, "written": written}
    return replace(found, code=code, note=found.note or note)


def earlier_note(region: Region, code_today: str) -> str:
    """``FR41 in NUTS 2013, today FRF3``."""
    return _("%(old)s in NUTS %(version)d, today %(new)s") % {
        "old": region.code,
        "version": region.version,
        "new": code_today,
    }


def _scattered(old: Region) -> Resolution:
    """A region that was split, merged or given up."""
    found = History.load().today(old.version, old.code)
    regions = {
        region.code: region
        for region in Region.objects.current().filter(
            code__in=[item.code for item in found]
        )
    }
    successors = tuple(
        Successor(regions[item.code], item.kind, item.share, _part_note(old, item))
        for item in found
    )
    said = {"code": old.code, "version": old.version, "name": old.name}
    if successors:
        note = _("%(code)s (%(name)s) was a region until NUTS %(version)d") % said
    else:
        note = (
            _(
                "%(code)s (%(name)s) was a region until NUTS %(version)d "
                "and has no successor"
            )
            % said
        )
    return Resolution(old.code, note=note, successors=successors)


def _part_note(old: Region, part: Descendant) -> str:
    kind = RegionChange.Kind(part.kind).label if part.kind else ""
    if part.share is None:
        return str(kind)
    return _("%(kind)s: %(share)s %% of the population of %(code)s") % {
        "kind": kind,
        "share": f"{100 * part.share:.3g}",
        "code": old.code,
    }


def _unheld(code: str) -> Resolution:
    """A code of no version: level 3, from before 2010, or a slip."""
    parent = level_2_parent(code)
    around = today(parent) if Region.objects.filter(code=parent).exists() else None
    if around is not None:
        return _below(code, around)
    note = _("%(code)s is a NUTS code from before 2010") % {"code": code}
    return Resolution(
        code,
        note=note if code in EARLIER_CODES else "",
        suggestions=_suggestions(code),
    )


def _below(code: str, around: Resolution) -> Resolution:
    note = _("%(code)s is a NUTS 3 code inside %(parent)s") % {
        "code": code,
        "parent": around.code,
    }
    if around.region is None:
        return Resolution(code, note=note, successors=around.successors)
    parent = Successor(around.region, "parent", None, around.note or note)
    return Resolution(code, note=note, successors=(parent,))


def _suggestions(code: str) -> tuple[Region, ...]:
    """Today's regions whose code, else whose name, looks like what was typed."""
    regions = {region.code: region for region in Region.objects.current()}
    found = get_close_matches(code, regions, n=SUGGESTIONS, cutoff=0.6)
    if not found:
        names = {fold(region.name): region.code for region in regions.values()}
        near = get_close_matches(fold(code), names, n=SUGGESTIONS, cutoff=0.6)
        found = [names[name] for name in near]
    return tuple(regions[item] for item in found)
