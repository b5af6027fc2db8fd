"""Helpers to write a small file and read a whole message."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indicators.parsers.reader import open_message
from indicators.parsers.types import Message, SeriesRow

Read = Callable[..., tuple[Message, list[SeriesRow]]]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write text or bytes to a file in a fresh folder; gzipped if named so."""

    def write_file(content: str | bytes, name: str = "file.txt") -> Path:
        data = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write_file


@pytest.fixture
def read(write: Write) -> Read:
    """Write the content, read it to the end: the message and its rows."""

    def read_content(
        content: str | bytes, name: str = "file.txt", **options: object
    ) -> tuple[Message, list[SeriesRow]]:
        message = open_message(write(content, name), **options)
        return message, list(message.series)

    return read_content


def cells(row: SeriesRow) -> Iterator[tuple[float | None, str, str]]:
    """The cells of a row, "" where there is no flag."""
    blank = ("",) * len(row.values)
    return zip(
        row.values, row.statuses or blank, row.confidentiality or blank, strict=True
    )


@pytest.fixture
def count_flags() -> Callable[[list[SeriesRow]], tuple[Counter[str], Counter[str]]]:
    """Count flags on values, and on cells without value ("u", "C", "dC")."""

    def count(rows: list[SeriesRow]) -> tuple[Counter[str], Counter[str]]:
        on_values: Counter[str] = Counter()
        on_missing: Counter[str] = Counter()
        for row in rows:
            for value, status, confidentiality in cells(row):
                counter = on_missing if value is None else on_values
                counter[status + confidentiality] += 1
        del on_values[""], on_missing[""]
        return on_values, on_missing

    return count
