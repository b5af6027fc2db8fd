"""Closeness of projects: what counts, in which order, and for which reasons."""

from hypothesis import given
from hypothesis import strategies as st

from projects.analysis.related import WEIGHTS, Tie, closest

SHARED = st.dictionaries(
    st.sampled_from(Tie),
    st.dictionaries(
        st.integers(1, 9), st.lists(st.sampled_from("abcd"), max_size=5), max_size=9
    ),
)


def test_partners_say_more_than_regions_and_those_more_than_themes():
    found = closest(
        {
            Tie.PROGRAMME_THEME: {1: ["Innovation"], 2: ["Innovation"]},
            Tie.REGION: {2: ["Toscana"]},
            Tie.ORGANISATION: {3: ["Tecnalia"]},
        }
    )
    assert [(item.project, item.score) for item in found] == [
        (3, 3),
        (2, 2.5),
        (1, 0.5),
    ]
    assert found[1].ties == {
        Tie.REGION: ("Toscana",),
        Tie.PROGRAMME_THEME: ("Innovation",),
    }


def test_nothing_shared_is_no_relation():
    assert closest({Tie.REGION: {1: []}}) == []


@given(SHARED, st.integers(0, 5))
def test_scores_are_sums_of_reasons_and_fall(shared, limit):
    found = closest(shared, limit=limit)
    assert len(found) <= limit
    keys = [(-item.score, item.project) for item in found]
    assert keys == sorted(keys)
    for item in found:
        names = {tie: set(shared[tie][item.project]) for tie in item.ties}
        assert {tie: set(given) for tie, given in item.ties.items()} == names
        assert item.score == sum(WEIGHTS[tie] * len(names[tie]) for tie in names) > 0
    # Whoever is left out is no closer than the last one shown.
    if found:
        shown = {item.project for item in found}
        rest = [item for item in closest(shared, limit=99) if item.project not in shown]
        assert all(item.score <= found[-1].score for item in rest)
