"""Single values as people write them. Pure."""

import re

_SPACES = re.compile(r"[\s\u00a0\u202f']+")
_MONEY = re.compile(r"(?i)eur(?:o|os)?|€")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_YES = {"yes", "y", "true", "x", "1"}
_NO = {"no", "n", "false", "0"}


def number_text(text: str) -> str:
    """An amount as ``Decimal`` reads it, as it came where it is none.

    >>> number_text("€ 7.500,00"), number_text("1 250 EUR"), number_text("12.5")
    ('7500.00', '1250', '12.5')
    """
    bare = _SPACES.sub("", _MONEY.sub("", text))
    if "." in bare and "," in bare:
        decimal = max(bare, key=lambda c: bare.rfind(c) if c in ".," else -1)
        other = "," if decimal == "." else "."
        bare = bare.replace(other, "").replace(decimal, ".")
    elif bare.count(",") > 1 or bare.count(".") > 1:
        bare = bare.replace(",", "").replace(".", "")
    else:
        bare = _THOUSANDS.sub("", bare).replace(",", ".")
    return bare if re.fullmatch(r"-?\d+(\.\d+)?", bare) else text.strip()


def yes_or_no(text: str) -> bool | None:
    """None for what is neither."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def items(text: str) -> list[str]:
    """One a line or between semicolons; names may hold commas.

    >>> items("Health; Food, feed")
    ['Health', 'Food, feed']
    """
    return [item for part in re.split(r"[;\n]", text) if (item := part.strip(" \t-•"))]


def single_number(text: str) -> str:
    """A measured value: a comma before decimals is one, three digits or not."""
    bare = _SPACES.sub("", text).replace("%", "")
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    return bare if re.fullmatch(r"-?\d+(\.\d+)?", bare) else number_text(text)
