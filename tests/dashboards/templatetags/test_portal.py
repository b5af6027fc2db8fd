"""What templates write where a value stands or is missing."""

import pytest
from django.template import Context, Template

from dashboards.templatetags import portal
from indicators.models import Indicator
from sources.tables import Column, Table


def written(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "text"), [(None, "no data"), (0, "0.0"), (1234.56, "1,234.6")]
)
def test_numbers(value, text):
    assert written("{{ v|number:1 }}", v=value) == text
    assert written("{{ v|in_units_of:i }}", v=value, i=Indicator(decimals=1)) == text


def test_an_integer_that_is_missing_is_empty():
    assert portal.integer(None) == ""
    assert portal.integer(12345) == "12,345"


def test_each_flag_letter_has_its_meaning():
    assert written("{% flags 'bx' %}") == (
        '<abbr class="flag" title="break in time series">b</abbr> '
        '<abbr class="flag" title="x">x</abbr>'
    )
    assert written("{% flags '' %}") == ""


def test_a_flag_is_data_and_not_html():
    assert "<b" not in written("{% flags s %}", s="<b")


def test_absent_values():
    assert "confidential" in portal.absent(True)
    assert portal.absent(False) == '<span class="muted">no data</span>'


def table(*rows):
    columns = [
        Column("name", "Region"),
        Column("obs_value", "Value", unit="%", kind="number", decimals=1),
        Column("rank", "Rank", kind="integer"),
    ]
    return Table("Title", columns, rows)


def cells(*rows):
    context = portal.data_table(table(*rows))
    return [[cell["text"] for cell in row] for row in context["rows"]]


def test_the_twin_of_a_figure_says_why_a_value_is_missing():
    assert cells(
        {"name": "A", "obs_value": 1.25, "rank": 1},
        {"name": "B", "obs_value": 0.0, "rank": 2},
        {"name": "C", "obs_value": None, "rank": None},
        {"name": "D", "obs_value": None, "rank": None, "conf_status": "C"},
    ) == [
        ["A", "1.3", "1"],
        ["B", "0.0", "2"],
        ["C", "no data", "not ranked"],
        ["D", "confidential", "not ranked"],
    ]


def test_the_twin_escapes_names():
    html = written("{% data_table t %}", t=table({"name": "<b>A&B</b>"}))
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("value", "largest", "width"),
    [
        (5.0, 10.0, "50.0%"),
        (20.0, 10.0, "100.0%"),
        (-3.0, 10.0, "0.0%"),
        (1, 0, "0.0%"),
    ],
)
def test_a_bar_stays_in_its_place(value, largest, width):
    assert f'width="{width}"' in portal.bar(value, largest)
