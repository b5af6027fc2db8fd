"""From single observations to series, for the forms that list observations."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from indicators.parsers.cells import MISSING, Cell
from indicators.parsers.errors import ParseError
from indicators.parsers.layout import canonical_frequency
from indicators.parsers.repeats import repeated
from indicators.parsers.types import SeriesRow, Tally
from indicators.periods import FREQUENCIES, parse_period

# 110 years of days; more is a mistyped year, not a series.
MAX_PERIODS = 40_000


@dataclass(slots=True)
class _Group:
    """One series while it is collected; ``lines`` runs in step with ``cells``."""

    frequency: str
    cells: dict[int, Cell] = field(default_factory=dict)
    lines: "array[int]" = field(default_factory=lambda: array("q"))


class PeriodCache(dict[str, tuple[str, int]]):
    """Periods by their text, read once each; ParseError for an unreadable one."""

    def __missing__(self, text: str) -> tuple[str, int]:
        try:
            period = parse_period(text.strip(" "))
        except ValueError as error:
            raise ParseError(
                "unreadable period",
                text=text,
                advice="Periods are written 2019, 2019-S1, 2019-Q1, 2019-01, "
                "2019-W01 or 2019-01-31.",
            ) from error
        self[text] = period
        return period


class Grouping:
    """Collects observations in any order and gives them back as series."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.periods = PeriodCache()
        self._groups: dict[tuple[str, ...], _Group] = {}

    def frequency(self, period: str) -> str:
        """The frequency that a period's spelling states."""
        return self.periods[period][0]

    def add(
        self, key: tuple[str, ...], geo: str, period: str, cell: Cell, line: int = 0
    ) -> None:
        """Take one observation; ``key`` begins with the frequency.

        Raises ParseError for a second value of the same period and for a period of
        another frequency than the series.
        """
        frequency, ordinal = self.periods[period]
        whole = (*key, geo)
        group = self._groups.get(whole)
        if group is None:
            check_frequency(key[0], frequency, period)
            group = self._groups[whole] = _Group(frequency)
            self.tally.series += 1
        if group.frequency != frequency:
            raise mixed(group.frequency, frequency, period)
        earlier = group.cells.get(ordinal)
        if earlier is None:
            group.cells[ordinal] = cell
            group.lines.append(line)
            count(self.tally, cell)
        elif earlier != cell:
            first = group.lines[list(group.cells).index(ordinal)]
            raise repeated(",".join((*whole, period)), first, line)

    def rows(self) -> Iterator[SeriesRow]:
        """The series that say anything, in the order of their first observation."""
        for whole, group in self._groups.items():
            told = [ordinal for ordinal, c in group.cells.items() if c != MISSING]
            if told:
                yield _row(whole, group, min(told), max(told))


def count(tally: Tally, cell: Cell) -> None:
    """Count one observation."""
    if cell[0] is None:
        tally.missing += 1
    else:
        tally.values += 1


def check_frequency(code: str, frequency: str, period: str) -> None:
    """ParseError when the frequency stated is not the one of the period."""
    stated = canonical_frequency(code)
    if stated in FREQUENCIES and stated != frequency:
        raise mixed(stated, frequency, period)


def mixed(stated: str, found: str, period: str) -> ParseError:
    """The error for a period that does not fit its series."""
    return ParseError(
        f"mixed frequencies in one series ({FREQUENCIES.get(stated, stated)} and "
        f"{FREQUENCIES[found]})",
        text=period,
        advice="A series has one frequency; check the freq column and the periods.",
    )


def check_span(first: int, last: int, text: str = "") -> None:
    """ParseError for a series over more periods than any has."""
    if last - first >= MAX_PERIODS:
        raise ParseError(
            f"periods {last - first + 1:,} apart in one series",
            text=text,
            advice="Check the periods for a mistyped year.",
        )


def _row(whole: tuple[str, ...], group: _Group, first: int, last: int) -> SeriesRow:
    check_span(first, last, ",".join(whole))
    cells = [group.cells.get(i, MISSING) for i in range(first, last + 1)]
    return make_row(whole, group.frequency, first, cells, group.lines[0])


def make_row(
    whole: tuple[str, ...], frequency: str, start: int, cells: list[Cell], line: int
) -> SeriesRow:
    """A series from its cells; ``whole`` is the key and, last, the geo code."""
    values, statuses, confidentiality = zip(*cells, strict=True)
    return SeriesRow(
        key=whole[:-1],
        geo=whole[-1],
        frequency=frequency,
        start=start,
        values=values,
        statuses=statuses if any(statuses) else None,
        confidentiality=confidentiality if any(confidentiality) else None,
        line=line,
    )
