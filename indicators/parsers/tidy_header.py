"""The header row of a plain table: which column is geo, time, value, a dimension."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from indicators.parsers.errors import ParseError
from indicators.parsers.layout import GEO_IDS, CodeCheck, Layout
from indicators.parsers.table_options import (
    CONFIDENTIALITY,
    GEO,
    LEFT_OUT,
    STATUS,
    TIME,
    VALUE,
    TableOptions,
)
from indicators.periods import parse_period

# A title and some notes may stand above the header.
SEARCHED_ROWS = 50
MOST_COLUMNS = 500
SYNONYMS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(GEO_IDS, GEO)
    | {"time": TIME, "year": TIME, "period": TIME, "value": VALUE}
    | {"obs_flag": STATUS, "flag": STATUS, "flags": STATUS}
)
_ROLES = (TIME, VALUE, STATUS, CONFIDENTIALITY)
ADVICE = (
    "The first row names the columns geo, time_period, obs_value and the dimensions; "
    "or geo, the dimensions and one column for each period."
)


@dataclass(frozen=True, slots=True)
class TidyHeader:
    """Columns by position. Long: ``roles`` has time and value, ``periods`` is empty.

    ``dimensions`` are the columns of the layout's first ids; the codes of the rest are
    ``fixed``. ``periods`` are the columns of a wide table with their headings.
    """

    layout: Layout
    dimensions: tuple[int, ...]
    fixed: tuple[str, ...]
    roles: Mapping[str, int]
    periods: tuple[tuple[int, str], ...]
    names: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns are looked at."""
        return len(self.names)


def looks_like_header(cells: Sequence[str], options: TableOptions) -> bool:
    """Whether a row names a geo column, and time and value or some periods."""
    names = _names(cells, options)
    is_long = TIME in names and VALUE in names
    return GEO in names and (is_long or any(map(_is_period, names)))


def find_header(
    rows: Iterable[tuple[int, Sequence[str]]], options: TableOptions
) -> tuple[int, Sequence[str]] | None:
    """Number and cells of the header row; None where no row is one."""
    for number, cells in rows:
        if options.header:
            if number >= options.header:
                return number, cells
        elif looks_like_header(cells, options):
            return number, cells
        elif number >= SEARCHED_ROWS:
            return None
    return None


def read_tidy_header(cells: Sequence[str], options: TableOptions) -> TidyHeader:
    """Sort the columns out. Raises ParseError for what is missing or there twice."""
    if len(cells) > MOST_COLUMNS:
        raise ParseError(
            f"{len(cells)} columns, more than {MOST_COLUMNS}",
            advice="Keep one table of observations in the file.",
        )
    names = _names(cells, options)
    _refuse_twice(names)
    roles = {role: names.index(role) for role in _ROLES if role in names}
    periods = () if VALUE in roles else _periods(names)
    _refuse_incomplete(roles, periods, cells)
    taken = {*roles.values(), *(i for i, _heading in periods)}
    dimensions = tuple(
        i for i, name in enumerate(names) if i not in taken and name != LEFT_OUT
    )
    ids = [names[i] for i in dimensions]
    fixed = {name: code for name, code in options.fixed.items() if name not in ids}
    CodeCheck()(list(fixed.values()))
    layout = Layout.of([*ids, *fixed], geo_dimension=GEO)
    return TidyHeader(
        layout, dimensions, tuple(fixed.values()), roles, periods, tuple(names)
    )


def _names(cells: Sequence[str], options: TableOptions) -> list[str]:
    named = [options.name_of(cell) for cell in cells]
    return [SYNONYMS.get(name, name) for name in named]


def _periods(names: Sequence[str]) -> tuple[tuple[int, str], ...]:
    return tuple((i, name.upper()) for i, name in enumerate(names) if _is_period(name))


def _is_period(name: str) -> bool:
    try:
        parse_period(name.upper())
    except ValueError:
        return False
    return True


def _refuse_twice(names: Sequence[str]) -> None:
    for name in names:
        if name != LEFT_OUT and names.count(name) > 1:
            raise ParseError(
                "a column named twice",
                text=name,
                advice="Each column has a name of its own.",
            )


def _refuse_incomplete(
    roles: Mapping[str, int], periods: Sequence[object], cells: Sequence[str]
) -> None:
    missing = [name for name in (TIME, VALUE) if name not in roles]
    if missing and not periods:
        raise ParseError(
            f"no column {' and no column '.join(missing)} in the header",
            text=",".join(cells),
            advice=ADVICE,
        )
