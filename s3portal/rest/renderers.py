"""JSON through orjson, and CSV for lists of flat rows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import pandas as pd
from django.utils.functional import Promise
from rest_framework import renderers

from sources.cells import csv_cell

OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_UTC_Z


class JSONRenderer(renderers.JSONRenderer):
    """Compact UTF-8 JSON; NaN and infinity become null."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data, default=_plain, option=OPTIONS)


class CSVRenderer(renderers.BaseRenderer):
    """A list of flat rows, the ``results`` of a page, or one object as one row.

    The header is the view's ``csv_columns``, else its serializer's fields, else the
    keys in the order met; so an empty page of a described view keeps its header.
    Text is safe to open in a spreadsheet; a nested value is written as JSON.
    """

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        rows = _rows(data)
        view = (renderer_context or {}).get("view")
        # A dict as an ordered set: described columns first, then any others met.
        header = list(dict.fromkeys([*_described(view), *_met(rows)]))
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow([csv_cell(name) for name in header])
        writer.writerows([_cell(row.get(name)) for name in header] for row in rows)
        return buffer.getvalue().encode()


def _plain(value: Any) -> Any:
    """What orjson cannot write by itself."""
    if isinstance(value, Promise):
        return str(value)
    if pd.api.types.is_scalar(value):
        return None if pd.isna(value) else str(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _rows(data: Any) -> Sequence[Mapping[str, Any]]:
    # A record may have results of its own; only a page counts them.
    is_page = isinstance(data, Mapping) and {"count", "results"} <= data.keys()
    rows: Sequence[Mapping[str, Any]] = (
        data["results"] if is_page else [data] if isinstance(data, Mapping) else data
    )
    return rows


def _described(view: Any) -> list[str]:
    if columns := getattr(view, "csv_columns", None):
        return list(columns)
    if getattr(view, "serializer_class", None) is None:
        return []
    return list(view.get_serializer().fields)


def _met(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return (name for row in rows for name in row)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple):
        return csv_cell(orjson.dumps(value, default=_plain, option=OPTIONS).decode())
    return csv_cell(value)
