"""Who else has this: the nearest priority of each other region."""

from hypothesis import given
from hypothesis import strategies as st

from strategies.analysis.overlap import Tagged, overlaps


def tagged(key, owner, *domains):
    return Tagged(key, owner, frozenset(domains))


def test_more_shared_domains_come_first_then_the_larger_share():
    others = [
        tagged(1, "AT", 1),
        tagged(2, "BE", 1, 2, 9),
        tagged(3, "CZ", 1, 2),
        tagged(4, "DE", 7),
    ]
    found = overlaps({1, 2}, others)
    assert [(item.owner, sorted(item.shared), item.share) for item in found] == [
        ("CZ", [1, 2], 1.0),
        ("BE", [1, 2], 2 / 3),
        ("AT", [1], 1 / 2),
    ]


def test_an_owner_stands_with_its_nearest_priority_only():
    found = overlaps({1, 2}, [tagged(1, "AT", 1), tagged(2, "AT", 1, 2)])
    assert [item.key for item in found] == [2]


def test_a_limit_keeps_the_nearest():
    others = [tagged(n, f"R{n}", *range(n)) for n in range(1, 6)]
    assert [item.key for item in overlaps(set(range(5)), others, limit=2)] == [5, 4]


domains = st.frozensets(st.integers(0, 6), max_size=5)


@given(domains, st.lists(st.tuples(st.integers(0, 4), domains), max_size=12))
def test_agrees_with_counting_by_hand(mine, given_others):
    others = [Tagged(i, owner, tags) for i, (owner, tags) in enumerate(given_others)]
    found = overlaps(mine, others)
    sharing = {o.owner for o in others if mine & o.domains}
    assert [item.owner for item in found] == list(
        dict.fromkeys(item.owner for item in found)
    )
    assert {item.owner for item in found} == sharing
    for item in found:
        most = max(len(mine & o.domains) for o in others if o.owner == item.owner)
        assert len(item.shared) == most
    sizes = [(len(item.shared), item.share) for item in found]
    assert sizes == sorted(sizes, reverse=True)
