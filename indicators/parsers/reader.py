"""One entry to all forms: look at the content, pick the parser, place its errors."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from indicators.parsers.errors import ParseError
from indicators.parsers.eurostat_tsv import read_tsv
from indicators.parsers.jsonstat import read_jsonstat
from indicators.parsers.oecd_csv import read_oecd_csv
from indicators.parsers.sdmx_csv import read_sdmx_csv
from indicators.parsers.sdmx_json import read_sdmx_json
from indicators.parsers.sdmx_ml import read_sdmx_ml
from indicators.parsers.sniff import sniff_form
from indicators.parsers.source import Source
from indicators.parsers.types import Message, SeriesRow

Parser = Callable[[Source], Message]

FORMS: Mapping[str, Parser] = MappingProxyType(
    {
        "eurostat-tsv": read_tsv,
        "sdmx-csv": read_sdmx_csv,
        "json-stat": read_jsonstat,
        "sdmx-ml": read_sdmx_ml,
        "oecd-csv": read_oecd_csv,
        "sdmx-json": read_sdmx_json,
    }
)


def open_message(
    path: Path,
    *,
    name: str | None = None,
    geo_dimension: str | None = None,
    structure: Path | None = None,
) -> Message:
    """The data message in a file, plain or gzipped, whatever its form.

    ``name`` is what errors call the file. Raises ParseError, here or while the
    series are read; no other exception comes from the content of a file.
    """
    source = Source(path, name or path.name, geo_dimension, structure)
    try:
        message = FORMS[sniff_form(source)](source)
    except ParseError as error:
        raise error.located(file=source.name) from error
    message.series = _placed(message.series, source.name)
    return message


def _placed(series: Iterator[SeriesRow], file: str) -> Iterator[SeriesRow]:
    """The same series; errors on the way name the file."""
    try:
        yield from series
    except ParseError as error:
        raise error.located(file=file) from error
