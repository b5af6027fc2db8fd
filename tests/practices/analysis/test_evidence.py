"""The rules of the grade, one at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.analysis.evidence import ORDER, Grade, Why, grade_of

MEASURED = {
    "baseline_value": 1.0,
    "baseline_year": 2015,
    "result_value": 2.0,
    "result_year": 2018,
    "source_url": "https://example.org",
}
COMPARED = {**MEASURED, "comparison": "firms without vouchers"}


def whys(graded):
    return [reason.why for reason in graded.reasons]


@pytest.mark.parametrize(
    ("item", "grade", "why"),
    [
        (COMPARED, Grade.COMPARED, Why.HAS_COMPARISON),
        (MEASURED, Grade.MEASURED, Why.NO_COMPARISON),
        ({**COMPARED, "comparison": " "}, Grade.MEASURED, Why.NO_COMPARISON),
        ({**COMPARED, "baseline_value": None}, Grade.DOCUMENTED, Why.NO_BASELINE),
        ({**COMPARED, "baseline_value": 0.0}, Grade.COMPARED, Why.HAS_VALUES),
        ({**COMPARED, "result_value": None}, Grade.DOCUMENTED, Why.NO_RESULT),
        ({**COMPARED, "result_year": None}, Grade.DOCUMENTED, Why.NO_YEARS),
        ({**COMPARED, "result_year": 2015}, Grade.DOCUMENTED, Why.YEARS_NOT_APART),
        ({**COMPARED, "source_url": ""}, Grade.CLAIMED, Why.NO_SOURCE),
        (
            {**MEASURED, "source_url": "", "figure": "/api/v1/figures/trend/"},
            Grade.MEASURED,
            Why.HAS_SOURCE,
        ),
        ({"note": "It worked."}, Grade.CLAIMED, Why.IS_TOLD),
    ],
)
def test_one_piece(item, grade, why):
    graded = grade_of([item])
    assert graded.grade is grade
    assert why in whys(graded)
    assert all(reason.item == 0 for reason in graded.reasons)


def test_nothing_told_has_no_grade():
    assert grade_of([], text=" ", documents=3).grade is None


def test_words_with_a_document_are_documented():
    assert grade_of([], text="Firms grew.").grade is Grade.CLAIMED
    graded = grade_of([], text="Firms grew.", documents=1)
    assert graded.grade is Grade.DOCUMENTED
    assert whys(graded) == [Why.HAS_DOCUMENT]


def test_a_reviewer_lowers_and_never_raises():
    lowered = grade_of([COMPARED], cap=Grade.DOCUMENTED)
    assert lowered.grade is Grade.DOCUMENTED
    assert whys(lowered)[-1] is Why.LOWERED
    assert grade_of([MEASURED], cap=Grade.COMPARED).grade is Grade.MEASURED


ITEMS = st.dictionaries(st.sampled_from(sorted(COMPARED)), st.none()).map(
    lambda gone: {**COMPARED, **gone}
)


@given(st.lists(ITEMS, max_size=4), ITEMS, st.integers(0, 2))
def test_more_evidence_is_never_worse(items, more, documents):
    before = grade_of(items, text="told", documents=documents).grade
    after = grade_of([*items, more], text="told", documents=documents).grade
    assert ORDER.index(after) <= ORDER.index(before)
