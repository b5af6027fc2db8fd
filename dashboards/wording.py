"""Numbers and flags in words, the same on every page, figure and download."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.analysis.rounding import format_number
from indicators.models import Indicator
from sources.moments import DAY_END

# Eurostat's observation flags; letters may be combined ("bep").
FLAGS = {
    "b": gettext_lazy("break in time series"),
    "c": gettext_lazy("confidential"),
    "d": gettext_lazy("definition differs"),
    "e": gettext_lazy("estimated"),
    "f": gettext_lazy("forecast"),
    "i": gettext_lazy("see metadata"),
    "m": gettext_lazy("missing"),
    "n": gettext_lazy("not significant"),
    "p": gettext_lazy("provisional"),
    "r": gettext_lazy("revised"),
    "s": gettext_lazy("estimated by Eurostat"),
    "u": gettext_lazy("low reliability"),
    "z": gettext_lazy("not applicable"),
}


def flag_words(status: str) -> str:
    """The letters of a flag in words: "bp" -> "break in time series, provisional"."""
    return ", ".join(str(FLAGS.get(letter, letter)) for letter in status)


def number(value: float | None, decimals: int) -> str:
    """A value for reading; words, never 0, when there is none."""
    return _("no data") if value is None else format_number(value, decimals)


def value_text(value: float | None, indicator: Indicator) -> str:
    """A value with its short unit: "2.38 %", "36,970 €"."""
    text = number(value, indicator.decimals)
    if value is None or not indicator.unit_short:
        return text
    return f"{text}\u202f{indicator.unit_short}"


def span(first: str, last: str) -> str:
    """A range with an en dash: "2013\u20132024"."""
    return f"{first}\u2013{last}"


def moment(held: datetime) -> str:
    """A moment of the past: "1 March 2026" for the end of a day, else with the time."""
    if held.timetz() == DAY_END:
        return date_format(held, "j F Y")
    return date_format(held, "j F Y, H:i e")


def absent_words(confidential: bool) -> str:
    return _("confidential") if confidential else _("no data")


def ordinal(rank: int) -> str:
    """1 -> "1st", 22 -> "22nd"; translators may return the bare number with a point."""
    if 10 <= rank % 100 <= 20:
        return _("%(rank)dth") % {"rank": rank}
    suffixes = {
        1: _("%(rank)dst"),
        2: _("%(rank)dnd"),
        3: _("%(rank)drd"),
    }
    return suffixes.get(rank % 10, _("%(rank)dth")) % {"rank": rank}


def rank_text(rank: int | None, of: int) -> str:
    """ "47th of 227", or words when the region is not ranked."""
    if rank is None:
        return _("not ranked")
    return _("%(rank)s of %(of)d") % {"rank": ordinal(rank), "of": of}


def regions_text(count: int) -> str:
    return ngettext("%(count)d region", "%(count)d regions", count) % {"count": count}
