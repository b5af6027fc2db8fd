"""How much of each region of one NUTS version lies in each of another. Pure.

Adjacent versions are linked by the table of code changes with its shares of population
or of area; longer spans are products of such links, walked in either direction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

# A flow below this share of its source is noise of generalised boundaries: left in, it
# would turn a new code into a split.
MIN_FLOW = 0.01
# The table lists no parts below 3 % of a region. Where its shares leave out more than
# that allows for, the weights of the region are not known.
MIN_LISTED = 0.95


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table of changes with one kind of weight; None for no figure."""

    from_version: int
    to_version: int
    code_old: str
    code_new: str
    kind: str
    share_of_old: float | None
    share_of_new: float | None


@dataclass(frozen=True, slots=True)
class Flow:
    """What of region ``source`` lies in ``target``, a region of another version.

    ``share_of_source`` is the part of the source's weight that went into the target,
    ``share_of_target`` the part of the target's weight that came from the source;
    None where nobody measured.
    """

    source: str
    target: str
    share_of_source: float | None = 1.0
    share_of_target: float | None = 1.0


def flows_between(
    codes_by_version: Mapping[int, Collection[str]],
    steps: Iterable[Step],
    *,
    source_version: int,
    target_version: int,
) -> list[Flow]:
    """All flows from one version to another, noise removed, shares adding up to 1.

    A discontinued source and a new target have no flow. Within one version every
    region flows into itself.
    """
    steps = list(steps)
    low, high = sorted((source_version, target_version))
    path = [year for year in sorted(codes_by_version) if low <= year <= high]
    if source_version > target_version:
        path.reverse()
    found = [Flow(code, code) for code in sorted(codes_by_version[source_version])]
    for here, there in pairwise(path):
        found = _chained(found, _links(codes_by_version, steps, here, there))
    return cleaned(found)


def cleaned(flows: Iterable[Flow], *, min_flow: float = MIN_FLOW) -> list[Flow]:
    """Without the noise, and the shares of each region divided by their sum.

    A region whose shares are not all measured, or add up to less than MIN_LISTED, has
    no known shares at all.
    """
    flows = list(flows)
    source_totals = _totals((flow.source, flow.share_of_source) for flow in flows)
    target_totals = _totals((flow.target, flow.share_of_target) for flow in flows)
    kept = [
        replace(
            flow,
            share_of_source=_known(flow.share_of_source, source_totals[flow.source]),
            share_of_target=_known(flow.share_of_target, target_totals[flow.target]),
        )
        for flow in flows
        if flow.share_of_source is None or flow.share_of_source >= min_flow
    ]
    source_sums = _totals((flow.source, flow.share_of_source) for flow in kept)
    target_sums = _totals((flow.target, flow.share_of_target) for flow in kept)
    return [
        replace(
            flow,
            share_of_source=_part(flow.share_of_source, source_sums[flow.source]),
            share_of_target=_part(flow.share_of_target, target_sums[flow.target]),
        )
        for flow in kept
    ]


def _links(
    codes_by_version: Mapping[int, Collection[str]],
    steps: list[Step],
    here: int,
    there: int,
) -> dict[str, list[Flow]]:
    """Flows of one transition by source, forwards or backwards in time."""
    old, new = sorted((here, there))
    rows = [row for row in steps if (row.from_version, row.to_version) == (old, new)]
    forward = _forward(codes_by_version[old], codes_by_version[new], rows)
    links: dict[str, list[Flow]] = defaultdict(list)
    for flow in forward if here < there else map(_reversed, forward):
        links[flow.source].append(flow)
    return links


def _forward(
    old_codes: Collection[str], new_codes: Collection[str], rows: list[Step]
) -> list[Flow]:
    """A listed code counts only as listed: HR04 or PT16 mean other territory later."""
    listed = {row.code_old for row in rows} | {row.code_new for row in rows}
    parts = Counter(row.code_old for row in rows)
    sources = Counter(row.code_new for row in rows)
    same = sorted(set(old_codes) & set(new_codes) - listed)
    found = [Flow(code, code) for code in same]
    for row in rows:
        if row.code_old not in old_codes or row.code_new not in new_codes:
            continue
        is_alone = parts[row.code_old] == sources[row.code_new] == 1
        if is_alone and row.kind in ("recoded", "renamed"):
            found.append(Flow(row.code_old, row.code_new))
        else:
            shares = row.share_of_old, row.share_of_new
            found.append(Flow(row.code_old, row.code_new, *shares))
    return found


def _reversed(flow: Flow) -> Flow:
    return Flow(flow.target, flow.source, flow.share_of_target, flow.share_of_source)


def _chained(flows: list[Flow], links: Mapping[str, list[Flow]]) -> list[Flow]:
    """Flows followed one transition further; two ways into one region are added up."""
    found: dict[tuple[str, str], Flow] = {}
    for first in flows:
        for then in links.get(first.target, ()):
            place = first.source, then.target
            known = found.get(place, Flow(*place, 0.0, 0.0))
            found[place] = replace(
                known,
                share_of_source=_sum(
                    known.share_of_source,
                    _product(first.share_of_source, then.share_of_source),
                ),
                share_of_target=_sum(
                    known.share_of_target,
                    _product(first.share_of_target, then.share_of_target),
                ),
            )
    return list(found.values())


def _totals(shares: Iterable[tuple[str, float | None]]) -> dict[str, float | None]:
    """Sums by code; None as soon as one share is not known."""
    found: dict[str, float | None] = {}
    for code, share in shares:
        found[code] = _sum(found.get(code, 0.0), share)
    return found


def _known(share: float | None, total: float | None) -> float | None:
    return share if total is not None and total >= MIN_LISTED else None


def _part(share: float | None, total: float | None) -> float | None:
    return share / total if share is not None and total else None


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other
