"""Rows in PostgreSQL's binary COPY format, built from arrays at once. Pure.

Ten million values as text cost the server more time than everything else together.
https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format".
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from indicators.batches import Codes, SeriesBatch
from indicators.series import FLAG_SEPARATOR

Bytes = npt.NDArray[np.uint8]
Part = tuple[Bytes, npt.NDArray[np.bool_]]  # n x k bytes, and which of them count

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FLOAT8 = 701  # object id of the element type
_INTEGER = {"i2": 2, "i4": 4, "i8": 8, "S1": 1}
_ARRAY_HEAD = np.dtype(
    [(name, ">i4") for name in ("size", "axes", "nulls", "type", "items", "lower")]
)

Column = tuple[str, object] | None  # kind and value(s); None is NULL


def microseconds(moment: datetime) -> int:
    """A timestamp as PostgreSQL holds it."""
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def records(count: int, columns: Sequence[Column], *, more: int = 0) -> Bytes:
    """``count`` rows of fixed columns as bytes (count x size).

    A column is a numpy kind with one value or ``count`` of them, or None for NULL;
    ``more`` columns will follow these.
    """
    kinds: list[tuple[str, str]] = [("columns", ">i2")]
    for place, column in enumerate(columns):
        kinds.append((f"size{place}", ">i4"))
        if column is not None:
            kind = column[0]
            kinds.append((f"value{place}", kind if kind == "S1" else f">{kind}"))
    rows = np.empty(count, dtype=kinds)
    rows["columns"] = len(columns) + more
    for place, column in enumerate(columns):
        rows[f"size{place}"] = -1 if column is None else _INTEGER[column[0]]
        if column is not None:
            rows[f"value{place}"] = column[1]
    return rows.view(np.uint8).reshape(count, -1)


def with_arrays(fixed: Bytes, batch: SeriesBatch) -> bytes:
    """The rows with the batch's values, statuses and confidentiality behind them."""
    parts: list[Part] = [
        (fixed, np.ones(fixed.shape, dtype=bool)),
        *_floats(batch),
        *_flags(batch, batch.statuses),
        *_flags(batch, batch.confidentiality),
    ]
    whole = np.concatenate([part[0] for part in parts], axis=1)
    counts = np.concatenate([part[1] for part in parts], axis=1)
    content: bytes = whole[counts].tobytes()
    return content


def _floats(batch: SeriesBatch) -> list[Part]:
    count, width = batch.values.shape
    present = ~np.isnan(batch.values)
    items = np.empty((count, width), dtype=[("size", ">i4"), ("value", ">f8")])
    items["size"] = np.where(present, 8, -1)
    items["value"] = batch.values
    told = np.empty((count, width, 12), dtype=bool)
    told[:, :, :4] = _inside(batch)[:, :, None]
    told[:, :, 4:] = present[:, :, None]
    sizes = 4 * batch.lengths + 8 * present.sum(axis=1)
    return [
        _head(batch, sizes),
        (
            items.view(np.uint8).reshape(count, 12 * width),
            told.reshape(count, 12 * width),
        ),
    ]


def _flags(batch: SeriesBatch, codes: Codes) -> list[Part]:
    """One text a row, or NULL where the row has no flag at all."""
    flagged: npt.NDArray[np.bool_] = np.any(codes, axis=1)
    told = np.zeros((len(batch), 0), dtype=bool)
    content = np.zeros((len(batch), 0), dtype=np.uint8)
    if flagged.any():
        content, told = batch.flag_texts(codes, batch.lengths, FLAG_SEPARATOR.encode())
        told &= flagged[:, None]
    sizes = np.where(flagged, told.sum(axis=1), -1).astype(">i4")[:, None]
    size = sizes.view(np.uint8)
    return [(size, np.ones(size.shape, dtype=bool)), (content, told)]


def _inside(batch: SeriesBatch) -> npt.NDArray[np.bool_]:
    """n x w: which items lie before the row's end."""
    inside: npt.NDArray[np.bool_] = (
        np.arange(batch.values.shape[1]) < batch.lengths[:, None]
    )
    return inside


def _head(batch: SeriesBatch, sizes: npt.NDArray[np.int64]) -> Part:
    """What stands before the items: an empty array has no axis."""
    filled = batch.lengths > 0
    rows = np.empty(len(batch), dtype=_ARRAY_HEAD)
    rows["size"] = np.where(filled, 20 + sizes, 12)
    rows["axes"] = filled
    rows["nulls"] = 1
    rows["type"] = _FLOAT8
    rows["items"] = batch.lengths
    rows["lower"] = 1
    told = np.ones((len(batch), 24), dtype=bool)
    told[:, 16:] = filled[:, None]
    return rows.view(np.uint8).reshape(len(batch), 24), told
