"""Period columns of a wide table, put into the order of time.

Years may descend or have gaps, and a table of several frequencies has the columns of
each, of which a series fills those of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from indicators.parsers.cells import MISSING, Cell
from indicators.parsers.errors import ParseError
from indicators.parsers.grouping import PeriodCache, check_frequency, check_span, mixed
from indicators.parsers.layout import canonical_frequency
from indicators.periods import FREQUENCIES, format_period

Pick = Callable[[list[Cell]], tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the consecutive periods of one frequency stand in a row.

    ``width`` counts the columns; ``pick`` also fills the gaps between them, which are
    -1 in ``picks``, the columns in the order of time.
    """

    frequency: str
    start: int
    width: int
    columns: frozenset[int]
    pick: Pick
    picks: tuple[int, ...]

    @property
    def is_consecutive(self) -> bool:
        """Whether the row's cells are the periods one after the other."""
        return self.pick is tuple

    def spread(self, cells: Any, filling: float) -> Any:
        """A matrix of cells (rows x columns) as rows x periods; gaps are filled."""
        if self.is_consecutive:
            return cells
        last = np.full((len(cells), 1), filling, dtype=cells.dtype)
        return np.concatenate([cells, last], axis=1)[:, list(self.picks)]


def plan_columns(texts: Sequence[str]) -> dict[str, Plan]:
    """A plan for each frequency among the header's periods. Raises ParseError."""
    if not texts:
        raise ParseError(
            "a header without periods", advice="Expected are tabs and years."
        )
    cache = PeriodCache()
    positions: dict[str, dict[int, int]] = {}
    for position, text in enumerate(texts):
        frequency, ordinal = cache[text.strip()]
        known = positions.setdefault(frequency, {})
        if ordinal in known:
            raise ParseError(
                "a period twice in the header",
                text=text.strip(),
                advice="Each period has one column.",
            )
        known[ordinal] = position
    return {name: _plan(name, found, len(texts)) for name, found in positions.items()}


def _plan(frequency: str, positions: dict[int, int], total: int) -> Plan:
    first, last = min(positions), max(positions)
    check_span(first, last, format_period(frequency, last))
    picks = [positions.get(ordinal, -1) for ordinal in range(first, last + 1)]
    columns = frozenset(positions.values())
    return Plan(
        frequency, first, len(positions), columns, _picker(picks, total), tuple(picks)
    )


def _picker(picks: list[int], total: int) -> Pick:
    """Cells by position; -1 is a gap and meets the missing cell put at the end."""
    if picks == list(range(total)):
        return tuple
    if len(picks) == 1:
        return lambda cells: (cells[picks[0]],)
    take = itemgetter(*picks)
    return lambda cells: take([*cells, MISSING])


def choose_plan(plans: dict[str, Plan], code: str, cells: list[Cell]) -> Plan:
    """The plan of the row's frequency ``code`` ("": not stated).

    Raises ParseError when cells outside the plan's columns say anything.
    """
    stated = canonical_frequency(code)
    if len(plans) == 1:
        (plan,) = plans.values()
        if code and stated != plan.frequency and _told(cells):
            check_frequency(
                code, plan.frequency, format_period(plan.frequency, plan.start)
            )
        return plan
    told = _told(cells)
    plan = plans.get(stated) or _fitting(plans, told)
    for column in told:
        if column not in plan.columns:
            other = next(p for p in plans.values() if column in p.columns)
            raise mixed(plan.frequency, other.frequency, FREQUENCIES[other.frequency])
    if code:
        check_frequency(code, plan.frequency, FREQUENCIES[plan.frequency])
    return plan


def _told(cells: list[Cell]) -> list[int]:
    return [i for i, cell in enumerate(cells) if cell != MISSING]


def _fitting(plans: dict[str, Plan], told: list[int]) -> Plan:
    """The plan with the first cell that says anything, else any."""
    for plan in plans.values():
        if told and told[0] in plan.columns:
            return plan
    return next(iter(plans.values()))
