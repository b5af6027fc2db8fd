"""How well the success of a practice is shown: a grade by rules anyone can check. Pure.

Four grades. Each asks for all that the one below it asks, and says what it rests on:

- measured with comparison: values before and after with their years, a source, and
  what the change is held against;
- measured: values before and after with their years, and a source;
- documented: success is told, and a document, page or figure can be opened;
- claimed: success is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Grade(StrEnum):
    COMPARED = "compared"
    MEASURED = "measured"
    DOCUMENTED = "documented"
    CLAIMED = "claimed"


# The best first.
ORDER = (Grade.COMPARED, Grade.MEASURED, Grade.DOCUMENTED, Grade.CLAIMED)


class Why(StrEnum):
    """What a grade rests on, or what a piece of evidence lacks for the next one."""

    HAS_COMPARISON = "has_comparison"
    HAS_VALUES = "has_values"
    HAS_SOURCE = "has_source"
    HAS_DOCUMENT = "has_document"
    IS_TOLD = "is_told"
    NO_BASELINE = "no_baseline"
    NO_RESULT = "no_result"
    NO_YEARS = "no_years"
    YEARS_NOT_APART = "years_not_apart"
    NO_SOURCE = "no_source"
    NO_COMPARISON = "no_comparison"
    NOTHING_TOLD = "nothing_told"
    LOWERED = "lowered"


@dataclass(frozen=True, slots=True)
class Reason:
    """``item`` is the place of the piece of evidence, from 0; None: the whole."""

    why: Why
    item: int | None = None

    @property
    def is_lack(self) -> bool:
        return self.why.startswith(("no_", "years_", "nothing_"))


@dataclass(frozen=True, slots=True)
class Graded:
    """``grade`` is None where nothing is told of success."""

    grade: Grade | None
    reasons: tuple[Reason, ...]


def grade_of(
    items: Sequence[Mapping[str, Any]],
    *,
    text: str = "",
    documents: int = 0,
    cap: Grade | None = None,
) -> Graded:
    """The grade of the best piece, with the reasons.

    ``items`` have the fields of an evidence item; ``text`` is what is told of success
    in words, ``documents`` the number of sources and documents of the practice as a
    whole. ``cap``: a reviewer found the evidence no better than this.
    """
    graded = [_item(place, item) for place, item in enumerate(items)]
    best = min(graded, key=lambda found: ORDER.index(found[0]), default=None)
    told = bool(text.strip()) or best is not None
    if not told:
        return Graded(None, (Reason(Why.NOTHING_TOLD),))
    if best and best[0] is not Grade.CLAIMED:
        grade, reasons = best
    elif documents:
        lacks = [reason for reason in best[1] if reason.is_lack] if best else []
        grade, reasons = Grade.DOCUMENTED, (Reason(Why.HAS_DOCUMENT), *lacks)
    else:
        grade = Grade.CLAIMED
        reasons = best[1] if best else (Reason(Why.IS_TOLD), Reason(Why.NO_SOURCE))
    if cap and ORDER.index(cap) > ORDER.index(grade):
        return Graded(cap, (*reasons, Reason(Why.LOWERED)))
    return Graded(grade, reasons)


def _item(place: int, item: Mapping[str, Any]) -> tuple[Grade, tuple[Reason, ...]]:
    lacks = [Reason(why, place) for why in _unmeasured(item)]
    has_source = bool(item.get("source_url") or item.get("figure"))
    if not has_source:
        told = Reason(Why.IS_TOLD, place)
        return Grade.CLAIMED, (told, *lacks, Reason(Why.NO_SOURCE, place))
    sourced = Reason(Why.HAS_SOURCE, place)
    if lacks:
        return Grade.DOCUMENTED, (sourced, *lacks)
    measured = (Reason(Why.HAS_VALUES, place), sourced)
    if not str(item.get("comparison") or "").strip():
        return Grade.MEASURED, (*measured, Reason(Why.NO_COMPARISON, place))
    return Grade.COMPARED, (*measured, Reason(Why.HAS_COMPARISON, place))


def _unmeasured(item: Mapping[str, Any]) -> list[Why]:
    lacks = []
    if item.get("baseline_value") is None:
        lacks.append(Why.NO_BASELINE)
    if item.get("result_value") is None:
        lacks.append(Why.NO_RESULT)
    before, after = item.get("baseline_year"), item.get("result_year")
    if before is None or after is None:
        lacks.append(Why.NO_YEARS)
    elif before >= after:
        lacks.append(Why.YEARS_NOT_APART)
    return lacks
