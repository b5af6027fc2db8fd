"""NACE Rev. 2 codes of the business economy: sections ("C") and divisions ("C24").

Structural business statistics cover sections B to N without K (finance) and, of
section S, only division 95 (repair), published without its section.
"""

from collections.abc import Iterable

LONE_DIVISION = "S95"
# The codes that together make the business economy, each person counted once.
BUSINESS_ECONOMY = (*"BCDEFGHIJLMN", LONE_DIVISION)


def is_section(code: str) -> bool:
    return len(code) == 1 and "A" <= code <= "U"


def is_division(code: str) -> bool:
    return len(code) == 3 and is_section(code[0]) and code[1:].isdecimal()


def section_of(code: str) -> str:
    """The section letter of a section or division code; ValueError for others."""
    if not (is_section(code) or is_division(code)):
        raise ValueError(f"{code!r} is neither a NACE section nor a division")
    return code[0]


def divisions_of(section: str, codes: Iterable[str]) -> list[str]:
    """Those of ``codes`` that are divisions of ``section``, in their order."""
    return [code for code in codes if is_division(code) and code[0] == section]
