"""SDMX-ML 2.1 data messages, generic and structure-specific, through ``sdmx1``.

A cross-sectional message has another dimension than time at the observation; its
observations are regrouped over time like all others.
"""

import io
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from indicators.parsers.cells import Cell, parse_columns
from indicators.parsers.errors import ParseError
from indicators.parsers.grouping import Grouping
from indicators.parsers.layout import TIME_IDS, CodeCheck, Layout
from indicators.parsers.source import Source
from indicators.parsers.types import Message, SeriesRow, Structure, Tally

if TYPE_CHECKING:
    from sdmx.message import DataMessage

_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
_ADVICE = "Expected is an SDMX-ML 2.1 data message."


def read_sdmx_ml(source: Source) -> Message:
    """The message in an SDMX-ML file.

    Raises ParseError, also for asynchronous answers and messages without data.
    """
    from sdmx.message import DataMessage

    document = _read(source.document, _definition(source))
    if not isinstance(document, DataMessage):
        raise ParseError(
            f"SDMX-ML without data ({type(document).__name__})",
            advice="This file describes a structure; a data message is needed.",
        )
    _refuse_footer(document)
    observations = [item for data in document.data for item in data.obs]
    if not observations:
        raise ParseError("a data message without observations", advice=_ADVICE)
    ids = list(_codes(observations[0].key))
    time = _time_id(ids)
    layout = Layout.of(
        [name for name in ids if name != time], geo_dimension=source.geo_dimension
    )
    labels: dict[str, dict[str, str]] = {}
    structure = _structure(document, layout, labels)
    reading = _Reading(layout, ids, time, labels)
    return Message(structure, reading.series(document), reading.tally)


def _read(content: bytes, definition: Any = None) -> Any:
    """What sdmx1 makes of the bytes. XML with a document type is refused.

    Entities, internal or external, need a document type; SDMX-ML has none.
    """
    encoding = _ENCODING.match(content)
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise ParseError(
            "XML in another encoding than UTF-8", text=encoding[1].decode("latin-1")
        )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ParseError("XML with a document type or entities", advice=_ADVICE)
    import sdmx  # half a second of imports, for these messages only

    extra = {} if definition is None else {"structure": definition}
    try:
        return sdmx.read_sdmx(io.BytesIO(content), **extra)
    except Exception as error:  # sdmx1 raises nearly every type on broken messages
        text = " ".join(str(error.__cause__ or error).split())
        raise ParseError(
            "not readable as SDMX-ML", text=text, advice=_ADVICE
        ) from error


def _definition(source: Source) -> Any:
    """The data structure definition of the companion file, None without one."""
    if source.structure is None:
        return None
    from sdmx.message import StructureMessage

    message = _read(Source(Path(source.structure), source.structure.name).document)
    found = (
        list(message.structure.values())
        if isinstance(message, StructureMessage)
        else []
    )
    if len(found) != 1:
        raise ParseError(
            f"{len(found)} data structure definitions in {source.structure.name}",
            advice="The structure file must hold exactly one.",
        )
    return found[0]


def _refuse_footer(message: "DataMessage") -> None:
    """A footer means that the answer is not (all of) the data."""
    footer = message.footer
    if footer is None:
        return
    text = " ".join(str(item) for item in footer.text)
    code = str(footer.code)
    if code == "413":
        raise ParseError(
            "not data but an asynchronous answer (413): the publisher prepares a file",
            text=_shortened(text),
            advice="Wait, then download the file from that URL, or ask for less.",
        )
    raise ParseError(
        f"the publisher answered with message {code}",
        text=_shortened(text),
        advice="Repeat the request or change it as the message says.",
    )


def _shortened(text: str) -> str:
    """The part with the URL if there is one, since messages are cut at 80 letters."""
    found = re.search(r"https?://\S+", text)
    return found[0] if found else text


def _codes(key: Any) -> dict[str, Any]:
    return {name: item.value for name, item in key.values.items()}


def _time_id(ids: list[str]) -> str:
    for name in ids:
        if name.lower() in TIME_IDS:
            return name
    raise ParseError(
        f"no time dimension among the dimensions found ({', '.join(ids)})",
        advice="Give the structure file of this message, if there is one.",
    )


def _structure(
    message: "DataMessage", layout: Layout, labels: dict[str, dict[str, str]]
) -> Structure:
    sender = message.header.sender
    definition = message.data[0].structured_by
    return Structure(
        layout.dimensions,
        geo_dimension=layout.geo_dimension,
        agency=_id(sender),
        dataflow=_id(message.dataflow) or _id(definition),
        labels=MappingProxyType(labels),
    )


def _id(item: Any) -> str:
    """The id of an SDMX object, "" where there is none (sdmx1 has a special text)."""
    return "".join(getattr(item, "id", None) or "")


class _Reading:
    """One pass over the data sets of a message."""

    def __init__(
        self,
        layout: Layout,
        ids: list[str],
        time: str,
        labels: dict[str, dict[str, str]],
    ) -> None:
        self.layout = layout
        self.ids = [name for name in ids if name != time]
        self.time = time
        self.labels = labels
        self.tally = Tally()
        self.grouping = Grouping(self.tally)
        self._check_codes = CodeCheck()

    def series(self, message: "DataMessage") -> Iterator[SeriesRow]:
        """Series over time; counted are those of the message, as published."""
        published = 0
        for data in message.data:
            published += len(data.series)
            for observation in data.obs:
                self._add(observation, data.attrib)
        self.tally.series = published or self.tally.series
        yield from self.grouping.rows()

    def _add(self, observation: Any, shared: Mapping[str, Any]) -> None:
        found = _codes(observation.key)
        if found.keys() != {*self.ids, self.time}:
            raise ParseError(
                "observations with different dimensions", text=str(observation.key)
            )
        codes = [_code(found[name]) for name in self.ids]
        self._check_codes(codes)
        self._remember(found)
        period = _code(found[self.time])
        key = self.layout.key(codes, self.grouping.frequency(period))
        cell = _cell(observation, shared)
        self.grouping.add(key, codes[self.layout.geo], period, cell)

    def _remember(self, found: dict[str, Any]) -> None:
        """Labels, where a structure gave codes with names."""
        for name, item in found.items():
            if hasattr(item, "name"):
                self.labels.setdefault(name.lower(), {})[item.id] = str(item.name)


def _code(item: Any) -> str:
    return str(getattr(item, "id", item))


def _cell(observation: Any, shared: Mapping[str, Any]) -> Cell:
    attributes = ChainMap(dict(observation.attrib), dict(shared))
    # SDMX writes NaN for an observation that is known to be missing.
    value = "" if observation.value in (None, "NaN") else str(observation.value)
    return parse_columns(
        value,
        _attribute(attributes, "OBS_STATUS") or _attribute(attributes, "OBS_FLAG"),
        _attribute(attributes, "CONF_STATUS"),
    )


def _attribute(attributes: Mapping[str, Any], name: str) -> str:
    found = attributes.get(name)
    return "" if found is None else _code(found.value)
