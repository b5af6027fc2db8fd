"""The dimensions of a JSON-stat 2.0 dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

from indicators.parsers.errors import ParseError
from indicators.parsers.layout import TIME_IDS
from indicators.parsers.types import Labels

# A value list of this length is already a gigabyte; a larger cube is a mistake.
MAX_CELLS = 100_000_000


@dataclass(frozen=True, slots=True)
class Cube:
    """Ids, sizes and codes in the order of the cells; the last one runs fastest."""

    ids: tuple[str, ...]
    sizes: tuple[int, ...]
    codes: tuple[tuple[str, ...], ...]
    time: int
    geo_id: str | None
    labels: Labels

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Cube":
        """Read the dimensions. Raises ParseError where they contradict themselves."""
        ids = _list(document, "id", str)
        sizes = _list(document, "size", int)
        dimension = document.get("dimension")
        if len(ids) != len(sizes) or not isinstance(dimension, dict):
            raise _broken("'id', 'size' and 'dimension' do not fit")
        if min(sizes, default=0) < 1 or prod(sizes) > MAX_CELLS:
            raise _broken("a cube without cells or with too many", str(sizes))
        categories = [_category(dimension, name) for name in ids]
        codes = tuple(map(_codes, categories, ids, sizes))
        role = document.get("role")
        return cls(
            ids=tuple(ids),
            sizes=tuple(sizes),
            codes=codes,
            time=_time(ids, role),
            geo_id=_role(role, "geo", ids),
            labels=_labels(ids, categories),
        )

    def codes_at(self, index: int) -> list[str]:
        """The code of each dimension, time included, for the cell at ``index``."""
        found: list[str] = []
        for size, codes in zip(reversed(self.sizes), reversed(self.codes), strict=True):
            index, position = divmod(index, size)
            found.append(codes[position])
        found.reverse()
        return found


def _list(document: Mapping[str, Any], member: str, kind: type) -> list[Any]:
    content = document.get(member)
    if isinstance(content, list) and all(type(item) is kind for item in content):
        return content
    raise _broken(f"no list {member!r}")


def _broken(problem: str, text: str = "") -> ParseError:
    return ParseError(
        f"broken JSON-stat: {problem}", text=text, advice="Download it again."
    )


def _category(dimension: Mapping[str, Any], name: str) -> dict[str, Any]:
    content = dimension.get(name)
    category = content.get("category") if isinstance(content, dict) else None
    if not isinstance(category, dict):
        raise _broken("a dimension without category", name)
    return category


def _codes(category: dict[str, Any], name: str, size: int) -> tuple[str, ...]:
    """Codes in the order of the cells, from an object, a list or a lone label."""
    index = category.get("index")
    if not isinstance(index, dict | list):
        index = list(category.get("label") or {})
    if isinstance(index, dict):
        if {type(position) for position in index.values()} != {int}:
            raise _broken("positions of categories are not numbers", name)
        positions = index
        index = sorted(positions, key=lambda code: positions[code])
        if [positions[code] for code in index] != list(range(len(index))):
            raise _broken("positions of categories are not 0, 1, 2...", name)
    if len(index) != size or not all(isinstance(code, str) for code in index):
        raise _broken(f"not {size} categories, as 'size' says", name)
    return tuple(index)


def _role(role: object, kind: str, ids: list[str]) -> str | None:
    named = role.get(kind) if isinstance(role, dict) else None
    if isinstance(named, list) and len(named) == 1 and named[0] in ids:
        return str(named[0])
    return None


def _time(ids: list[str], role: object) -> int:
    by_role = _role(role, "time", ids)
    for position, name in enumerate(ids):
        if name == by_role or name.lower() in TIME_IDS:
            return position
    raise ParseError(
        f"no time dimension among the dimensions found ({', '.join(ids)})",
        advice="One must be called time or TIME_PERIOD.",
    )


def _labels(ids: list[str], categories: list[dict[str, Any]]) -> Labels:
    labels = {
        name.lower(): {code: str(text) for code, text in category["label"].items()}
        for name, category in zip(ids, categories, strict=True)
        if isinstance(category.get("label"), dict)
    }
    return MappingProxyType(labels)
