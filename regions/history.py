"""What became of a code, one NUTS version after the other. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from regions.correspondence import Change


@dataclass(frozen=True, slots=True)
class Descendant:
    """A region that holds (part of) an old one's territory.

    ``kind`` is that of the last real change on the way, "" for none; ``share`` the
    part of the old population, None when a step was not measured.
    """

    code: str
    kind: str = ""
    share: float | None = 1.0


def descendants(
    code: str,
    version: int,
    *,
    until: int,
    codes_by_version: Mapping[int, Collection[str]],
    changes: Iterable[Change],
) -> list[Descendant]:
    """The regions of version ``until`` that ``code`` of ``version`` went into.

    Largest share first. Empty for a discontinued code, and for one yet to come.
    """
    changes = list(changes)
    if version > until:
        return []
    path = [year for year in sorted(codes_by_version) if version <= year <= until]
    found = [Descendant(code)] if code in codes_by_version.get(version, ()) else []
    for old, new in pairwise(path):
        rows = [
            row for row in changes if (row.from_version, row.to_version) == (old, new)
        ]
        found = _merged(
            child
            for parent in found
            for child in _children(parent, rows, codes_by_version[new])
        )
    return sorted(found, key=lambda item: (-(item.share or 0.0), item.code))


def _children(
    parent: Descendant, rows: list[Change], codes: Collection[str]
) -> list[Descendant]:
    own = [row for row in rows if row.code_old == parent.code]
    if not own:
        return [parent] if parent.code in codes else []
    return [
        replace(
            parent,
            code=row.code_new,
            kind=row.kind,
            share=_product(parent.share, row.pop_share_of_old),
        )
        for row in own
        if row.code_new in codes
    ]


def _product(share: float | None, part: float | None) -> float | None:
    return None if share is None or part is None else share * part


def _merged(found: Iterable[Descendant]) -> list[Descendant]:
    """Two ways into the same region become one, shares added."""
    merged: dict[str, Descendant] = {}
    for item in found:
        known = merged.get(item.code)
        merged[item.code] = (
            item
            if known is None
            else replace(item, share=_sum(known.share, item.share))
        )
    return list(merged.values())


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
