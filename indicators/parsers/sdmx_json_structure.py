"""The ``structure`` member of SDMX-JSON 1.0: dimensions and attributes by position."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from indicators.parsers.errors import ParseError
from indicators.parsers.flags import LETTERS
from indicators.parsers.layout import TIME_IDS
from indicators.parsers.types import Labels

_LEVELS = ("dataSet", "series", "observation")
_STATUS_IDS = ("OBS_STATUS", "OBS_FLAG")
_CONF_IDS = ("CONF_STATUS",)
_LETTER = re.compile(r"[a-z]")


def broken(problem: str, text: str = "") -> ParseError:
    """The error for a message that contradicts itself."""
    return ParseError(
        f"broken SDMX-JSON: {problem}", text=text, advice="Download it again."
    )


def member(content: Mapping[str, Any], name: str, kind: type) -> Any:
    """A member that must be there and of that kind. Raises ParseError."""
    found = content.get(name)
    if not isinstance(found, kind):
        raise broken(f"no {name!r}")
    return found


def _components(content: Mapping[str, Any], name: str, level: str) -> list[Any]:
    """The components at a level; each an object with id and a list of values."""
    found = member(content, name, dict).get(level) or []
    for item in found if isinstance(found, list) else [None]:
        if not (isinstance(item, dict) and isinstance(item.get("id"), str)):
            raise broken(f"a component of {name!r} without id")
        for value in member(item, "values", list):
            if not (value is None or isinstance(value, dict)):
                raise broken("a value that is no object", item["id"])
    return list(found)


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Dimensions in the order of positions; the fixed ones of the data set first.

    ``time`` is a position in the codes, None for a cross-section.
    """

    ids: tuple[str, ...]
    fixed: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    time: int | None
    labels: Labels

    @classmethod
    def of(cls, structure: Mapping[str, Any]) -> "Dimensions":
        """Read them. ``ids`` leaves out time, ``codes`` the fixed dimensions."""
        data_set, series, observation = (
            _components(structure, "dimensions", level) for level in _LEVELS
        )
        everything = [*data_set, *series, *observation]
        ids = [item["id"] for item in everything]
        time = next((i for i, name in enumerate(ids) if name.lower() in TIME_IDS), None)
        if any(len(item["values"]) != 1 for item in data_set):
            raise broken("a dimension of the data set without its one value")
        return cls(
            ids=tuple(name for i, name in enumerate(ids) if i != time),
            fixed=tuple(_code(item["values"][0]) for item in data_set),
            codes=tuple(
                tuple(_code(value) for value in item["values"])
                for item in (*series, *observation)
            ),
            time=time,
            labels=_labels(everything),
        )

    def codes_at(self, positions: Sequence[int]) -> list[str]:
        """Codes of all dimensions, time included. Raises ParseError."""
        if len(positions) != len(self.codes):
            raise broken("a key of another length", ":".join(map(str, positions)))
        try:
            found = [c[i] for c, i in zip(self.codes, positions, strict=True)]
        except IndexError as error:
            key = ":".join(map(str, positions))
            raise broken("a position beyond the values", key) from error
        return [*self.fixed, *found]


def _code(value: Mapping[str, Any] | None) -> str:
    code = value.get("id") if value else None
    if not isinstance(code, str):
        raise broken("a dimension value without id", repr(value))
    return code


def _labels(components: Sequence[Mapping[str, Any]]) -> Labels:
    labels = {
        item["id"].lower(): {
            value["id"]: value["name"]
            for value in item["values"]
            if isinstance(value.get("name"), str)
        }
        for item in components
    }
    return MappingProxyType(labels)


Codes = list[str]


@dataclass(frozen=True, slots=True)
class Attributes:
    """Status and confidentiality attributes; ``status[level][i]`` is a code list.

    ``letters`` are the status letters allowed: the usual ones and those the message
    itself lists, since agencies such as the OECD add their own.
    """

    status: Mapping[str, Mapping[int, Codes]]
    confidentiality: Mapping[str, Mapping[int, Codes]]
    letters: frozenset[str]
    valued: tuple[bool, ...] = ()

    @classmethod
    def of(cls, structure: Mapping[str, Any]) -> "Attributes":
        """Read them; a message without attributes has no flags."""
        if not structure.get("attributes"):
            return cls({}, {}, LETTERS)
        status = {
            level: _code_lists(structure, level, _STATUS_IDS) for level in _LEVELS
        }
        marks = {level: _code_lists(structure, level, _CONF_IDS) for level in _LEVELS}
        declared = {
            code.lower()
            for lists in status.values()
            for codes in lists.values()
            for code in codes
        }
        own = {code for code in declared if _LETTER.fullmatch(code)} - {"a", "c"}
        valued = tuple(
            bool(item["values"])
            for item in _components(structure, "attributes", "observation")
        )
        return cls(status, marks, LETTERS | own, valued)

    def flags(
        self, observation: list[Any], series: list[Any], data_set: list[Any]
    ) -> tuple[str, str]:
        """Status and CONF_STATUS codes; the observation's own go first."""
        own = self._in_place(observation)
        levels = dict(zip(_LEVELS, (data_set, series, own), strict=True))
        return _first(self.status, levels), _first(self.confidentiality, levels)

    def _in_place(self, indexes: list[Any]) -> list[Any]:
        """Indexes by attribute; the OECD leaves out attributes without values."""
        if len(indexes) == len(self.valued) or len(indexes) != sum(self.valued):
            return indexes
        given = iter(indexes)
        return [next(given) if has_values else None for has_values in self.valued]


def _code_lists(
    structure: Mapping[str, Any], level: str, wanted: Sequence[str]
) -> dict[int, Codes]:
    return {
        i: [
            str(value["id"]) if value and "id" in value else ""
            for value in item["values"]
        ]
        for i, item in enumerate(_components(structure, "attributes", level))
        if item["id"].upper() in wanted
    }


def _first(
    lists: Mapping[str, Mapping[int, Codes]], levels: Mapping[str, list[Any]]
) -> str:
    for level in reversed(_LEVELS):
        for position, codes in lists.get(level, {}).items():
            if code := _pointed(codes, levels[level], position):
                return code
    return ""


def _pointed(codes: Codes, indexes: list[Any], position: int) -> str:
    """The code an index array points at; "" for null or a short array."""
    index = indexes[position] if position < len(indexes) else None
    if index is None:
        return ""
    if type(index) is not int or not 0 <= index < len(codes):
        raise broken("an attribute index beyond its values", repr(index))
    return codes[index]
