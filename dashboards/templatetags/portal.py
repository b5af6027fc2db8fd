"""What templates need to show numbers, flags and small drawings."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import wording
from indicators.analysis.rounding import format_number
from indicators.models import Indicator
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


@register.simple_tag
def flags(status: str) -> SafeString:
    """Each flag letter as a small mark with its meaning for mouse and screen reader."""
    return format_html_join(
        " ",
        '<abbr class="flag" title="{}">{}</abbr>',
        ((wording.FLAGS.get(letter, letter), letter) for letter in status),
    )


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
def flag_legend() -> SafeString:
    """All flag letters with their meaning."""
    return format_html_join(
        " ", '<span class="flag">{}</span> {}', wording.FLAGS.items()
    )
