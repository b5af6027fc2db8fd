"""Employment profiles: worked cases, a slow second implementation, real figures."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.employment import employment_profile, section_total

NAN = float("nan")
cells = st.one_of(st.just(NAN), st.integers(0, 500).map(float))


def test_section_total_adds_sections_and_lone_repair_once():
    row = pd.Series({"C": 100.0, "C10": 60.0, "C24": 40.0, "M": 20.0, "S95": 5.0})
    total = section_total(row)
    assert total.value == 125
    assert total.incomplete == tuple("BDEFGHIJLN")


def test_confidential_section_counts_its_published_divisions():
    row = pd.Series({"C": NAN, "C10": 60.0, "C24": NAN, "C25": 7.0, "M": 20.0})
    total = section_total(row)
    assert total.value == 87
    assert "C" in total.incomplete
    assert "M" not in total.incomplete


def test_total_of_nothing_published_is_missing():
    total = section_total(pd.Series({"C": NAN, "C24": NAN}))
    assert math.isnan(total.value)
    assert "C" in total.incomplete


def test_reference_share_takes_divisions_and_totals_of_the_same_countries():
    reference = pd.DataFrame(
        {"C24": [30.0, NAN], "C25": [10.0, 20.0]}, index=["AT", "BE"]
    )
    totals = pd.Series({"AT": 100.0, "BE": 200.0})
    divisions = pd.Series({"C24": 60.0, "C25": 20.0})
    profile = employment_profile(divisions, 200.0, reference, totals, minimum=50)
    assert profile.columns.tolist() == [
        "employed",
        "share",
        "reference_share",
        "lq",
        "small",
    ]
    assert profile.loc["C24", "reference_share"] == 0.3
    assert profile.loc["C25", "reference_share"] == 0.1
    assert profile["lq"].tolist() == pytest.approx([1.0, 1.0])
    assert profile["small"].tolist() == [False, True]


def test_what_cannot_be_computed_is_missing_and_never_zero():
    reference = pd.DataFrame(
        {"C24": [NAN], "C25": [0.0], "C26": [5.0], "C27": [5.0]}, index=["AT"]
    )
    divisions = pd.Series({"C24": 9.0, "C25": 9.0, "C26": NAN, "C27": 0.0, "C99": 1.0})
    totals = pd.Series({"AT": 100.0})
    profile = employment_profile(divisions, 100.0, reference, totals)
    assert profile["lq"].isna().tolist() == [True, True, True, False, True]
    assert profile.loc["C27", "lq"] == 0
    assert not profile.loc["C26", "small"]
    nothing = employment_profile(divisions, NAN, reference, totals)
    assert nothing["lq"].isna().all()
    assert nothing["employed"].equals(profile["employed"])


def test_negative_persons_are_refused():
    reference = pd.DataFrame({"C24": [1.0]}, index=["AT"])
    totals = pd.Series({"AT": 1.0})
    with pytest.raises(ValueError, match="at least 0"):
        employment_profile(pd.Series({"C24": -1.0}), 1, reference, totals)


@given(
    region=st.lists(cells, min_size=3, max_size=3),
    total=cells,
    reference=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5),
    totals=st.lists(cells, min_size=5, max_size=5),
)
def test_profile_agrees_with_loops_over_dicts(region, total, reference, totals):
    codes = ["C24", "C25", "M72"]
    countries = [f"K{number}" for number in range(len(reference))]
    profile = employment_profile(
        pd.Series(region, index=codes),
        total,
        pd.DataFrame(reference, index=countries, columns=codes),
        pd.Series(totals[: len(reference)], index=countries),
    )
    for place, code in enumerate(codes):
        pairs = zip(reference, totals[: len(reference)], strict=True)
        expected = slow_quotient(place, region, total, pairs)
        assert profile.loc[code, "lq"] == pytest.approx(expected, nan_ok=True)


def slow_quotient(place, region, total, countries):
    employed = everyone = 0.0
    for divisions, country_total in countries:
        if math.isnan(divisions[place]) or math.isnan(country_total):
            continue
        if country_total > 0:
            employed += divisions[place]
            everyone += country_total
    if math.isnan(region[place]) or not total > 0 or not employed:
        return NAN
    return (region[place] / total) / (employed / everyone)


@pytest.mark.real_files
def test_basque_country_2014_is_a_place_of_metal_and_research(real_data: Path):
    file = real_data.parent / "reference" / "starter" / "employment_by_nace.csv"
    rows = pd.read_csv(file)
    year = rows[rows["time_period"] == 2014]
    matrix = year.pivot(index="geo", columns="nace_r2", values="obs_value")
    basque = section_total(matrix.loc["ES21"])
    assert basque.value == 590_677
    assert basque.incomplete == ()
    # The member states of 2014; Norway is in the file but not in the Union.
    states = [geo for geo in matrix.index if len(geo) == 2 and geo != "NO"]
    totals = matrix.loc[states].apply(lambda row: section_total(row).value, axis=1)
    divisions = matrix.loc["ES21", matrix.columns.str.len() == 3]
    profile = employment_profile(divisions, basque.value, matrix.loc[states], totals)
    quotients = profile["lq"]
    assert quotients["C24"] == pytest.approx(3.97, abs=0.01)
    assert quotients["C25"] == pytest.approx(2.60, abs=0.01)
    assert quotients["M72"] == pytest.approx(2.08, abs=0.01)
    # Confidential in the source, and B06 is a true zero.
    assert np.isnan(quotients["C19"])
    assert np.isnan(quotients["C30"])
    assert quotients["B06"] == 0
