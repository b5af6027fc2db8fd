"""Repeated series: the same again is tolerated, something else is an error."""

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from indicators.parsers.errors import ParseError


class SeenSeries:
    """Digests of the series read so far: about 100 bytes a series, no values.

    Digests are Python's 64-bit hashes: among a million series two different ones
    share one with a probability of 3e-8.
    """

    def __init__(self) -> None:
        self._position: dict[int, int] = {}
        self._contents = array("q")
        self._lines = array("q")

    def is_new(self, key: str, content: str, line: int) -> bool:
        """Remember the series; False if it came before with the same content.

        Raises ParseError naming both lines if the content, blanks aside, differs.
        """
        # Of the text, not of the numbers: Python's hash(-1.0) is that of -2.0.
        digest, written = hash(key), hash(content.replace(" ", ""))
        position = len(self._lines)
        earlier = self._position.setdefault(digest, position)
        if earlier == position:
            self._contents.append(written)
            self._lines.append(line)
            return True
        if self._contents[earlier] == written:
            return False
        raise repeated(key, self._lines[earlier], line)


_SEEN = np.dtype([("key", "i8"), ("content", "i8"), ("line", "i8")])


class SeenRows:
    """The same for many rows at once: 24 bytes a series, and no object for any.

    Sorted arrays, of which the smaller ones are joined as they become many.
    """

    def __init__(self) -> None:
        self._runs: list[npt.NDArray[Any]] = []

    def are_new(
        self,
        firsts: Sequence[bytes],
        numbers: npt.NDArray[np.int64],
        contents: npt.NDArray[np.int64],
    ) -> npt.NDArray[np.bool_]:
        """Remember the rows; false where one came before with the same content.

        The key of a row is its first cell (``firsts``); ``contents`` are digests.
        Raises ParseError as ``SeenSeries`` does.
        """
        if not firsts:
            return np.ones(0, dtype=bool)
        rows = np.empty(len(firsts), dtype=_SEEN)
        rows["key"] = list(map(hash, firsts))
        rows["content"] = contents
        rows["line"] = numbers
        order = np.argsort(rows["key"], kind="stable")
        ordered = rows[order]
        is_new = np.ones(len(firsts), dtype=bool)
        same = np.flatnonzero(ordered["key"][1:] == ordered["key"][:-1]) + 1
        for place in same.tolist():
            self._compare(ordered[place - 1], ordered[place], firsts, numbers)
        is_new[order[same]] = False
        for run in self._runs:
            places = np.searchsorted(run["key"], rows["key"])
            places[places == len(run)] = 0
            for index in np.flatnonzero(run["key"][places] == rows["key"]).tolist():
                self._compare(run[places[index]], rows[index], firsts, numbers)
                is_new[index] = False
        self._keep(np.delete(ordered, same) if len(same) else ordered)
        return is_new

    def _compare(
        self,
        earlier: np.void,
        later: np.void,
        firsts: Sequence[bytes],
        numbers: npt.NDArray[np.int64],
    ) -> None:
        if earlier["content"] == later["content"]:
            return
        key = firsts[int(np.searchsorted(numbers, later["line"]))].decode()
        raise repeated(key, int(earlier["line"]), int(later["line"]))

    def _keep(self, run: npt.NDArray[Any]) -> None:
        """Runs shrink by half or more from one to the next, so there are few."""
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
            run = run[np.argsort(run["key"], kind="stable")]
        self._runs.append(run)


def repeated(key: str, first: int, second: int) -> ParseError:
    """The error for one key with two contents, on lines ``first`` and ``second``."""
    places = f" (lines {first} and {second})" if second else ""
    return ParseError(
        f"the same key twice with different values{places}",
        line=second,
        text=key,
        advice="Keep the right one of the two.",
    )
