"""Bytes of a sheet to plain rows of texts; pure."""

from exchange.parsers.reader import read_sheet
from exchange.parsers.rows import NO_RESULT, RawRow, RawSheet

__all__ = ["NO_RESULT", "RawRow", "RawSheet", "read_sheet"]
