"""Indicators as tables: gaps, flags, ratios, and missing that is never zero."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.frames import IndicatorFrame, Observation, Origin, has_break, ratio
from indicators.series import Observations
from tests.indicators.test_series import build, by_period, series

OLD = Origin(2013, "FR41", "same")


def frame(rows, origins=None) -> IndicatorFrame:
    """{"ES21": (2020, [cell...])} as a frame; a bare number is a cell without flag."""
    return IndicatorFrame.from_series(
        {
            geo: build(
                [c if isinstance(c, tuple) else (c, "", "") for c in cells], start=start
            )
            for geo, (start, cells) in rows.items()
        },
        origins,
    )


def cell(item: IndicatorFrame, geo: str, period: str):
    """Value (None for NaN), status and confidentiality of one cell."""
    value = item.values.at[geo, period]
    return (
        None if math.isnan(value) else value,
        item.obs_status.at[geo, period],
        item.conf_status.at[geo, period],
    )


def test_columns_run_without_gap_over_all_series():
    item = frame({"ES21": (2015, [1.0]), "ITI1": (2018, [2.0, None, 3.0])})
    assert item.periods == ["2015", "2016", "2017", "2018", "2019", "2020"]
    assert list(item.values.index) == ["ES21", "ITI1"]
    assert cell(item, "ES21", "2016") == (None, "", "")
    assert cell(item, "ITI1", "2020") == (3.0, "", "")


def test_quarters_are_named_as_sdmx_names_them():
    item = IndicatorFrame.from_series(
        {"ES": Observations("Q", 2019 * 4 + 3, (1.0, 2.0))}
    )
    assert item.periods == ["2019-Q4", "2020-Q1"]


def test_zero_missing_and_confidential_are_three_things():
    item = frame({"ES21": (2020, [0.0, None, (None, "", "C"), (4.0, "b", "")])})
    assert item.observations("ES21") == [
        Observation("2020", 0.0),
        Observation("2021", None),
        Observation("2022", None, "", "C"),
        Observation("2023", 4.0, "b"),
    ]


@given(st.dictionaries(st.sampled_from("ABCDEF"), series(frequency="A"), min_size=1))
def test_every_cell_is_the_one_of_its_series(rows):
    item = IndicatorFrame.from_series(rows)
    for geo, observations in rows.items():
        told = by_period(observations)
        for period in item.periods:
            value, status, conf = told.get(int(period), (None, "", ""))
            assert cell(item, geo, period) == (value, status, conf)
    last = {geo: max(by_period(row), default=None) for geo, row in rows.items()}
    held = [period for period in last.values() if period is not None]
    assert set(map(str, held)) <= set(item.periods)


def test_at_gives_one_period_and_nothing_for_an_unknown_one():
    item = frame({"ES21": (2020, [(1.0, "e", "")]), "ITI1": (2020, [2.0])})
    shown = item.at("2020")
    assert shown["obs_value"].to_dict() == {"ES21": 1.0, "ITI1": 2.0}
    assert shown["obs_status"].to_dict() == {"ES21": "e", "ITI1": ""}
    assert item.at("1900").empty
    assert list(item.at("1900").columns) == list(shown.columns)


def test_latest_skips_periods_without_value_but_not_a_zero():
    item = frame(
        {"ES21": (2019, [5.0, 0.0, (None, "u", "")]), "ITI1": (2021, [(None, "u", "")])}
    )
    assert item.latest("ES21") == Observation("2020", 0.0)
    assert item.latest("ITI1") is None
    assert item.latest("XX99") is None
    assert item.observations("XX99") == []


def test_select_keeps_the_order_asked_and_only_what_is_there():
    item = frame(
        {"ES21": (2020, [1.0]), "FRF3": (2020, [2.0]), "ITI1": (2020, [3.0])},
        {"FRF3": (OLD,)},
    )
    chosen = item.select(["ITI1", "XX99", "FRF3"])
    assert list(chosen.values.index) == ["ITI1", "FRF3"]
    assert chosen.values["2020"].tolist() == [3.0, 2.0]
    assert chosen.origins == {"FRF3": (OLD,)}
    assert item.select(["ES21"]).origins == {}


def test_an_empty_frame_answers_everything():
    empty = IndicatorFrame.from_series({})
    assert empty.is_empty
    assert empty.periods == []
    assert empty.observations("ES21") == []
    assert empty.latest("ES21") is None
    assert empty.at("2020").empty
    assert empty.select(["ES21"]).is_empty
    full = frame({"ES21": (2020, [1.0])})
    assert ratio(empty, full, factor=1).is_empty
    assert ratio(full, empty, factor=1).is_empty


def test_ratio_divides_where_both_exist_and_keeps_the_flags_of_both():
    gdp = frame(
        {"ES21": (2019, [10.0, (20.0, "p", ""), 30.0]), "EU27_2020": (2019, [1.0])}
    )
    people = frame(
        {"ES21": (2020, [(4.0, "bp", ""), (None, "", "C")]), "FRF3": (2020, [1.0])}
    )
    item = ratio(gdp, people, factor=1000)
    assert list(item.values.index) == ["ES21"]
    assert item.periods == ["2020", "2021"]
    assert cell(item, "ES21", "2020") == (5000.0, "bp", "")
    assert cell(item, "ES21", "2021") == (None, "", "C")


def test_ratio_to_zero_is_no_value_and_zero_over_something_is_zero():
    item = ratio(
        frame({"A": (2020, [1.0, 0.0])}), frame({"A": (2020, [0.0, 8.0])}), factor=100
    )
    assert cell(item, "A", "2020") == (None, "", "")
    assert cell(item, "A", "2021") == (0.0, "", "")


def test_ratio_lists_each_published_code_once():
    new = Origin(2016, "FRF3", "shifted")
    item = ratio(
        frame({"FRF3": (2020, [1.0])}, {"FRF3": (OLD,)}),
        frame({"FRF3": (2020, [1.0])}, {"FRF3": (OLD, new)}),
        factor=1,
    )
    assert item.origins == {"FRF3": (OLD, new)}


@given(
    st.dictionaries(st.sampled_from("ABC"), series(frequency="A"), min_size=1),
    st.dictionaries(st.sampled_from("ABC"), series(frequency="A"), min_size=1),
    st.sampled_from([1.0, 100.0]),
)
def test_ratio_agrees_with_a_cell_by_cell_division(above, below, factor):
    item = ratio(
        IndicatorFrame.from_series(above),
        IndicatorFrame.from_series(below),
        factor=factor,
    )
    for geo in item.values.index:
        for period in item.periods:
            a, a_status, a_conf = by_period(above[geo]).get(int(period), (None, "", ""))
            b, b_status, b_conf = by_period(below[geo]).get(int(period), (None, "", ""))
            value, status, conf = cell(item, geo, period)
            if a is None or not b:
                assert value is None
            elif abs(b) > 1e-200 and abs(a) < 1e100:
                assert value == pytest.approx(a * factor / b)
            assert set(status) == set(a_status) | set(b_status)
            assert set(conf) == set(a_conf) | set(b_conf)


def test_a_break_counts_after_the_first_item_only():
    assert has_break(["", "", "be"])
    assert not has_break(["b", "", ""])
    assert not has_break([])
