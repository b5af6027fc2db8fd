"""What templates need to show numbers, flags and small drawings."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import catalogue_words, conversion_words, wording
from dashboards.exhibits.base import SourceLine, marked_line, source_lines
from dashboards.series_choice import SeriesChoice
from indicators.analysis.rounding import format_number
from indicators.forms import CONVERTED, carried_params
from indicators.frames import Origin
from indicators.models import Indicator
from indicators.reading import Reading
from sources.curation import Dated
from sources.moments import as_of_text
from sources.tables import Column, Table

register = template.Library()


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A value rounded for reading; "no data" for None."""
    return wording.number(value, decimals)


@register.filter
def in_units_of(value: float | None, indicator: Indicator) -> str:
    """A value with the indicator's decimals, without unit."""
    return wording.number(value, indicator.decimals)


@register.filter
def ordinal(rank: int) -> str:
    return wording.ordinal(rank)


@register.filter
def integer(value: float | None) -> str:
    return "" if value is None else format_number(value, 0)


@register.filter
def origin_text(origins: Iterable[Origin]) -> str:
    """Published codes with their NUTS versions."""
    return conversion_words.origin_text(origins)


@register.filter
def million(amount: Decimal | None) -> str:
    """An amount in euro for reading: "€2.13 million"; "" for None."""
    return catalogue_words.million_text(amount)


@register.filter
def span(record: Dated) -> str:
    """From when to when, in short: Jan 2012 to Dec 2014."""
    return catalogue_words.span_text(record, short=True)


@register.filter
def event_dates(event: Dated) -> str:
    """The day or days of a meeting, as exact as the source."""
    return catalogue_words.event_text(event)


@register.filter
def address(record: Any) -> str:
    """The page of a public record; "" for what has none."""
    return catalogue_words.address_of(record) if record and record.is_public else ""


@register.simple_tag
def flags(status: str) -> SafeString:
    """Each flag letter as a small mark with its meaning for mouse and screen reader."""
    return format_html_join(
        " ",
        '<abbr class="flag" title="{}">{}</abbr>',
        ((wording.FLAGS.get(letter, letter), letter) for letter in status),
    )


@register.simple_tag
def converted_mark(is_converted: bool) -> SafeString | str:
    """The mark of a converted value; no publisher's flag looks like it."""
    if not is_converted:
        return ""
    return format_html(
        '<abbr class="flag flag-converted" title="{}">{}</abbr>',
        conversion_words.MEANING,
        conversion_words.MARK,
    )


@register.inclusion_tag("_series_choice.html", takes_context=True)
def series_choice(context: Context, choice: SeriesChoice) -> dict[str, Any]:
    """Links to the same view with series as reported, and converted."""
    request = context["request"]
    params = request.GET.copy()
    for name in ("series", "format"):
        params.pop(name, None)
    reported = f"?{params.urlencode()}" if params else ""
    params["series"] = CONVERTED
    return {
        "choice": choice,
        "path": request.path,
        "reported": reported,
        "converted": f"?{params.urlencode()}",
        "methods": f"{reverse('dashboards:methods')}{carried(context)}#nuts",
    }


@register.simple_tag
def absent(confidential: bool) -> SafeString:
    """What stands where there is no value."""
    if confidential:
        return format_html(
            '<span class="muted">{}</span> <abbr class="flag" title="{}">c</abbr>',
            _("confidential"),
            wording.FLAGS["c"],
        )
    return format_html('<span class="muted">{}</span>', _("no data"))


@register.simple_tag(takes_context=True)
def carried(context: Context, joint: str = "?") -> str:
    """What a link to another page adds to stay at the moment a reader asks about.

    ``joint`` is "&" where the address has a query already.
    """
    params = _carried(context)
    return f"{joint}{urlencode(params)}" if params else ""


@register.simple_tag(takes_context=True)
def carried_fields(context: Context) -> SafeString:
    """The same for a form that leads to another view."""
    return format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', _carried(context).items()
    )


@register.filter
def held_on(reading: Reading) -> str:
    """The moment of a reading in words; "" for now."""
    return wording.moment(reading.as_of) if reading.as_of else ""


@register.inclusion_tag("_as_of.html", takes_context=True)
def as_of_form(context: Context) -> dict[str, Any]:
    """A form that asks for the same view at another moment."""
    request, reading = context["request"], context["reading"]
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in ("asOf", "format") and value
    ]
    text = as_of_text(reading.as_of) if reading.as_of else ""
    return {
        "kept": kept,
        "text": text,
        "is_date": "T" not in text,
        "today": context["today"],
        "path": request.path,
    }


def _carried(context: Context) -> dict[str, str]:
    reading = context.get("reading")
    return carried_params(reading) if reading else {}


@register.inclusion_tag("_data_table.html")
def data_table(table: Table) -> dict[str, object]:
    """A figure's table twin: the same rows as its downloads."""
    return {
        "table": table,
        "rows": [
            [_cell(row, column) for column in table.columns] for row in table.rows
        ],
    }


def _cell(row: Mapping[str, Any], column: Column) -> dict[str, object]:
    """Text of one cell; an absent number says so in words, never 0."""
    value = row.get(column.key)
    if column.kind == "text":
        return {"text": value or "", "is_number": False}
    if value is None:
        return {"text": _absent_words(row, column), "is_number": True}
    decimals = column.decimals or 0
    return {"text": format_number(value, decimals), "is_number": True}


def _absent_words(row: Mapping[str, Any], column: Column) -> str:
    if column.key.startswith("rank"):
        return _("not ranked")
    return wording.absent_words(row.get("conf_status") == "C")


@register.simple_tag
def bar(value: float, largest: float, css: str = "") -> SafeString:
    """A bar as long as the value's share of the largest one; nothing below zero."""
    share = max(min(value / largest * 100, 100), 0) if largest else 0
    return format_html(
        '<svg class="bar {}" width="100%" height="12" aria-hidden="true">'
        '<rect width="{}%" height="12"/></svg>',
        css,
        f"{share:.1f}",
    )


@register.simple_tag
def marked_source(indicator: Indicator) -> SourceLine | None:
    """The source whose mark stands beside a figure of the indicator, if any."""
    return marked_line(source_lines(indicator))


@register.simple_tag
def flag_legend() -> SafeString:
    """All flag letters with their meaning."""
    return format_html_join(
        " ", '<span class="flag">{}</span> {}', wording.FLAGS.items()
    )
