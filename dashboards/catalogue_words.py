"""Dates, amounts and doubt in words, for the pages of the catalogue."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from indicators.analysis.rounding import format_number
from sources.curation import Curated, Dated

FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y"}
SHORT = {"day": "M Y", "month": "M Y", "year": "Y"}
MILLION = 1_000_000


def day_text(day: date | None, precision: str, *, short: bool = False) -> str:
    """As exact as the source: "1 January 2012", "January 2012", "2012"."""
    if day is None:
        return ""
    return date_format(day, (SHORT if short else FORMATS)[precision])


def span_text(record: Dated, *, short: bool = False) -> str:
    """From when to when; "" where neither is known."""
    start = day_text(record.start, record.start_precision, short=short)
    end = day_text(record.end, record.end_precision, short=short)
    if start and end:
        return start if start == end else f"{start} \u2013 {end}"
    if start:
        return _("from %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else ""


def event_text(event: Dated) -> str:
    """A single day, or the first and the last one."""
    if event.end:
        return span_text(event)
    return day_text(event.start, event.start_precision)


def euro_text(amount: Decimal | None, *, is_about: bool = False) -> str:
    """ "€1,207,787.76"; whole euro without cents, "" for None."""
    if amount is None:
        return ""
    decimals = 0 if amount == amount.to_integral_value() else 2
    text = f"€{format_number(float(amount), decimals)}"
    return _("about %(amount)s") % {"amount": text} if is_about else text


def million_text(amount: Decimal | None, *, is_about: bool = False) -> str:
    """ "€2.13 million"; amounts below a hundred thousand in full."""
    if amount is None or amount < MILLION / 10:
        return euro_text(amount, is_about=is_about)
    number = format_number(float(amount) / MILLION, 2)
    text = _("€%(number)s million") % {"number": number}
    return _("about %(amount)s") % {"amount": text} if is_about else text


def unconfirmed(record: Curated) -> list[str]:
    """The fields of the record that wait for a check, by the names readers know."""
    return [field_label(record, name) for name in record.uncertain_fields]


def field_label(record: Curated, name: str) -> str:
    try:
        found: Any = record._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return capfirst(str(getattr(found, "verbose_name", name)))


def address_of(record: Any) -> str:
    """The page of a record; "" where its kind has no pages."""
    try:
        return str(record.get_absolute_url())
    except NoReverseMatch:
        return ""
