"""Numbers as text for people: rounded half away from zero, on display only."""

from decimal import ROUND_HALF_UP, Context, Decimal
from numbers import Integral, Real

# Enough digits for any float: 309 before the point, and decimals after it.
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)


def round_half_up(value: float | Decimal | Real, decimals: int) -> Decimal:
    """Round what a reader would see: 2.675 gives 2.68, -0.5 gives -1.

    A float counts as its shortest decimal text, which is what the source printed,
    not as the binary number just below or above it. Zero has no sign. ValueError
    for NaN and infinity.
    """
    exact = _exact(value)
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    step = Decimal(1).scaleb(-decimals)
    rounded = exact.quantize(step, context=_CONTEXT)
    return abs(rounded) if rounded.is_zero() else rounded


def format_number(
    value: float | Decimal | Real, decimals: int, *, thousands: str = ","
) -> str:
    """For example 1234567.885 with two decimals: "1,234,567.89"."""
    if decimals < 0:
        raise ValueError("decimals is at least 0")
    return f"{round_half_up(value, decimals):,f}".replace(",", thousands)


def _exact(value: float | Decimal | Real) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Integral):
        return Decimal(int(value))
    return Decimal(repr(float(value)))
