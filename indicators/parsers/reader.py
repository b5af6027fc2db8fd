"""One entry to all forms: look at the content, pick the parser, place its errors."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from indicators.parsers.errors import ParseError
from indicators.parsers.eurostat_tsv import read_tsv
from indicators.parsers.jsonstat import read_jsonstat
from indicators.parsers.oecd_csv import read_oecd_csv
from indicators.parsers.sdmx_csv import read_sdmx_csv
from indicators.parsers.sdmx_json import read_sdmx_json
from indicators.parsers.sdmx_ml import read_sdmx_ml
from indicators.parsers.sniff import sniff_form
from indicators.parsers.source import Source
from indicators.parsers.table_options import TableOptions
from indicators.parsers.tidy import read_tidy_csv
from indicators.parsers.types import Message
from indicators.parsers.xlsx import read_xlsx

Item = TypeVar("Item")
Parser = Callable[[Source], Message]

FORMS: Mapping[str, Parser] = MappingProxyType(
    {
        "eurostat-tsv": read_tsv,
        "sdmx-csv": read_sdmx_csv,
        "json-stat": read_jsonstat,
        "sdmx-ml": read_sdmx_ml,
        "oecd-csv": read_oecd_csv,
        "sdmx-json": read_sdmx_json,
        "tidy-csv": read_tidy_csv,
        "xlsx": read_xlsx,
    }
)


def open_message(
    path: Path,
    *,
    name: str | None = None,
    geo_dimension: str | None = None,
    structure: Path | None = None,
    table: TableOptions | None = None,
) -> Message:
    """The data message in a file, plain or gzipped, whatever its form.

    ``name`` is what errors call the file, ``table`` the mapping of a plain table.
    Raises ParseError, here or while the series are read; no other exception comes from
    the content of a file.
    """
    source = Source(
        path, name or path.name, geo_dimension, structure, table=table or TableOptions()
    )
    try:
        form = sniff_form(source)
        message = FORMS[form](source)
    except ParseError as error:
        raise error.located(file=source.name) from error
    message.form = form
    message.series = _placed(message.series, source.name)
    if message.blocks is not None:
        message.blocks = _placed(message.blocks, source.name)
    return message


def _placed(items: Iterator[Item], file: str) -> Iterator[Item]:
    """The same items; errors on the way name the file."""
    try:
        yield from items
    except ParseError as error:
        raise error.located(file=file) from error
