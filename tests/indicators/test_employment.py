"""Persons employed by region and activity, as the location quotients need them."""

import math

import numpy as np
import pandas as pd
import pytest

from indicators.analysis.nace import is_division
from indicators.employment import (
    employment_by_year,
    employment_dataflow,
    reference_by_year,
    specialisation_profile,
)
from indicators.models import Dataflow, Vintage
from indicators.reading import Reading
from tests import factories

pytestmark = pytest.mark.usefixtures("starter")

HEADER = "nace_r2,indic_sb,geo\\time\t2014\t2010\n"
TWO = ["ES", "FR"]


@pytest.fixture
def dataflow(starter) -> Dataflow:
    return employment_dataflow()


def stored(geo: str, nace: str, year: int) -> float | None:
    vintage = Vintage.objects.current().get(
        series__slice__dataflow__code="sbs_r_nuts06_r2",
        series__slice__key=f"A.{nace}.V16110",
        series__area__code=geo,
    )
    return vintage.values[year - vintage.start]


def test_the_dataflow_is_there_with_its_source_and_absent_before_a_load(
    dataflow, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert dataflow.source.publisher == "Eurostat"
    Dataflow.objects.filter(pk=dataflow.pk).update(agency="OTHER")
    assert employment_dataflow() is None


def test_the_matrix_holds_the_stored_cells(dataflow, django_assert_num_queries):
    with django_assert_num_queries(1):
        matrices = employment_by_year(dataflow, ["ES21", "ITI1"], reading=Reading(2024))
    assert set(matrices) >= {"2010", "2014"}
    matrix = matrices["2014"]
    assert sorted(matrix.index) == ["ES21", "ITI1"]
    assert list(matrix.columns) == sorted(matrix.columns)
    for geo in matrix.index:
        for nace in ("C25", "C28", "F41", "J62"):
            value = stored(geo, nace, 2014)
            shown = matrix.at[geo, nace]
            assert shown == value or (value is None and math.isnan(shown))


def test_other_variables_are_left_out(ingest):
    ingest(
        HEADER + "C25,V16110,ES21\t5 \t4 \nC25,V11110,ES21\t900 \t900 \n", code="sbs"
    )
    dataflow = Dataflow.objects.get(code="sbs")
    matrices = employment_by_year(dataflow, ["ES21"], reading=Reading(2024))
    cells = {year: m.at["ES21", "C25"] for year, m in matrices.items() if not m.empty}
    assert cells["2014"] == 5.0
    assert cells["2010"] == 4.0
    assert all(list(matrix.columns) == ["C25"] for matrix in matrices.values())


def test_hidden_cells_are_missing_and_zero_is_zero(ingest):
    ingest(HEADER + "C25,V16110,ES21\t: c\t0 \nC28,V16110,ES21\t7 \t: c\n", code="sbs")
    matrices = employment_by_year(
        Dataflow.objects.get(code="sbs"), ["ES21"], reading=Reading(2024)
    )
    assert math.isnan(matrices["2014"].at["ES21", "C25"])
    assert matrices["2010"].at["ES21", "C25"] == 0.0
    assert matrices["2014"].at["ES21", "C28"] == 7.0


def test_no_regions_and_no_data_give_no_years(dataflow):
    assert employment_by_year(dataflow, [], reading=Reading(2024)) == {}
    empty = factories.DataflowFactory()
    assert employment_by_year(empty, ["ES21"], reading=Reading(2024)) == {}


def test_the_reference_is_read_once_for_a_revision(dataflow, django_assert_num_queries):
    first = reference_by_year(dataflow, ["FR", "ES"], reading=Reading(2024))
    with django_assert_num_queries(1):  # the revision
        again = reference_by_year(dataflow, TWO, reading=Reading(2024))
    assert again.keys() == first.keys()
    pd.testing.assert_frame_equal(again["2014"], first["2014"])


def test_the_reference_changes_with_the_data(ingest, dataflow):
    before = reference_by_year(dataflow, TWO, reading=Reading(2024))["2014"].at[
        "ES", "C25"
    ]
    ingest(HEADER + "C25,V16110,ES\t123456 \t: \n", code="sbs_r_nuts06_r2")
    after = reference_by_year(dataflow, TWO, reading=Reading(2024))["2014"].at[
        "ES", "C25"
    ]
    assert (before == 123456, after) == (False, 123456.0)


def test_the_profile_agrees_with_quotients_worked_out_one_by_one(dataflow):
    region = employment_by_year(dataflow, ["ES21"], reading=Reading(2024))["2014"]
    reference = reference_by_year(dataflow, TWO, reading=Reading(2024))["2014"]
    profile, total, _incomplete = specialisation_profile(region.loc["ES21"], reference)
    assert list(profile["lq"].dropna()) == sorted(profile["lq"].dropna(), reverse=True)
    assert all(is_division(code) for code in profile.index)
    division = "C25"
    part = region.at["ES21", division] / total
    whole = [reference.at[c, division] for c in reference.index]
    assert not np.isnan(whole).any()
    totals = [_sections(reference.loc[country]) for country in reference.index]
    assert profile.at[division, "lq"] == pytest.approx(
        part / (sum(whole) / sum(totals))
    )


def _sections(row: pd.Series) -> float:
    """A country's total, where every section is known: one letter or S95."""
    sections = [code for code in row.index if len(code) == 1 or code == "S95"]
    return float(row[sections].sum())
