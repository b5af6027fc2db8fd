"""Strategies of wider areas, priorities by domain."""

import pytest
from django.db import IntegrityError, transaction

from strategies.models import Domain, Priority, Strategy
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_region_has_its_own_strategy_and_those_that_cover_it():
    region = factories.RegionFactory()
    own = factories.StrategyFactory(region=region)
    wider = factories.StrategyFactory()
    wider.covers.add(region)
    factories.StrategyFactory()
    assert set(Strategy.objects.for_region(region)) == {own, wider}


def test_a_broad_domain_takes_in_the_fine_ones():
    broad = factories.DomainFactory()
    fine = factories.DomainFactory(parent=broad)
    priorities = factories.PriorityFactory.create_batch(3)
    priorities[0].domains.add(broad, fine)
    priorities[1].domains.add(fine)
    assert set(Priority.objects.tagged(broad)) == set(priorities[:2])
    assert set(Priority.objects.tagged(fine)) == set(priorities[:2])
    assert list(Domain.objects.headings()) == [broad]
    of_one = Priority.objects.for_region(priorities[2].strategy.region)
    assert list(of_one) == [priorities[2]]


def test_a_strategy_is_one_for_an_area_and_period():
    held = factories.StrategyFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.StrategyFactory(region=held.region, slug="another")
    later = factories.StrategyFactory(
        region=held.region, first_year=2028, last_year=2034
    )
    assert held.slug == f"{held.nuts_code.lower()}-2021-2027" != later.slug


def test_codes_are_unique_within_a_kind():
    factories.DomainFactory(kind="economic", code="health")
    factories.DomainFactory(kind="policy", code="health")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.DomainFactory(kind="policy", code="health")
