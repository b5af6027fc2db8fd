"""Numbers and flags in words."""

import pytest

from dashboards import wording
from dashboards.nace import DIVISIONS, division_name
from indicators.analysis.nace import is_division
from indicators.models import Indicator, Slice


@pytest.mark.parametrize(
    ("rank", "text"),
    [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"),
        (12, "12th"), (13, "13th"), (20, "20th"), (21, "21st"), (22, "22nd"),
        (101, "101st"), (111, "111th"), (112, "112th"), (113, "113th"), (123, "123rd"),
    ],
)  # fmt: skip
def test_ordinals(rank, text):
    assert wording.ordinal(rank) == text


def test_a_rank_says_among_how_many():
    assert wording.rank_text(47, 227) == "47th of 227"
    assert wording.rank_text(None, 227) == "not ranked"


def test_combined_flags_are_spelled_out():
    assert wording.flag_words("bep") == "break in time series, estimated, provisional"
    assert wording.flag_words("") == ""
    assert wording.flag_words("y") == "y"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(None, 2, "no data"), (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (1234.5, 0, "1,235")],
)
def test_numbers(value, decimals, text):
    assert wording.number(value, decimals) == text


def test_a_value_has_its_unit_and_a_missing_one_none():
    euro = Indicator(decimals=0, unit_short="€")
    assert wording.value_text(36970.2, euro) == "36,970\u202f€"
    assert wording.value_text(None, euro) == "no data"
    assert wording.value_text(2.0, Indicator(decimals=1, unit_short="")) == "2.0"


def test_absent_is_never_a_number():
    assert wording.absent_words(True) == "confidential"
    assert wording.absent_words(False) == "no data"


@pytest.mark.parametrize(("count", "text"), [(1, "1 region"), (2, "2 regions")])
def test_regions(count, text):
    assert wording.regions_text(count) == text


def test_divisions_are_those_of_the_classification():
    assert all(is_division(code) for code in DIVISIONS)
    assert division_name("C24") == "Basic metals"
    assert division_name("X00") == "X00"


@pytest.mark.usefixtures("starter")
def test_every_division_held_has_a_name():
    keys = Slice.objects.filter(
        dataflow__code="sbs_r_nuts06_r2", key__endswith=".V16110"
    ).values_list("key", flat=True)
    held = {key.split(".")[1] for key in keys}
    unnamed = {code for code in held if is_division(code)} - set(DIVISIONS)
    assert held
    assert unnamed == set()
