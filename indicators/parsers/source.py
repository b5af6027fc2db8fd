"""Bytes of a data file, gunzipped on the way, in bounded pieces.

Whatever goes wrong with the bytes (truncated gzip, a line of gigabytes, another
encoding) becomes a ParseError here, so the parsers see clean text only.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from indicators.parsers.errors import ParseError
from indicators.parsers.strict_json import load_json
from indicators.parsers.table_options import TableOptions

NumberedBlock = tuple[int, bytes]  # number of its first line, complete lines

LINE_LIMIT = 1 << 20
# JSON and XML are read whole, and a tree of objects is some 20 times its text.
DOCUMENT_LIMIT = 256 << 20
HEAD = 1 << 16
_GZIP_MAGIC = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


@dataclass
class Meter:
    """How far a file, as it lies on the disk, was read."""

    file: BinaryIO | None = None
    _done: int = 0

    def done(self) -> int:
        """Bytes read, also after the file was closed."""
        if self.file is not None and not self.file.closed:
            self._done = self.file.tell()
        return self._done


@dataclass(frozen=True)
class Source:
    """A file to parse, and what the caller knows about it.

    ``geo_dimension`` names the geo dimension where its id is unusual; ``structure``
    is a file with the SDMX structure of a data message that lacks it; ``table`` is the
    mapping of a plain table.
    """

    path: Path
    name: str
    geo_dimension: str | None = None
    structure: Path | None = None
    meter: Meter = field(default_factory=Meter)
    table: TableOptions = field(default_factory=TableOptions)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB after gunzip, without byte order mark."""
        with self._open() as file:
            return file.read(HEAD).removeprefix(_BOM)

    @cached_property
    def document(self) -> bytes:
        """The whole content, for the forms that are one tree; ParseError if huge."""
        with self._open() as file:
            content = file.read(DOCUMENT_LIMIT + 1)
        if len(content) > DOCUMENT_LIMIT:
            raise ParseError(
                f"a document of more than {DOCUMENT_LIMIT >> 20} MiB",
                advice="Ask the publisher for TSV or CSV, which are read in pieces.",
            )
        return content.removeprefix(_BOM)

    @cached_property
    def json(self) -> dict[str, Any]:
        """The content as a JSON object; ParseError for anything else."""
        return load_json(decode(self.document))

    def lines(self) -> Iterator[str]:
        """Lines without their LF or CRLF; each at most 1 MiB, else ParseError."""
        number = 1
        for block in self.blocks():
            lines = decode(block, first_line=number).split("\n")
            number += len(lines)
            if b"\r" in block:
                lines = [line.removesuffix("\r") for line in lines]
            yield from lines

    def blocks(self) -> Iterator[bytes]:
        """Complete lines, about 1 MiB at a time, without the last line feed."""
        rest, number = b"", 1
        with self._open() as file:
            start = file.read(len(_BOM))
            rest = b"" if start == _BOM else start
            while chunk := file.read(LINE_LIMIT):
                self.meter.done()
                complete, feed, tail = chunk.rpartition(b"\n")
                if not feed:
                    rest += chunk
                else:
                    block, rest = rest + complete, tail
                    _refuse_long(block.partition(b"\n")[0], number)
                    yield block
                    number += block.count(b"\n") + 1
                _refuse_long(rest, number)
        if rest:
            yield rest

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        """The content as a stream; every failure to read it is a ParseError."""
        with readable(), self.path.open("rb") as raw:
            self.meter.file = raw
            if raw.peek(2)[:2] == _GZIP_MAGIC:
                with gzip.open(raw) as unzipped:
                    yield cast("BinaryIO", unzipped)
            else:
                yield raw


@contextmanager
def readable() -> Iterator[None]:
    """Turn the ways in which bytes cannot be had into ParseErrors."""
    try:
        yield
    except EOFError as error:
        raise ParseError(
            "the gzip ends too early", advice="The file is cut off; download it again."
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ParseError(
            "the gzip is damaged", text=str(error), advice="Download the file again."
        ) from error
    except OSError as error:
        raise ParseError(
            "the file cannot be read", text=error.strerror or str(error)
        ) from error


def number_blocks(blocks: Iterable[bytes], *, first: int) -> Iterator[NumberedBlock]:
    """The blocks with the numbers of their first lines."""
    for block in blocks:
        yield first, block
        first += block.count(b"\n") + 1


def decode(block: bytes, *, first_line: int = 1) -> str:
    """UTF-8 text; ParseError names the line of the first byte that is not."""
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        line = first_line + block.count(b"\n", 0, error.start)
        raise ParseError(
            "not UTF-8 text",
            line=line,
            text=block[error.start : error.start + 20].decode("latin-1"),
            advice="Save the file as UTF-8 or download it again.",
        ) from error


def _refuse_long(line: bytes, number: int) -> None:
    if len(line) > LINE_LIMIT:
        raise ParseError(
            "a line of more than 1 MiB",
            line=number,
            text=line[:40].decode("latin-1"),
            advice="This is no statistical table; check what was downloaded.",
        )
