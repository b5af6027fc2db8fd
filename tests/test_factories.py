"""Factories make what the database accepts, and nothing twice."""

import pytest

from indicators.models import Vintage
from regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", factories.__all__)
def test_every_factory_makes_valid_objects(name):
    for made in getattr(factories, name).create_batch(2):
        made.full_clean(validate_constraints=True)


def test_a_region_comes_with_the_regions_above_it():
    region = factories.RegionFactory(code="ES21")
    assert [region.parent.code, region.parent.parent.code] == ["ES2", "ES"]
    factories.RegionFactory(code="ES22")
    assert Region.objects.count() == 4


def test_a_vintage_hangs_together():
    vintage = factories.VintageFactory()
    assert vintage.series.area.dataflow == vintage.series.slice.dataflow
    assert list(Vintage.objects.current()) == [vintage]
