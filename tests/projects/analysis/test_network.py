"""The network against walking every pair and every path."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from projects.analysis.network import Network

SEATS = st.lists(
    st.tuples(st.sampled_from("PQRST"), st.sampled_from("abcdefgh")), max_size=24
)


def shared(seats, a, b):
    """By hand: the projects in which both regions sit."""
    return sorted({p for p, r in seats if r == a} & {p for p, r in seats if r == b})


@given(SEATS)
def test_links_are_shared_projects(seats):
    network = Network.of(seats)
    regions = sorted({region for _, region in seats})
    for a, b in combinations(regions, 2):
        assert list(network.shared(b, a)) == shared(seats, a, b)
    linked = {(k.a, k.b): k.weight for k in network.strongest()}
    assert linked == {
        (a, b): len(shared(seats, a, b))
        for a, b in combinations(regions, 2)
        if shared(seats, a, b)
    }
    weights = [link.weight for link in network.strongest()]
    assert weights == sorted(weights, reverse=True)
    assert len(network.strongest(at_least=2)) == sum(w >= 2 for w in weights)


@given(SEATS)
def test_reach_is_every_path_of_two_steps(seats):
    network = Network.of(seats)
    regions = {region for _, region in seats}
    for start in regions:
        near = {other for other in regions - {start} if shared(seats, start, other)}
        assert {link.other(start) for link in network.partners(start)} == near
        by_hand = {}
        for via in near:
            for end in regions - near - {start}:
                if shared(seats, via, end):
                    by_hand.setdefault(end, {})[via] = (
                        len(shared(seats, start, via)),
                        len(shared(seats, via, end)),
                    )
        reached = network.within_reach(start)
        assert {
            reach.region: {
                way.via: (way.first, way.then) for way in reach.introductions
            }
            for reach in reached
        } == by_hand
        strengths = [reach.strength for reach in reached]
        assert strengths == sorted(strengths, reverse=True)


@given(SEATS, st.randoms())
def test_order_of_the_seats_does_not_matter(seats, rng):
    mixed = [*seats, *seats]
    rng.shuffle(mixed)
    one, other = Network.of(mixed), Network.of(seats)
    assert one.strongest() == other.strongest()
    for region in one.regions:
        assert one.within_reach(region) == other.within_reach(region)


def test_weak_links_are_left_out_of_every_way():
    seats = [(p, r) for p in "PQ" for r in ("ES21", "ITI1")]
    seats += [("R", "ITI1"), ("R", "EE00"), ("S", "ES21"), ("S", "AT12")]
    network = Network.of(seats)
    assert [reach.region for reach in network.within_reach("ES21")] == ["EE00"]
    assert network.within_reach("ES21", at_least=2) == []
    assert [k.b for k in network.partners("ES21", at_least=2)] == ["ITI1"]
    assert network.held("ES21") == 3
    assert network.partner_count("ES21") == 2


def test_no_seats_no_network():
    network = Network.of([])
    assert network.strongest() == network.within_reach("ES21") == []
    assert network.held("ES21") == 0


def test_region_of_no_project_has_no_partners():
    network = Network.of([("TRES", "ES21"), ("TRES", "ITI1")])
    assert network.partners("FRK2") == []
    assert network.within_reach("FRK2") == []
    assert network.within_reach("ES21") == []
