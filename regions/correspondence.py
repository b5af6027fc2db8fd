"""Which regions of two NUTS versions are the same territory. Pure.

Adjacent versions are linked code by code from the table of changes; longer spans are
chains of such links, walked in either direction. A version in which the territory
has no region of its own breaks the chain.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

SAME = "same"
SHIFTED = "shifted"

# A shift below this share of the old population makes another region of it.
MIN_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table of changes; ``""`` stands for no code, None for no figure."""

    from_version: int
    to_version: int
    code_old: str
    code_new: str
    kind: str
    pop_share_of_old: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """Region ``source_code`` of one version is ``target_code`` of another."""

    source_version: int
    source_code: str
    target_version: int
    target_code: str
    relation: str


Links = Mapping[str, tuple[str, str]]  # code -> (code in the next version, relation)


def correspondences(
    codes_by_version: Mapping[int, Collection[str]], changes: Iterable[Change]
) -> Iterator[Match]:
    """Every pair of regions, over all versions, that is the same territory.

    Each region is paired with itself; at most one match per region and version.
    """
    versions = sorted(codes_by_version)
    changes = list(changes)
    steps: dict[tuple[int, int], Links] = {}
    for old, new in pairwise(versions):
        links = _links(
            codes_by_version[old],
            codes_by_version[new],
            [
                row
                for row in changes
                if (row.from_version, row.to_version) == (old, new)
            ],
        )
        steps[old, new] = links
        steps[new, old] = {
            code_new: (code_old, relation)
            for code_old, (code_new, relation) in links.items()
        }
    for position, version in enumerate(versions):
        for code in codes_by_version[version]:
            yield Match(version, code, version, code, SAME)
            yield from _walk(version, code, versions[position:], steps)
            yield from _walk(version, code, versions[position::-1], steps)


def _walk(
    version: int,
    code: str,
    path: list[int],
    steps: Mapping[tuple[int, int], Links],
) -> Iterator[Match]:
    here, relation = code, SAME
    for previous, following in pairwise(path):
        link = steps[previous, following].get(here)
        if link is None:
            return
        here = link[0]
        relation = SHIFTED if link[1] == SHIFTED else relation
        yield Match(version, code, following, here, relation)


def _links(
    old_codes: Collection[str], new_codes: Collection[str], changes: list[Change]
) -> Links:
    """One-to-one links of one transition.

    A listed code counts only as listed: HR04 or PT16 mean other territory later on.
    """
    listed = {row.code_old for row in changes} | {row.code_new for row in changes}
    links = {code: (code, SAME) for code in set(old_codes) & set(new_codes) - listed}
    parts = Counter(row.code_old for row in changes)
    sources = Counter(row.code_new for row in changes)
    for row in changes:
        relation = _relation(row, is_whole=parts[row.code_old] == 1)
        # A region with further sources is larger than the one that shifted into it:
        # NO0A took all of NO05, and 61 % of NO04.
        is_present = row.code_old in old_codes and row.code_new in new_codes
        if relation and is_present and sources[row.code_new] == 1:
            links[row.code_old] = (row.code_new, relation)
    return links


def _relation(row: Change, *, is_whole: bool) -> str:
    """ "same", "shifted" or "" for no correspondence.

    A renamed region that also gave territory away has shifted (NO02 in 2021).
    """
    if row.kind in ("recoded", "renamed") and is_whole:
        return SAME
    if row.kind not in ("recoded", "renamed", "boundary_shift"):
        return ""
    share = row.pop_share_of_old
    return SHIFTED if share is not None and share >= MIN_SHARE else ""
