"""Regions by domains: how many priorities of a region are about each broad domain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from strategies.listing import PERIODS
from strategies.models import Domain, Priority
from strategies.queries import broad_domain_rows

CLASSES = (1, 2, 3, 5, 8)  # the least number of priorities of each of five colours


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of priorities; ``shade`` is 0 (none) to 5."""

    domain: str
    count: int

    @property
    def shade(self) -> int:
        return sum(self.count >= least for least in CLASSES)


@dataclass(frozen=True, slots=True)
class Row:
    """An area with its number of priorities, and of those in each domain."""

    code: str
    name: str
    region: str
    priorities: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``totals`` count the priorities of all rows by domain."""

    domains: Sequence[Domain]
    rows: Sequence[Row]
    totals: Sequence[Cell]


def domain_matrix(*, kind: str, country: str = "", period: str = "") -> Matrix:
    """Three statements, whatever the number of regions; areas in order of code."""
    domains = list(Domain.objects.of_kind(kind).headings().order_by("position", "code"))
    wanted = _wanted(country, period)
    tagged = Counter(
        (area, domain) for area, domain, _ in broad_domain_rows(kind, **wanted)
    )
    rows = [
        Row(
            code,
            name,
            region or "",
            number,
            tuple(Cell(d.code, tagged[code, d.code]) for d in domains),
        )
        for code, name, region, number in _areas(wanted)
    ]
    totals = [
        Cell(d.code, sum(row.cells[i].count for row in rows))
        for i, d in enumerate(domains)
    ]
    return Matrix(domains, rows, totals)


def countries_with_priorities() -> list[str]:
    """Codes of the countries that have any public priority."""
    codes = (
        Priority.objects.public()
        .order_by()
        .values_list("strategy__region__country", flat=True)
    )
    return sorted(filter(None, codes.distinct()))


def _wanted(country: str, period: str) -> Mapping[str, object]:
    wanted: dict[str, object] = {"region__country": country} if country else {}
    for first, last, _label in PERIODS:
        if period == f"{first}-{last}":
            wanted |= {"first_year__lte": last, "last_year__gte": first}
    return wanted


def _areas(wanted: Mapping[str, object]) -> list[tuple[str, str, str | None, int]]:
    narrowed = Q(**{f"strategy__{name}": value for name, value in wanted.items()})
    rows = (
        Priority.objects.public()
        .filter(narrowed)
        .order_by("strategy__nuts_code")
        .values_list(
            "strategy__nuts_code", "strategy__area_name", "strategy__region__code"
        )
        .annotate(n=Count("pk"))
    )
    held: dict[str, tuple[str, str, str | None, int]] = {}
    for code, name, region, number in rows:
        before = held.get(code, (code, name, region, 0))
        held[code] = (code, before[1], before[2], before[3] + number)
    return list(held.values())
