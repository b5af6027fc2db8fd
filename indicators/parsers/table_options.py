"""How a table maps to dimensions, time and value: what a dataflow's options say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

GEO, TIME, VALUE = "geo", "time_period", "obs_value"
STATUS, CONFIDENTIALITY = "obs_status", "conf_status"
LEFT_OUT = ""
_KNOWN = ("sheet", "header", "columns", "fixed", "replace", "only_listed")
# Of the same mapping, read elsewhere: by the loader and by the fetchers.
_OTHERS = ("nuts_version", "geo_dimension", "flow", "key")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """The mapping of a table, empty for one that names its columns as the portal does.

    ``sheet`` names the sheet ("": the first that has a header), ``header`` is its
    header row, from 1 (0: found by its names). ``columns`` maps headings to names,
    {"NUTS": "geo", "Year": "time_period", "Remarks": ""}; "" leaves a column out, and
    so does ``only_listed`` with every heading that ``columns`` lacks. ``fixed`` are
    dimensions that the table leaves unsaid, {"unit": "PC_GDP"}. ``replace`` exchanges
    characters in codes, {".": "_"}.
    """

    sheet: str = ""
    header: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    replace: Mapping[str, str] = field(default_factory=dict)
    only_listed: bool = False

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> "TableOptions":
        """Read from YAML or JSON; ValueError names what is not understood."""
        strange = sorted(set(options) - {*_KNOWN, *_OTHERS})
        if strange:
            raise ValueError(
                f"unknown option {', '.join(strange)}; known are {', '.join(_KNOWN)}"
            )
        header = options.get("header", 0)
        if not isinstance(header, int) or isinstance(header, bool) or header < 0:
            raise ValueError(f"option header is {header!r}, not a row number from 1")
        return cls(
            sheet=str(options.get("sheet", "")),
            header=header,
            columns=_texts(options, "columns"),
            fixed=_texts(options, "fixed"),
            replace=_texts(options, "replace"),
            only_listed=bool(options.get("only_listed", False)),
        )

    def name_of(self, heading: str) -> str:
        """What a column is called here; "" for one that is left out."""
        folded = _folded(heading)
        for listed, name in self.columns.items():
            if _folded(listed) == folded:
                return name
        return LEFT_OUT if self.only_listed else folded

    def code(self, text: str) -> str:
        """A code as it is kept."""
        for old, new in self.replace.items():
            text = text.replace(old, new)
        return text


def _texts(options: Mapping[str, Any], name: str) -> dict[str, str]:
    found = options.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"option {name} is {found!r}, not a mapping")
    return {str(key): str(value or "") for key, value in found.items()}


def _folded(heading: str) -> str:
    """Any case and any run of white space: headings are typed by hand."""
    return " ".join(heading.split()).lower()
