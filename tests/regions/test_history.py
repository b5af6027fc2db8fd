import pytest

from regions.correspondence import Change
from regions.history import Descendant, descendants

CODES = {1: {"A", "B", "C"}, 2: {"D", "E", "C"}, 3: {"F", "E", "C"}}
CHANGES = [
    Change(1, 2, "A", "D", "split", 0.75),
    Change(1, 2, "A", "E", "split_merged", 0.25),
    Change(1, 2, "B", "E", "merged", 1.0),
    Change(2, 3, "D", "F", "recoded", 1.0),
]


def follow(code, version=1, until=3, changes=CHANGES):
    return descendants(
        code, version, until=until, codes_by_version=CODES, changes=changes
    )


def test_shares_multiply_along_the_way_and_the_largest_comes_first():
    assert follow("A") == [
        Descendant("F", "recoded", 0.75),
        Descendant("E", "split_merged", 0.25),
    ]


def test_an_untouched_code_stays_itself():
    assert follow("C") == [Descendant("C", "", 1.0)]


def test_two_ways_into_one_region_are_added():
    changes = [*CHANGES[:2], Change(2, 3, "D", "E", "merged", 1.0)]
    assert follow("A", changes=changes) == [Descendant("E", "split_merged", 1.0)]


def test_a_share_nobody_measured_is_none():
    changes = [Change(1, 2, "A", "D", "split", None), CHANGES[3]]
    assert follow("A", changes=changes) == [Descendant("F", "recoded", None)]


@pytest.mark.parametrize(
    ("code", "changes"),
    [("X", CHANGES), ("A", [Change(1, 2, "A", "", "discontinued", None)])],
)
def test_nothing_comes_of_unknown_and_discontinued_codes(code, changes):
    assert follow(code, changes=changes) == []


def test_the_past_has_no_descendants():
    assert follow("F", version=3, until=2) == []
