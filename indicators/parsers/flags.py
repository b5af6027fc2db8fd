"""Observation flags and confidentiality, in the spellings of every form.

Status is a run of lower-case letters ("bep"); confidentiality is "C" or "". The
letters are Eurostat's: https://ec.europa.eu/eurostat/data/database/information.
"""

from collections.abc import Collection

from indicators.parsers.errors import ParseError

LETTERS = frozenset("bdefimnprsuz")
CONFIDENTIAL = "C"
# SDMX's CL_CONF_STATUS: whatever the reason, the number is not for publication.
_WITHHELD = frozenset("CDNS")
_FREE = frozenset(("", "F"))


def split_letters(
    letters: str, *, allowed: Collection[str] = LETTERS
) -> tuple[str, str]:
    """Status and confidentiality of a letter run: "cd" -> ("d", "C").

    ``c`` is how Eurostat marked a confidential cell until 2025. Raises ParseError
    for a letter that is no flag.
    """
    status = letters.replace("c", "")
    for letter in status:
        if letter not in allowed:
            known = " ".join(sorted({*allowed, "c"}))
            raise ParseError(
                "unknown flag", text=letters, advice=f"The flags known are {known}."
            )
    return status, CONFIDENTIAL if "c" in letters else ""


def status_code(text: str, *, allowed: Collection[str] = LETTERS) -> tuple[str, str]:
    """Status and confidentiality of an OBS_FLAG or OBS_STATUS code.

    Codes come in either case; SDMX's "A" is a normal value, so no flag.
    """
    code = text.strip().lower()
    if code in ("", "a"):
        return "", ""
    return split_letters(code, allowed=allowed)


def confidentiality_code(text: str) -> str:
    """ "C" or "" for a CONF_STATUS code; F and blank are free. Else ParseError."""
    code = text.strip().upper()
    if code in _FREE:
        return ""
    if code in _WITHHELD:
        return CONFIDENTIAL
    raise ParseError(
        "unknown confidentiality status",
        text=text,
        advice="F or blank is free; C, D, N and S are confidential.",
    )
