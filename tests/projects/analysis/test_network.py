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
        link, names = network.between(b, a), shared(seats, a, b)
        assert (list(link.projects) if link else []) == names
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
                        shared(seats, start, via),
                        shared(seats, via, end),
                    )
        reached = network.within_reach(start)
        assert {
            reach.region: {
                way.via: (list(way.first), list(way.then))
                for way in reach.introductions
            }
            for reach in reached
        } == by_hand
        strengths = [reach.strength for reach in reached]
        assert strengths == sorted(strengths, reverse=True)


@given(SEATS, st.randoms())
def test_order_of_the_seats_does_not_matter(seats, rng):
    mixed = [*seats, *seats]
    rng.shuffle(mixed)
    assert Network.of(mixed) == Network.of(seats)


def test_region_of_no_project_has_no_partners():
    network = Network.of([("TRES", "ES21"), ("TRES", "ITI1")])
    assert network.partners("FRK2") == []
    assert network.within_reach("FRK2") == []
    assert network.within_reach("ES21") == []
