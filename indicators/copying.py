"""Rows in PostgreSQL's binary COPY format, built from arrays at once. Pure.

Ten million values as text cost the server more time than everything else together.
https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format".
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from indicators.batches import Codes, SeriesBatch

Bytes = npt.NDArray[np.uint8]
Part = tuple[Bytes, npt.NDArray[np.bool_]]  # n x k bytes, and which of them count

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FLOAT8, _TEXT = 701, 25  # object ids of the element types
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
        _head(batch, _FLOAT8, sizes, np.ones(count, dtype=bool)),
        (
            items.view(np.uint8).reshape(count, 12 * width),
            told.reshape(count, 12 * width),
        ),
    ]


def _flags(batch: SeriesBatch, codes: Codes) -> list[Part]:
    """A text array, or NULL where the row has no flag at all."""
    flagged: npt.NDArray[np.bool_] = np.any(codes, axis=1)
    if not flagged.any():
        size = np.full((len(batch), 1), -1, dtype=">i4").view(np.uint8)
        return [(size, np.ones(size.shape, dtype=bool))]
    texts = [text.encode() for text in batch.texts]
    longest = max(len(text) for text in texts)
    table = np.zeros(len(texts), dtype=[("size", ">i4"), ("text", f"S{longest}")])
    table["size"] = [len(text) for text in texts]
    table["text"] = texts
    step = 4 + longest
    count, width = codes.shape
    sizes = np.array([len(text) for text in texts])[codes]
    inside = _inside(batch) & flagged[:, None]
    told = np.arange(step) < (4 + sizes)[:, :, None]
    told &= inside[:, :, None]
    sized = 4 * batch.lengths + sizes.sum(axis=1)
    return [
        _head(batch, _TEXT, sized, flagged),
        (
            table[codes].view(np.uint8).reshape(count, step * width),
            told.reshape(count, step * width),
        ),
    ]


def _inside(batch: SeriesBatch) -> npt.NDArray[np.bool_]:
    """n x w: which items lie before the row's end."""
    inside: npt.NDArray[np.bool_] = (
        np.arange(batch.values.shape[1]) < batch.lengths[:, None]
    )
    return inside


def _head(
    batch: SeriesBatch,
    element: int,
    sizes: npt.NDArray[np.int64],
    exists: npt.NDArray[np.bool_],
) -> Part:
    """What stands before the items: an empty array has no axis, NULL only a size."""
    filled = batch.lengths > 0
    rows = np.empty(len(batch), dtype=_ARRAY_HEAD)
    rows["size"] = np.where(exists, np.where(filled, 20 + sizes, 12), -1)
    rows["axes"] = filled
    rows["nulls"] = 1
    rows["type"] = element
    rows["items"] = batch.lengths
    rows["lower"] = 1
    told = np.zeros((len(batch), 24), dtype=bool)
    told[:, :4] = True
    told[:, 4:16] = exists[:, None]
    told[:, 16:] = (exists & filled)[:, None]
    return rows.view(np.uint8).reshape(len(batch), 24), told
