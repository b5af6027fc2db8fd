"""Display rounding: half away from zero, on the number a reader would see."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.rounding import format_number, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "-1"),
        (-0.4, 0, "0"),
        (-0.0, 1, "0.0"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (-2.675, 2, "-2.68"),
        (1e15, 0, "1,000,000,000,000,000"),
        (1e15, 2, "1,000,000,000,000,000.00"),
        (1e-9, 3, "0.000"),
        (999.995, 2, "1,000.00"),
        (1234567.885, 2, "1,234,567.89"),
        (12, 1, "12.0"),
        (2**60, 0, "1,152,921,504,606,846,976"),
        (Decimal("0.125"), 2, "0.13"),
    ],
)
def test_format_number(value, decimals, text):
    assert format_number(value, decimals) == text


def test_format_number_takes_numpy_numbers_and_another_separator():
    assert format_number(np.float64(1234.5), 0, thousands="\N{NO-BREAK SPACE}") == (
        "1\N{NO-BREAK SPACE}235"
    )
    assert format_number(np.int64(1000), 0) == "1,000"
    assert format_number(1000, 0, thousands="") == "1000"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="cannot be rounded"):
        format_number(value, 1)


def test_negative_decimals_round_but_do_not_format():
    assert round_half_up(1250, -2) == 1300
    with pytest.raises(ValueError, match="decimals"):
        format_number(1250, -2)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_rounding_agrees_with_exact_fractions(value, decimals):
    exact = abs(Fraction(repr(value))) * 10**decimals
    expected = Fraction(int(exact + Fraction(1, 2)), 10**decimals)
    found = Fraction(round_half_up(value, decimals))
    assert found == (expected if value >= 0 else -expected)
