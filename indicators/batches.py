"""Many series side by side, canonical, as arrays: what a fast load works on. Pure.

Says the same as a list of ``Observations``, and gives the same digests, at a tenth of
the time and memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from indicators.digests import batch_digests
from indicators.series import Observations

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[Any]  # positions or a mask


@dataclass(frozen=True, slots=True)
class SeriesBatch:
    """n series of at most w periods, each in one row, aligned left.

    ``values`` (n x w): NaN where missing and after the row's end. ``statuses`` and
    ``confidentiality`` (n x w) are positions in ``texts``; 0 is "" and fills the end.
    ``starts`` and ``lengths`` (n) place the row in time, ``frequencies`` are bytes of
    one letter. Every row is canonical: it begins and ends with a value or a flag.
    """

    frequencies: npt.NDArray[np.bytes_]
    starts: Integers
    lengths: Integers
    values: Floats
    statuses: Codes
    confidentiality: Codes
    texts: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def trimmed(
        cls,
        first_period: tuple[str, int],
        values: Floats,
        flags: tuple[Codes, Codes],
        texts: Sequence[str],
    ) -> Self:
        """Rows of equal periods made canonical; ``flags``: status, confidentiality."""
        frequency, start = first_period
        told = ~np.isnan(values) | (flags[0] != 0) | (flags[1] != 0)
        count, width = told.shape
        first = told.argmax(axis=1)
        lengths = np.where(
            told.any(axis=1), width - told[:, ::-1].argmax(axis=1) - first, 0
        )
        left = _left_aligned(first, lengths)
        return cls(
            np.full(count, frequency.encode(), dtype="S1"),
            start + first,
            lengths,
            left(values, np.nan),
            left(flags[0], 0),
            left(flags[1], 0),
            tuple(texts),
        )

    @classmethod
    def of(cls, items: Sequence[Observations]) -> Self:
        """The same series as arrays; the items are canonical."""
        shape = len(items), max((len(item.values) for item in items), default=0)
        values = np.full(shape, np.nan)
        statuses, confidentiality = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        known: dict[str, int] = {"": 0}
        for row, item in enumerate(items):
            length = len(item.values)
            values[row, :length] = np.array(item.values, dtype=np.float64)
            for codes, texts in (
                (statuses, item.statuses),
                (confidentiality, item.confidentiality),
            ):
                if texts:
                    codes[row, :length] = [
                        known.setdefault(text, len(known)) for text in texts
                    ]
        return cls(
            np.array([item.frequency.encode() for item in items], dtype="S1"),
            np.array([item.start for item in items], dtype=np.int64),
            np.array([len(item.values) for item in items], dtype=np.int64),
            values,
            statuses,
            confidentiality,
            tuple(known),
        )

    def take(self, rows: Rows | slice) -> Self:
        """The rows at these positions, or where the mask is true."""
        return type(self)(
            self.frequencies[rows],
            self.starts[rows],
            self.lengths[rows],
            self.values[rows],
            self.statuses[rows],
            self.confidentiality[rows],
            self.texts,
        )

    def row(self, index: int) -> Observations:
        """One series as a value."""
        length = int(self.lengths[index])
        numbers = self.values[index, :length].tolist()
        return Observations(
            self.frequencies[index].decode(),
            int(self.starts[index]),
            tuple([None if number != number else number for number in numbers]),
            self.flags(self.statuses, index),
            self.flags(self.confidentiality, index),
        )

    def flags(self, codes: Codes, index: int) -> tuple[str, ...] | None:
        """The texts of a row of ``codes``; None when all are empty."""
        row = codes[index, : self.lengths[index]]
        return tuple([self.texts[code] for code in row.tolist()]) if row.any() else None

    def digests(self) -> Integers:
        """What ``Observations.digest`` gives for each row."""
        return batch_digests(self)

    def flag_texts(
        self, codes: Codes, lengths: Integers, separator: bytes
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
        """The texts of rows of ``codes``, with the separator between two of a row.

        n x k bytes, and which of them count.
        """
        texts = [text.encode() + separator for text in self.texts]
        sizes = np.array([len(text) for text in texts])
        step = int(sizes.max())
        count, width = codes.shape
        table = np.array(texts, dtype=f"S{step}")
        periods = np.arange(width)
        # Behind a row's last text stands no separator, and behind its end nothing.
        told = np.where(periods < lengths[:, None], sizes[codes], 0)
        told -= periods == lengths[:, None] - 1
        cells = np.ascontiguousarray(table[codes])
        content = cells.view(np.uint8).reshape(count, width * step)
        counts: npt.NDArray[np.bool_] = np.arange(step) < told[:, :, None]
        return content, counts.reshape(count, width * step)

    def present(self) -> Integers:
        """How many values each row has."""
        found: Integers = np.count_nonzero(~np.isnan(self.values), axis=1)
        return found


def _left_aligned(first: Integers, lengths: Integers) -> Callable[[Any, float], Any]:
    """Moves each row ``first`` places to the left, and fills what is after its end."""

    def left(matrix: Any, filling: float) -> Any:
        if not first.any():
            return matrix
        width = matrix.shape[1]
        places = np.minimum(np.arange(width) + first[:, None], width - 1)
        moved = np.take_along_axis(matrix, places, axis=1)
        moved[np.arange(width) >= lengths[:, None]] = filling
        return moved

    return left
