"""64-bit digests of series: equal content, equal digest. Pure.

A word for each cell (the bits of its value, its flags, its place) and one for the
place of the series in time are mixed apart and added up. Numbers and not texts, so
that a block of series takes a few operations on arrays. Against mistakes, not against
people: the mixing is splitmix64's (Steele, Lea and Flood 2014, OOPSLA).
"""

import hashlib
import math
import struct
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from indicators.batches import SeriesBatch
    from indicators.series import Observations

Words = npt.NDArray[np.uint64]

_ALL = (1 << 64) - 1
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
# Odd numbers that keep the parts of a word apart.
_PLACE, _STATUS, _SECRET = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F
_START, _LENGTH, _FREQUENCY = (
    0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
)  # fmt: skip


def plain_digest(item: "Observations") -> int:
    """The digest of one series, cell by cell: what ``batch_digests`` must give."""
    length = len(item.values)
    blank = ("",) * length
    flags = zip(item.statuses or blank, item.confidentiality or blank, strict=True)
    total = _mixed(
        ord(item.frequency) * _FREQUENCY + item.start * _START + length * _LENGTH
    )
    for place, (value, (status, secret)) in enumerate(
        zip(item.values, flags, strict=True), start=1
    ):
        # + 0.0 turns -0.0 into the 0.0 it is equal to.
        number = math.nan if value is None else value + 0.0
        (bits,) = struct.unpack("<Q", struct.pack("<d", number))
        total += _mixed(
            bits
            + place * _PLACE
            + text_word(status) * _STATUS
            + text_word(secret) * _SECRET
        )
    return int.from_bytes((total & _ALL).to_bytes(8, "big"), "big", signed=True)


def batch_digests(batch: "SeriesBatch") -> npt.NDArray[np.int64]:
    """The digests of many series at once."""
    width = batch.values.shape[1]
    texts = np.array([text_word(text) for text in batch.texts], dtype=np.uint64)
    # + 0.0 as above; every NaN becomes the one of ``math.nan``.
    words = np.where(np.isnan(batch.values), np.nan, batch.values + 0.0).view(np.uint64)
    words += np.arange(1, width + 1, dtype=np.uint64) * np.uint64(_PLACE)
    for codes, factor in ((batch.statuses, _STATUS), (batch.confidentiality, _SECRET)):
        if codes.any():
            words += (texts * np.uint64(factor))[codes]
    words = _mixed_array(words)
    words[np.arange(width) >= batch.lengths[:, None]] = 0
    heads = (
        batch.frequencies.view(np.uint8).astype(np.uint64) * np.uint64(_FREQUENCY)
        + batch.starts.astype(np.uint64) * np.uint64(_START)
        + batch.lengths.astype(np.uint64) * np.uint64(_LENGTH)
    )
    total = words.sum(axis=1, dtype=np.uint64) + _mixed_array(heads)
    digests: npt.NDArray[np.int64] = total.view(np.int64)
    return digests


def text_word(text: str) -> int:
    """0 for "", so that a series without flags is told by its values alone."""
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _mixed(word: int) -> int:
    word &= _ALL
    word = (word ^ (word >> 30)) * _FIRST & _ALL
    word = (word ^ (word >> 27)) * _SECOND & _ALL
    return word ^ (word >> 31)


def _mixed_array(words: Words) -> Words:
    words ^= words >> np.uint64(30)
    words *= np.uint64(_FIRST)
    words ^= words >> np.uint64(27)
    words *= np.uint64(_SECOND)
    words ^= words >> np.uint64(31)
    return words
