"""One cell of a table for a spreadsheet: missing is empty, text never a formula."""

from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

BOOLEANS = (bool, np.bool_)
# What makes a spreadsheet read a cell as a formula, by itself or after a tab.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_missing(value: Any) -> bool:
    """True for None, NaN and pandas' NA and NaT, never for 0 or an empty text."""
    if value is None:
        return True
    return (
        not isinstance(value, str) and pd.api.types.is_scalar(value) and pd.isna(value)
    )


def safe_text(text: str) -> str:
    """The text, made inert by an apostrophe where it would start a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_cell(value: Any) -> str:
    """Numbers in full precision, true and false, dates as ISO 8601, text inert."""
    if is_missing(value):
        return ""
    if isinstance(value, BOOLEANS):
        return "true" if value else "false"
    if isinstance(value, Decimal | Real):
        return number_text(value)
    return safe_text(str(value))


def number_text(value: Decimal | Real) -> str:
    """The shortest text that reads back as the same number."""
    if isinstance(value, Decimal | Integral):
        return str(value)
    return repr(float(value))
