"""Searching priorities and strategies, and the matrix: only what readers may see."""

import pytest

from sources.curation import Publication
from sources.queryforms import validate
from strategies.listing import PRIORITIES, STRATEGIES
from strategies.matrix import domain_matrix
from strategies.models import Domain, Priority, Strategy
from strategies.queries import alike, listed_priorities, strategies_of
from tests.factories import RegionFactory
from tests.factories.catalogue import DomainFactory, PriorityFactory, StrategyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Two regions, three priorities, a draft; "Wind" is a part of "Energy"."""
    energy = DomainFactory(code="energy", name="Energy")
    wind = DomainFactory(code="energy.01", name="Wind power", parent=energy)
    kets = DomainFactory(code="kets", name="Key technologies", kind=Domain.Kind.POLICY)
    north = StrategyFactory(area_name="País del Norte")
    south = StrategyFactory(first_year=2014, last_year=2020)
    broad = PriorityFactory(strategy=north, name="Energía")
    broad.domains.add(energy, kets)
    fine = PriorityFactory(strategy=south, name="Turbines at sea")
    fine.domains.add(wind)
    bare = PriorityFactory(strategy=south, name="Cheese")
    draft = PriorityFactory(strategy=north, name="Waiting", state=Publication.DRAFT)
    draft.domains.add(energy, kets)
    return {"broad": broad, "fine": fine, "bare": bare, "north": north, "south": south}


def search(querystring, listing=PRIORITIES, records=None):
    from django.http import QueryDict

    query = validate(listing.form_class(), QueryDict(querystring))
    records = Priority.objects.public() if records is None else records
    return listing.search(records, query)


def names(found):
    return {record.name for record in found.records}


def counts(found, facet):
    view = next(view for view in found.facets if view.name == facet)
    return {option.value: option.count for option in view.options}


def test_a_broad_domain_takes_in_the_finer_ones(made):
    assert names(search("economic=energy")) == {"Energía", "Turbines at sea"}
    assert names(search("economic=energy.01")) == {"Turbines at sea"}
    assert names(search("economic=none")) == {"Cheese"}


def test_each_count_is_what_choosing_the_value_finds(made):
    found = search("")
    for facet in found.facets:
        for value, count in counts(found, facet.name).items():
            assert search(f"{facet.name}={value}").total == count, (facet.name, value)
    assert counts(found, "economic") == {"energy": 2, "energy.01": 1, "none": 1}
    assert counts(found, "period")["2014-2020"] == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("energia", {"Energía"}),
        ("pais norte", {"Energía"}),
        ("wind", {"Turbines at sea"}),
        ("waiting", set()),
        ("energia cheese", set()),
    ],
)
def test_words_are_found_in_priority_strategy_and_domains(made, words, expected):
    assert names(search(f"q={words}")) == expected


def test_strategies_are_found_by_their_priorities(made):
    found = search("q=cheese", STRATEGIES, Strategy.objects.public())
    assert list(found.records) == [made["south"]]


def test_a_strategy_of_two_periods_is_found_in_both():
    StrategyFactory(first_year=2014, last_year=2027)
    for period in ("2014-2020", "2021-2027"):
        assert search(f"period={period}", STRATEGIES, Strategy.objects.public()).total
    assert not search("period=2007-2013", STRATEGIES, Strategy.objects.public()).total


def test_priorities_of_a_draft_strategy_are_nowhere(made):
    Strategy.objects.filter(pk=made["north"].pk).update(state=Publication.DRAFT)
    assert names(search("")) == {"Turbines at sea", "Cheese"}
    matrix = domain_matrix(kind="economic")
    assert [row.code for row in matrix.rows] == [made["south"].nuts_code]


def test_matrix_counts_priorities_once_in_a_broad_domain(made):
    made["fine"].domains.add(Domain.objects.get(code="energy"))
    matrix = domain_matrix(kind="economic")
    energy = [domain.code for domain in matrix.domains].index("energy")
    assert {row.code: row.cells[energy].count for row in matrix.rows} == {
        made["north"].nuts_code: 1,
        made["south"].nuts_code: 1,
    }
    assert {row.code: row.priorities for row in matrix.rows} == {
        made["north"].nuts_code: 1,
        made["south"].nuts_code: 2,
    }
    assert matrix.totals[energy].count == 2
    assert [
        row.code for row in domain_matrix(kind="economic", period="2021-2027").rows
    ] == [made["north"].nuts_code]


def test_who_else_has_this_leaves_out_the_own_area_and_drafts(made):
    kets = Domain.objects.get(code="kets")
    other = PriorityFactory(name="Chips")
    other.domains.add(kets)
    own = PriorityFactory(strategy=made["north"], name="Nano")
    own.domains.add(kets)
    hidden = PriorityFactory(state=Publication.DRAFT)
    hidden.domains.add(kets)
    found = alike(listed_priorities().get(pk=made["broad"].pk))
    assert [(item.priority, item.domains) for item in found] == [(other, [kets])]


def test_a_region_has_its_own_strategies_and_those_that_cover_it(made):
    region = RegionFactory()
    own = StrategyFactory(region=region, first_year=2014, last_year=2020)
    wider = StrategyFactory()
    wider.covers.add(region)
    StrategyFactory(region=region, first_year=2007, last_year=2013, state="draft")
    assert strategies_of(region) == [wider, own]


def test_the_number_of_statements_does_not_grow(made, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(listed_priorities())
    for _ in range(5):
        PriorityFactory().domains.add(Domain.objects.get(code="kets"))
    with django_assert_num_queries(2):
        assert len(list(listed_priorities())) == 8
    with django_assert_num_queries(3):
        domain_matrix(kind="economic")
