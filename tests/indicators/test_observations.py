"""Flat rows: a slice is the slice of the whole list, whatever is asked for."""

import pytest
from django.core.paginator import Paginator
from hypothesis import given
from hypothesis import strategies as st

from indicators.frames import IndicatorFrame, Origin
from indicators.models import Indicator
from indicators.observations import ObservationRows
from indicators.queries import indicator_frames
from indicators.reading import Reading
from tests.indicators.test_frames import frame

FRAMES = {
    "b-second": frame(
        {
            "ITI1": (2020, [1.0, (None, "", "C")]),
            "ES21": (2019, [0.0, None, (2.0, "b", "")]),
        },
        {"ITI1": (Origin(2013, "ITE1", "same"), Origin(2010, "ITE1", "same"))},
    ),
    "c-empty": IndicatorFrame.from_series({}),
    "a-first": frame({"FRF3": (2018, [3.0]), "ES21": (2018, [4.0, 5.0])}),
}
INDICATORS = [Indicator(slug=slug, unit="%") for slug in FRAMES]


def rows(**chosen: object) -> ObservationRows:
    return ObservationRows(INDICATORS, FRAMES, **chosen)


def places(found) -> list[tuple[str, str, str]]:
    return [(row["indicator"], row["geo"], row["time_period"]) for row in found]


def test_rows_run_by_indicator_region_and_period_and_skip_blanks():
    assert places(rows()) == [
        ("a-first", "ES21", "2018"),
        ("a-first", "ES21", "2019"),
        ("a-first", "FRF3", "2018"),
        ("b-second", "ES21", "2019"),
        ("b-second", "ES21", "2021"),
        ("b-second", "ITI1", "2020"),
        ("b-second", "ITI1", "2021"),
    ]


def test_a_row_tells_value_flags_unit_and_origin():
    found = list(rows())
    assert found[3]["obs_value"] == 0.0
    assert found[4] == {
        "indicator": "b-second", "geo": "ES21", "time_period": "2021",
        "obs_value": 2.0, "obs_status": "b", "conf_status": "", "unit": "%",
        "published_as": "", "converted": False, "conversion": "", "weight": "",
    }  # fmt: skip
    assert (found[6]["obs_value"], found[6]["conf_status"]) == (None, "C")
    assert found[6]["published_as"] == "2013:ITE1 2010:ITE1"


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"geos": ["ES21"]}, 4),
        ({"geos": ["ES21", "XX99"], "periods": ["2018", "2021"]}, 2),
        ({"periods": ["2018"]}, 2),
        ({"geos": ["XX99"]}, 0),
        ({"periods": ["1066"]}, 0),
    ],
)
def test_regions_and_periods_may_be_chosen(chosen, count):
    found = rows(**chosen)
    assert len(found) == len(list(found)) == count
    for row in found:
        assert row["geo"] in chosen.get("geos", [row["geo"]])
        assert row["time_period"] in chosen.get("periods", [row["time_period"]])


@given(
    st.slices(12) | st.slices(3),
    st.sampled_from([{}, {"geos": ["ES21"]}, {"periods": ["2018", "2021"]}]),
)
def test_a_slice_is_the_slice_of_the_list(part, chosen):
    found = rows(**chosen)
    assert found[part] == list(found)[part]


@given(st.integers(-9, 9))
def test_an_index_is_the_index_of_the_list(index):
    found, whole = rows(), list(rows())
    if -len(whole) <= index < len(whole):
        assert found[index] == whole[index]
    else:
        with pytest.raises(IndexError):
            found[index]


def test_no_indicators_are_no_rows():
    found = ObservationRows([], {})
    assert (len(found), list(found), found[:5]) == (0, [], [])


@pytest.fixture
def everything(starter) -> ObservationRows:
    items = list(Indicator.objects.select_related("numerator", "denominator"))
    return ObservationRows(items, indicator_frames(items, reading=Reading(2024)))


def test_pages_run_to_the_last_row_without_gap_or_double(everything):
    whole = list(everything)
    assert len(whole) == len(everything) > 30_000
    paginator = Paginator(everything, 7_001)
    paged = [row for page in paginator for row in page.object_list]
    assert paged == whole
    assert len(set(places(whole))) == len(whole)
    assert places(whole) == sorted(places(whole))
