"""The ranking, part by part, and what must hold of it for any weights."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.analysis.evidence import Grade
from practices.analysis.transfer import (
    WEIGHTS,
    Offer,
    Part,
    Verdict,
    Wanting,
    ranking,
    transfer,
)

HERE = Wanting("ES21", frozenset("ab"), 100e9, ("FR10", "DE11", "PT11"))


def offer(key="one", **given):
    told = {
        "regions": frozenset({"FR10"}),
        "domains": frozenset("ab"),
        "grade": Grade.COMPARED,
        "cost": 5e5,
        "gdp": 100e9,
    }
    return Offer(key, **{**told, **given})


def reason(found, part):
    return next(item for item in found.reasons if item.part is part)


def test_all_that_fits_is_100():
    found = transfer(HERE, offer(), WEIGHTS)
    assert found.score == pytest.approx(100)
    assert {item.verdict for item in found.reasons} == {Verdict.MATCH}


@pytest.mark.parametrize(
    ("given", "part", "value", "facts"),
    [
        (
            {"regions": frozenset({"DE11"})},
            Part.STRUCTURE,
            2 / 3,
            {"region": "DE11", "place": 2, "of": 3},
        ),
        (
            {"regions": frozenset({"PT11", "DE11"})},
            Part.STRUCTURE,
            2 / 3,
            {"region": "DE11", "place": 2, "of": 3},
        ),
        (
            {"domains": frozenset("acd")},
            Part.DOMAINS,
            1 / 3,
            {"shared": ["a"], "other": ["c", "d"]},
        ),
        (
            {"cost": 1e8, "gdp": 400e9},
            Part.RESOURCES,
            0.25,
            {"cost": 1e8, "share_here": 1e-3, "share_there": 2.5e-4},
        ),
        ({"grade": Grade.CLAIMED}, Part.EVIDENCE, 0.25, {"grade": Grade.CLAIMED}),
    ],
)
def test_parts(given, part, value, facts):
    found = transfer(HERE, offer(**given), WEIGHTS)
    assert found.values[part] == pytest.approx(value)
    told = reason(found, part)
    assert told.facts == pytest.approx(facts) if part is Part.RESOURCES else facts
    assert told.verdict is (Verdict.MATCH if value >= 0.5 else Verdict.MISMATCH)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"regions": frozenset({"XX99"})}, Part.STRUCTURE),
        ({"domains": frozenset()}, Part.DOMAINS),
        ({"cost": None}, Part.RESOURCES),
        ({"cost": 1e8, "gdp": None}, Part.RESOURCES),
    ],
)
def test_the_unknown_has_no_say_but_is_said(given, part):
    found = transfer(HERE, offer(**given), WEIGHTS)
    assert part not in found.values
    assert reason(found, part).verdict is Verdict.UNKNOWN
    assert found.score == pytest.approx(100)


def test_a_small_cost_is_no_obstacle_anywhere():
    found = transfer(HERE, offer(cost=1e5, gdp=1e15), WEIGHTS)
    assert found.values[Part.RESOURCES] == 1


def test_the_regions_own_practices_are_left_out_and_ties_go_by_key():
    mine = offer("mine", regions=frozenset({"ES21", "FR10"}))
    found = ranking(HERE, [offer("b"), mine, offer("a")])
    assert [item.key for item in found] == ["a", "b"]


@pytest.mark.parametrize("weight", [-1.0, math.inf, math.nan])
def test_weights_that_cannot_be(weight):
    with pytest.raises(ValueError, match="0 or more"):
        ranking(HERE, [], {Part.DOMAINS: weight})


def test_no_weight_at_all():
    with pytest.raises(ValueError, match="above 0"):
        ranking(HERE, [], dict.fromkeys(Part, 0.0))


OFFERS = st.builds(
    offer,
    regions=st.frozensets(st.sampled_from(["FR10", "DE11", "PT11", "XX99"])),
    domains=st.frozensets(st.sampled_from("abcd")),
    grade=st.sampled_from([None, *Grade]),
    cost=st.sampled_from([None, 0.0, 1e5, 1e8, 1e10]),
    gdp=st.sampled_from([None, 1e9, 100e9]),
)
SAME = st.dictionaries(st.sampled_from(Part), st.floats(0.1, 5), min_size=1)


@given(OFFERS, SAME, st.floats(0.1, 10))
def test_a_score_is_0_to_100_and_only_ratios_of_weights_count(found, weights, factor):
    full = {part: weights.get(part, 0.0) for part in Part}
    score = transfer(HERE, found, full).score
    assert 0 <= score <= 100 + 1e-9
    scaled = {part: weight * factor for part, weight in full.items()}
    assert transfer(HERE, found, scaled).score == pytest.approx(score)


@given(OFFERS)
def test_one_weight_alone_is_that_part(found):
    for part in Part:
        alone = {other: float(other is part) for other in Part}
        told = transfer(HERE, found, alone)
        wanted = 100 * max(told.values[part], 0.05) if part in told.values else 0
        assert told.score == pytest.approx(wanted)
