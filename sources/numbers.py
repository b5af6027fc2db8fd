"""Numbers that somebody sent."""

_LONGEST = 18  # digits; what is longer is no row of any table


def row_number(text: str) -> int:
    """The key of a row; 0, which none has, for what cannot be one."""
    is_number = text.isdecimal() and len(text) <= _LONGEST
    return int(text) if is_number else 0
