"""Bars in the order given, from zero."""

import pytest

from dashboards.figures.ranking import (
    CHARACTER,
    Bar,
    comparison_figure,
    ranking_figure,
)
from dashboards.figures.specialisation import Quotient, specialisation_figure
from dashboards.figures.template import CATEGORIES, INK, ME, SEQUENTIAL


def bar(code, value, *, is_mine=False, name=""):
    return Bar(code, name or f"1. Region {code}", value, "note", f"/{code}/", is_mine)


BARS = [bar("B", 3.0), bar("C", 2.0, is_mine=True), bar("A", -1.0)]


def ranked(bars=BARS, **options):
    return ranking_figure(bars, unit="%", decimals=1, **options)


def test_bars_keep_their_order_first_on_top():
    figure = ranked()
    assert list(figure.data[0].y) == ["B", "C", "A"]
    assert list(figure.data[0].x) == [3.0, 2.0, -1.0]
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.yaxis.type == "category"
    assert figure.layout.xaxis.rangemode == "tozero"


def test_my_bar_has_my_colour():
    assert list(ranked().data[0].marker.color) == [SEQUENTIAL[3], ME, SEQUENTIAL[3]]


def test_values_and_names_are_written_out():
    figure = ranked()
    assert list(figure.data[0].text) == ["3.0", "2.0", "-1.0"]
    assert figure.layout.yaxis.ticktext[0] == "1. Region B"
    assert figure.data[0].customdata[1] == ["1. Region C", "note", "/C/"]


def test_two_regions_of_one_name_keep_their_own_bars():
    figure = ranked([bar("X1", 1.0, name="Centro"), bar("X2", 2.0, name="Centro")])
    assert list(figure.data[0].y) == ["X1", "X2"]
    assert list(figure.layout.yaxis.ticktext) == ["Centro", "Centro"]


def test_a_long_name_is_cut_on_the_axis_only():
    name = "1. Lincolnshire and everything around it"
    figure = ranked([bar("A", 1.0, name=name)])
    (shown,) = figure.layout.yaxis.ticktext
    assert shown.endswith("…")
    assert len(shown) <= 26
    assert figure.data[0].customdata[0][0] == name


def test_names_are_cut_to_the_room_of_each_width():
    name = "Scientific research and development"
    figure = specialisation_figure([Quotient("M72", name, 2.0, 100.0)])
    narrow = figure.layout.meta["narrow"]
    (long,), (short,) = figure.layout.yaxis.ticktext, narrow["yaxis.ticktext"]
    assert len(long) * CHARACTER <= figure.layout.margin.l
    assert len(short) * CHARACTER <= narrow["margin.l"]
    assert len(short) < len(long) < len(name)
    assert name.startswith(short.rstrip("…"))


def test_the_median_is_a_line_where_there_is_one():
    figure = ranked(median=1.5, median_label="Median")
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1) == (1.5, 1.5)
    assert figure.layout.annotations[0].text == "Median"
    assert ranked().layout.shapes == ()


def test_the_figure_grows_with_its_bars():
    assert ranked(BARS * 4).layout.height > ranked().layout.height


@pytest.mark.parametrize("count", range(7))
def test_compared_regions_have_the_colours_of_the_trend(count):
    bars = [bar(f"R{i}", float(i)) for i in range(count)]
    colours = comparison_figure(bars, unit="%", decimals=0).data[0].marker.color or ()
    assert list(colours) == list(CATEGORIES[:count])


def test_specialisation_has_a_line_at_one_and_says_how_many_people():
    quotients = [Quotient("C24", "Basic metals", 5.678, 12345.0)]
    figure = specialisation_figure(quotients, persons="persons")
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1, line.line.color) == (1, 1, INK)
    assert list(figure.data[0].text) == ["5.68"]
    assert figure.data[0].customdata[0][:2] == ["Basic metals", "12,345 persons"]


def test_specialisation_without_a_quotient_is_still_a_figure():
    assert list(specialisation_figure([]).data[0].x or ()) == []


def test_only_converted_values_are_hatched():
    bars = [
        Bar("A", "A", 2.0, "", "/A/"),
        Bar("B", "B", 1.0, "", "/B/", is_converted=True),
    ]
    (found,) = comparison_figure(bars, unit="%", decimals=1).data
    assert list(found.marker.pattern.shape) == ["", "/"]
    (plain,) = comparison_figure(bars[:1], unit="%", decimals=1).data
    assert plain.marker.pattern.shape is None
