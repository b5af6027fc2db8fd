"""SDMX-JSON 1.0 data messages: flat observations or series, codes by position.

The OECD's older messages may have no time dimension at all (a cross-section); its
observations are dated with the year in which the message was prepared.
See https://github.com/sdmx-twg/sdmx-json.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from indicators.parsers.cells import checked_number, parse_marks
from indicators.parsers.grouping import Grouping
from indicators.parsers.layout import CodeCheck, Layout
from indicators.parsers.sdmx_json_structure import (
    Attributes,
    Dimensions,
    broken,
    member,
)
from indicators.parsers.source import Source
from indicators.parsers.types import Message, SeriesRow, Structure, Tally

Numbered = tuple[list[int], list[Any], list[Any]]

# How a link names a dataflow: the OECD's older service by code alone, SDMX's own
# addresses by agency, code and version, and its URNs likewise.
_LEGACY_LINK = re.compile(r"/sdmx-json/dataflow/([\w@-]+)(?:/all)?/?")
_REST_LINK = re.compile(r"/dataflow/[\w.-]+/([\w@-]+)/[\w.~*+-]+/?")
_URN = re.compile(r"\.Dataflow=[\w.-]+:([\w@-]+)\([\w.~*+-]+\)")


def read_sdmx_json(source: Source) -> Message:
    """The message in an SDMX-JSON document. Raises ParseError."""
    document = source.json
    body = document.get("data")
    body = body if isinstance(body, dict) else document
    header = document.get("header") or document.get("meta") or {}
    content = member(body, "structure", dict)
    dimensions = Dimensions.of(content)
    layout = Layout.of(dimensions.ids, geo_dimension=source.geo_dimension)
    structure = Structure(
        layout.dimensions,
        geo_dimension=layout.geo_dimension,
        agency=_sender(header),
        dataflow=_dataflow(content),
        name=_text(content.get("name")),
        labels=dimensions.labels,
    )
    tally = Tally()
    reading = _Reading(dimensions, Attributes.of(content), layout, tally)
    reading.year = _prepared_year(header)
    return Message(structure, reading.series(member(body, "dataSets", list)), tally)


def _text(content: object) -> str:
    if isinstance(content, dict):
        content = content.get("en")
    return content if isinstance(content, str) else ""


def _sender(header: object) -> str:
    sender = header.get("sender") if isinstance(header, dict) else None
    return _text(sender.get("id")) if isinstance(sender, dict) else ""


def _dataflow(structure: Mapping[str, Any]) -> str:
    """The code of the dataflow that a link names, "" where none does."""
    links = structure.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") == "dataflow":
            named = (
                _URN.search(_text(link.get("urn"))),
                _LEGACY_LINK.search(_text(link.get("href"))),
                _REST_LINK.search(_text(link.get("href"))),
            )
            return next((found[1] for found in named if found), "")
    return ""


def _prepared_year(header: object) -> str:
    return _text(header.get("prepared"))[:4] if isinstance(header, dict) else ""


class _Reading:
    """One pass over the data sets of a message."""

    def __init__(
        self,
        dimensions: Dimensions,
        attributes: Attributes,
        layout: Layout,
        tally: Tally,
    ) -> None:
        self.dimensions = dimensions
        self.attributes = attributes
        self.layout = layout
        self.tally = tally
        self.year = ""
        self.grouping = Grouping(tally)
        self._check_codes = CodeCheck()

    def series(self, data_sets: list[Any]) -> Iterator[SeriesRow]:
        for data_set in data_sets:
            if not isinstance(data_set, dict):
                raise broken("a data set that is no object")
            self._read(data_set)
        yield from self.grouping.rows()

    def _read(self, data_set: Mapping[str, Any]) -> None:
        shared = data_set.get("attributes") or []
        for positions, series_attributes, observation in _observations(data_set):
            codes = self.dimensions.codes_at(positions)
            period = (
                self.year
                if self.dimensions.time is None
                else codes.pop(self.dimensions.time)
            )
            if not observation:
                raise broken("an observation without value")
            self._add(codes, period, observation, series_attributes, shared)

    def _add(
        self,
        codes: list[str],
        period: str,
        observation: list[Any],
        series_attributes: list[Any],
        shared: list[Any],
    ) -> None:
        status, mark = self.attributes.flags(observation[1:], series_attributes, shared)
        number = checked_number(observation[0])
        cell = parse_marks(number, status, mark, allowed=self.attributes.letters)
        self._check_codes(codes)
        key = self.layout.key(codes, self.grouping.frequency(period))
        self.grouping.add(key, codes[self.layout.geo], period, cell)


def _observations(data_set: Mapping[str, Any]) -> Iterator[Numbered]:
    """Positions, attributes of the series, and the observation's array."""
    if "series" not in data_set:
        for key, observation in member(data_set, "observations", dict).items():
            yield _positions(key), [], _array(observation)
        return
    for key, series in member(data_set, "series", dict).items():
        if not isinstance(series, dict):
            raise broken("a series that is no object", key)
        attributes = _array(series.get("attributes") or [])
        for inner, observation in member(series, "observations", dict).items():
            yield _positions(key) + _positions(inner), attributes, _array(observation)


def _positions(key: str) -> list[int]:
    parts = key.split(":") if key else []
    if not all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts):
        raise broken("a key that is no list of positions", key)
    return [int(part) for part in parts]


def _array(content: object) -> list[Any]:
    if not isinstance(content, list):
        raise broken("no array where one is expected", repr(content))
    return content
