"""Opening a file as one dataflow's: its options say how a table is to be read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indicators.parsers.reader import open_message
from indicators.parsers.table_options import TableOptions
from indicators.parsers.types import Message
from indicators.services.definitions import options_of
from sources.exceptions import IngestError


def open_for(flow: tuple[str, str], path: Path, *, name: str) -> Message:
    """The message in a file, read as ``flow`` (agency and code) wants it.

    ParseError for the content of the file, IngestError for wrong options.
    """
    options = options_of(*flow)
    table = table_options(options, dataflow=":".join(flow))
    return open_message(
        path, name=name, geo_dimension=options.get("geo_dimension"), table=table
    )


def table_options(options: Mapping[str, Any], *, dataflow: str) -> TableOptions:
    """The mapping in a dataflow's options; IngestError where it is wrong."""
    try:
        return TableOptions.of(options)
    except ValueError as error:
        raise IngestError(
            f"The options of {dataflow} are wrong: {error}. "
            "Correct them in indicators/definitions/dataflows.yaml."
        ) from error
