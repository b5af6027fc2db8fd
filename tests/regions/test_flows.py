"""Flows between NUTS versions: recodes stay whole, noise goes, shares add up."""

import csv
import gzip
import io
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.flows import Flow, Step, cleaned, flows_between
from regions.services.nuts import STARTER

YEARS = (2010, 2013, 2016, 2021, 2024)


def starter(name):
    text = gzip.decompress((STARTER / name).read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def codes():
    found = {year: set() for year in YEARS}
    for row in starter("nuts.csv.gz"):
        found[int(row["version"])].add(row["code"])
    return found


@pytest.fixture(scope="module")
def steps():
    def number(text):
        return float(text) if text else None

    return [
        Step(
            int(row["from_version"]),
            int(row["to_version"]),
            row["code_old"],
            row["code_new"],
            row["kind"],
            number(row["pop_share_of_old"]),
            number(row["pop_share_of_new"]),
        )
        for row in starter("nuts_changes.csv.gz")
    ]


@pytest.fixture(scope="module")
def flows(codes, steps):
    """Flows by (source version, target version), computed on first use."""
    found = {}

    def between(source, target):
        if (source, target) not in found:
            found[source, target] = flows_between(
                codes, steps, source_version=source, target_version=target
            )
        return found[source, target]

    return between


def out_of(flows, code):
    return {f.target: f.share_of_source for f in flows if f.source == code}


def into(flows, code):
    return {f.source: f.share_of_target for f in flows if f.target == code}


def test_within_one_version_every_region_flows_into_itself(flows, codes):
    assert flows(2021, 2021) == [Flow(code, code) for code in sorted(codes[2021])]


@pytest.mark.parametrize("source", [2010, 2013])
def test_recodes_are_whole(flows, source):
    assert out_of(flows(source, 2024), "FR41") == {"FRF3": 1.0}
    assert into(flows(source, 2024), "FRF3") == {"FR41": 1.0}
    assert out_of(flows(2024, source), "FRF3") == {"FR41": 1.0}


@pytest.mark.parametrize(
    ("source", "target", "code", "parts"),
    [
        (2013, 2024, "HU10", {"HU11": 0.5581, "HU12": 0.4419}),
        (2013, 2024, "LT00", {"LT01": 0.2885, "LT02": 0.7115}),
        (2013, 2016, "PL12", {"PL91": 0.5921, "PL92": 0.4079}),
        (2016, 2021, "HR04", {"HR02": 0.3962, "HR05": 0.2981, "HR06": 0.3057}),
        (2010, 2021, "HR04", {"HR02": 0.3962, "HR05": 0.2981, "HR06": 0.3057}),
        (2010, 2013, "UKI2", {"UKI5": 0.3559, "UKI6": 0.2476, "UKI7": 0.3965}),
        (2021, 2024, "PT17", {"PT1A": 0.7186, "PT1B": 0.2814}),
        (2024, 2021, "PT1D", {"PT16": 0.7086, "PT18": 0.2914}),
        (2024, 2021, "PT1A", {"PT17": 1.0}),
        # The same code of two versions is not the same territory.
        (2021, 2024, "NL31", {"NL35": 1.0}),
        # Less than the whole is listed, little enough to be noise.
        (2010, 2013, "SI02", {"SI04": 1.0}),
        (2021, 2024, "ITI3", {"ITI3": 1.0}),
    ],
)
def test_known_changes(flows, source, target, code, parts):
    assert out_of(flows(source, target), code) == pytest.approx(parts, abs=2e-4)


def test_a_merged_region_is_made_of_its_sources(flows):
    assert into(flows(2013, 2016), "IE06") == pytest.approx(
        {"IE01": 0.1804, "IE02": 0.8196}
    )
    assert into(flows(2016, 2021), "NO08") == pytest.approx(
        {"NO01": 0.6854, "NO02": 0.0082, "NO03": 0.3064}
    )


def test_a_discontinued_or_new_region_has_no_flow(flows):
    assert not [f for f in flows(2021, 2024) if f.source.startswith("UK")]
    assert not [f for f in flows(2021, 2024) if f.target.startswith("UA")]
    assert len([f for f in flows(2010, 2021) if f.source == "UKC1"]) == 1


def test_every_share_of_the_starter_table_is_known_and_adds_up(flows):
    for source in YEARS:
        for target in YEARS:
            sums = defaultdict(float)
            for flow in flows(source, target):
                sums["of", flow.source] += flow.share_of_source
                sums["in", flow.target] += flow.share_of_target
            assert all(total == pytest.approx(1.0) for total in sums.values())


def test_noise_does_not_turn_a_recode_into_a_split():
    noisy = [
        Flow("CZ02", "CZ02", 0.9999, 1.0),
        Flow("CZ02", "CZ03", 0.0001, 0.0001),
        Flow("CZ03", "CZ03", 1.0, 0.9999),
    ]
    assert cleaned(noisy) == [Flow("CZ02", "CZ02"), Flow("CZ03", "CZ03")]


def test_a_hundredth_is_no_noise():
    flows = [Flow("A", "A", 0.99, 1.0), Flow("A", "B", 0.01, 1.0)]
    assert cleaned(flows) == flows


def test_what_nobody_measured_stays_unknown():
    codes = {1: {"A", "B"}, 2: {"C", "D"}}
    steps = [
        Step(1, 2, "A", "C", "split", None, 1.0),
        Step(1, 2, "A", "D", "split", 0.4, 1.0),
        # The listed parts of B leave out more than noise.
        Step(1, 2, "B", "D", "boundary_shift", 0.9, 0.5),
    ]
    found = flows_between(codes, steps, source_version=1, target_version=2)
    assert {(f.source, f.target): f.share_of_source for f in found} == {
        ("A", "C"): None,
        ("A", "D"): None,
        ("B", "D"): None,
    }


@st.composite
def changing(draw):
    """Three versions of a few codes, each old region parted among the new ones."""
    codes = {1: ["A", "B", "C"], 2: ["P", "Q"], 3: ["X", "Y", "Z"]}
    people = {
        pair: draw(
            st.lists(
                st.integers(0, 100),
                min_size=len(codes[pair[0]]) * len(codes[pair[1]]),
                max_size=len(codes[pair[0]]) * len(codes[pair[1]]),
            )
        )
        for pair in ((1, 2), (2, 3))
    }
    steps = []
    for (old, new), counts in people.items():
        cells = [(a, b) for a in codes[old] for b in codes[new]]
        held = dict(zip(cells, counts, strict=True))
        for (a, b), count in held.items():
            of_old = sum(held[a, other] for other in codes[new])
            of_new = sum(held[other, b] for other in codes[old])
            if count:
                shares = count / of_old, count / of_new
                steps.append(Step(old, new, a, b, "split_merged", *shares))
    return codes, steps


@given(changing())
def test_known_shares_always_add_up_to_one(example):
    codes, steps = example
    for source, target in ((1, 3), (3, 1), (1, 2)):
        found = flows_between(
            codes, steps, source_version=source, target_version=target
        )
        sums = defaultdict(float)
        for flow in found:
            if flow.share_of_source is not None:
                sums["of", flow.source] += flow.share_of_source
            if flow.share_of_target is not None:
                sums["in", flow.target] += flow.share_of_target
        assert all(total == pytest.approx(1.0) for total in sums.values())


@given(changing())
def test_a_flow_seen_from_the_other_side_has_its_shares_swapped(example):
    codes, steps = example
    there = flows_between(codes, steps, source_version=1, target_version=2)
    back = flows_between(codes, steps, source_version=2, target_version=1)
    shares = {(f.target, f.source): f.share_of_target for f in back}
    for flow in there:
        swapped = shares.get((flow.source, flow.target))
        # One of the two may have been too small a part of its own source.
        if swapped is not None and len(there) == len(back):
            assert flow.share_of_source == pytest.approx(swapped, abs=0.05)
