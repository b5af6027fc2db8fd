import csv
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.correspondence import Change, correspondences
from regions.services.nuts import STARTER

YEARS = (2010, 2013, 2016, 2021, 2024)


def starter(name):
    text = gzip.decompress((STARTER / name).read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def changes():
    return [
        Change(
            int(row["from_version"]),
            int(row["to_version"]),
            row["code_old"],
            row["code_new"],
            row["kind"],
            float(row["pop_share_of_old"]) if row["pop_share_of_old"] else None,
        )
        for row in starter("nuts_changes.csv.gz")
    ]


@pytest.fixture(scope="module")
def codes():
    found = {year: set() for year in YEARS}
    for row in starter("nuts.csv.gz"):
        found[int(row["version"])].add(row["code"])
    return found


@pytest.fixture(scope="module")
def matched(codes, changes):
    return {
        (row.source_version, row.source_code, row.target_version): (
            row.target_code,
            row.relation,
        )
        for row in correspondences(codes, changes)
    }


def oracle(codes, changes, version, code, target):
    """One region at a time, every rule spelled out, every row looked at again."""
    if code not in codes[version]:
        return None
    if version == target:
        return code, "same"
    years = sorted(codes)
    forward = target > version
    following = years[years.index(version) + (1 if forward else -1)]
    old, new = sorted((version, following))
    answer = None
    mentioned = {
        name
        for row in changes
        for name in (row.code_old, row.code_new)
        if code in (row.code_old, row.code_new)
    }
    for other in codes[following] & ({code} | mentioned):
        pair = (code, other) if forward else (other, code)
        relation = oracle_pair(codes, changes, old, new, *pair)
        if relation:
            answer = other, relation
    if answer is None:
        return None
    rest = oracle(codes, changes, following, answer[0], target)
    if rest is None:
        return None
    return rest[0], "shifted" if "shifted" in (answer[1], rest[1]) else "same"


def oracle_pair(codes, changes, old, new, code_old, code_new):
    here = [row for row in changes if row.from_version == old and row.to_version == new]
    of_pair = [
        row for row in here if (row.code_old, row.code_new) == (code_old, code_new)
    ]
    if not of_pair:
        touched = any(
            code in (row.code_old, row.code_new)
            for row in here
            for code in (code_old, code_new)
        )
        return "same" if code_old == code_new and not touched else ""
    if sum(row.code_new == code_new for row in here) > 1:
        return ""
    row = of_pair[0]
    alone = sum(other.code_old == code_old for other in here) == 1
    if row.kind in {"recoded", "renamed"} and alone:
        return "same"
    if row.kind in {"recoded", "renamed", "boundary_shift"}:
        return "shifted" if (row.pop_share_of_old or 0) >= 0.95 else ""
    return ""


def test_every_region_of_every_version_agrees_with_the_oracle(codes, changes, matched):
    # All codes that any change touches, and a sample of the rest.
    touched = {row.code_old for row in changes} | {row.code_new for row in changes}
    wrong = [
        (version, code, target)
        for version in YEARS
        for code in sorted(codes[version])
        if code in touched or code.endswith("1")
        for target in YEARS
        if oracle(codes, changes, version, code, target)
        != matched.get((version, code, target))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("version", "code", "row"),
    [
        (2010, "FR41", ["FR41", "FR41", "FRF3", "FRF3", "FRF3"]),
        (2024, "FRF3", ["FR41", "FR41", "FRF3", "FRF3", "FRF3"]),
        (2010, "HU10", ["HU10", "HU10", None, None, None]),
        (2024, "HU11", [None, None, "HU11", "HU11", "HU11"]),
        (2021, "PT16", ["PT16", "PT16", "PT16", "PT16", None]),
        (2016, "HR04", ["HR04", "HR04", "HR04", None, None]),
        (2021, "NO08", [None, None, None, "NO08", "NO08"]),
        # NO05 went into NO0A with nearly all its people, yet is two thirds of it.
        (2016, "NO05", ["NO05", "NO05", "NO05", None, None]),
        (2021, "UKC1", ["UKC1", "UKC1", "UKC1", "UKC1", None]),
        (2024, "ES21", ["ES21"] * 5),
        (2024, "XK00", [None, None, None, None, "XK00"]),
    ],
)
def test_known_histories(matched, version, code, row):
    found = [matched.get((version, code, year)) for year in YEARS]
    assert [item[0] if item else None for item in found] == row


def test_a_shift_on_the_way_marks_the_chain(matched):
    assert matched[2021, "ITH5", 2024] == ("ITH5", "shifted")
    assert matched[2010, "ITH5", 2024] == ("ITH5", "shifted")
    assert matched[2010, "ITH5", 2021] == ("ITH5", "same")
    assert matched[2024, "NL35", 2010] == ("NL31", "shifted")
    # Renamed in the table, yet it gave 4 % of its people away.
    assert matched[2016, "NO02", 2021] == ("NO02", "shifted")


def test_a_code_that_comes_back_is_not_joined_across_the_gap():
    codes = {2016: {"NO072"}, 2021: {"NO071"}, 2024: {"NO072"}}
    changes = [
        Change(2016, 2021, "NO072", "NO071", "merged", 1.0),
        Change(2021, 2024, "NO071", "NO072", "split", 0.5),
    ]
    found = {
        (row.source_version, row.target_version)
        for row in correspondences(codes, changes)
    }
    assert found == {(2016, 2016), (2021, 2021), (2024, 2024)}


LETTERS = st.sets(st.sampled_from("ABCDE"), min_size=1)
KINDS = ["recoded", "renamed", "boundary_shift", "split", "merged", "split_merged"]
ROWS = st.lists(
    st.builds(
        Change,
        st.just(1),
        st.just(2),
        st.sampled_from("ABCDE"),
        st.sampled_from("ABCDE"),
        st.sampled_from(KINDS),
        st.sampled_from([None, 0.5, 0.95, 1.0]),
    ),
    unique_by=lambda row: (row.code_old, row.code_new),
)


@settings(max_examples=200)
@given(LETTERS, LETTERS, LETTERS, ROWS)
def test_matches_run_both_ways_and_one_to_one(first, second, third, changes):
    codes = {1: first, 2: second, 3: third}
    found = list(correspondences(codes, changes))
    keys = {(row.source_version, row.source_code, row.target_version) for row in found}
    assert len(keys) == len(found)
    pairs = {
        (row.source_version, row.source_code, row.target_version, row.target_code)
        for row in found
    }
    assert pairs == {(c, d, a, b) for a, b, c, d in pairs}
