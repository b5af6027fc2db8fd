"""Which of a file's dimensions is which, and how a series key is put together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators.parsers.errors import ParseError

GEO_IDS = ("geo", "ref_area", "location", "country")
TIME_IDS = ("time", "time_period")
_FREQ_IDS = ("freq", "frequency")
# SDMX's IDType; a dot would break keys, a control character databases.
_CODE = re.compile(r"[A-Za-z0-9_@$-]{1,80}", re.ASCII)
# Other spellings of one frequency: H is SDMX 2.0's half-year, B business days.
_SPELLINGS = {"H": "S", "B": "D"}


def canonical_frequency(code: str) -> str:
    """The frequency as periods state it: "H" -> "S", "B" -> "D"."""
    return _SPELLINGS.get(code, code)


@dataclass(frozen=True, slots=True)
class Layout:
    """The file's dimensions without time, sorted into geo, freq and the others.

    ``geo``, ``freq`` and ``others`` are positions in the file's list of ids; ``freq``
    is None where the file does not state the frequency.
    """

    dimensions: tuple[str, ...]
    geo_dimension: str
    geo: int
    freq: int | None
    others: tuple[int, ...]

    @classmethod
    def of(cls, ids: Iterable[str], *, geo_dimension: str | None = None) -> "Layout":
        """Recognise the ids (any case). ParseError without geo or with doubles."""
        names = [_canonical_id(name) for name in ids]
        found = ", ".join(names) or "none"
        if len(set(names)) != len(names) or "" in names:
            raise ParseError(
                "a dimension without name or named twice",
                text=found,
                advice="Each dimension stands in the header once.",
            )
        wanted = (geo_dimension.lower(),) if geo_dimension else GEO_IDS
        geo_id = next((name for name in wanted if name in names), None)
        if geo_id is None:
            raise ParseError(
                f"no geo dimension among the dimensions found ({found})",
                advice=f"One must be called {' or '.join(wanted)}; otherwise name it.",
            )
        geo = names.index(geo_id)
        freq = names.index("freq") if "freq" in names else None
        others = tuple(i for i in range(len(names)) if i not in (geo, freq))
        dimensions = ("freq", *(names[i] for i in others))
        return cls(dimensions, geo_id, geo, freq, others)

    def key(self, codes: Sequence[str], frequency: str) -> tuple[str, ...]:
        """The series key in the order of ``dimensions``: no geo, freq first."""
        first = frequency if self.freq is None else codes[self.freq]
        return (first, *[codes[i] for i in self.others])


def _canonical_id(name: str) -> str:
    lowered = name.strip().lower()
    return "freq" if lowered in _FREQ_IDS else lowered


class CodeCheck:
    """Refuses what cannot be a code; each code is looked at once."""

    def __init__(self) -> None:
        self.known: set[str] = set()

    def __call__(self, codes: Sequence[str]) -> None:
        """Raise ParseError naming the first text that is no SDMX code."""
        if self.known.issuperset(codes):
            return
        for code in codes:
            if _CODE.fullmatch(code) is None:
                raise ParseError(
                    "not a dimension code",
                    text=code,
                    advice="Codes are letters, digits, '_', '-', '@' and '$'.",
                )
        self.known.update(codes)
