"""Reading the starter files of the apps. Pure."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sources.dates import Precision, parse_end, parse_start

# libyaml reads 12,000 lines in half a second, Python's own reader in five.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The NUTS version of codes in starter files that name none.
NUTS_VERSION = 2021


def read_starter(path: Path) -> dict[str, Any]:
    """The content of a starter file, as its head comment describes it."""
    loader = _Loader(path.read_bytes())
    content: dict[str, Any] = loader.get_single_data()
    return content


def dated_columns(raw: Mapping[str, Any]) -> dict[str, Any]:
    """``start`` and ``end`` with their precision, null where the entry has none."""
    columns: dict[str, Any] = {}
    for name, parse in (("start", parse_start), ("end", parse_end)):
        value, precision = parse(raw[name]) if raw.get(name) else (None, Precision.DAY)
        columns |= {name: value, f"{name}_precision": precision.value}
    return columns
