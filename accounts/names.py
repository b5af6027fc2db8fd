"""Names of organisations brought to one form, to find the same body twice. Pure."""

import re

from regions.text import fold

_ACRONYM = re.compile(r"\s*\((?P<acronym>[A-Z][A-Za-z0-9+-]{1,11})\)\s*$")
_FILLERS = frozenset({"the", "of", "and", "for", "in"})


def split_acronym(name: str) -> tuple[str, str]:
    """ "Development Agency (IDEPA)" -> ("Development Agency", "IDEPA").

    The acronym is "" where the name ends without one in brackets.
    """
    match = _ACRONYM.search(name)
    if match is None:
        return name.strip(), ""
    return name[: match.start()].strip(), match["acronym"]


def normalised_name(name: str) -> str:
    """Lower case, without accents, marks, fillers and a trailing acronym.

    "The Council of Ávila (CAV)" -> "council avila".
    """
    words = fold(split_acronym(name)[0]).split()
    return " ".join(word for word in words if word not in _FILLERS)
