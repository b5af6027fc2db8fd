"""Practices that readers may and may not see."""

import pytest

from practices.models import GoodPractice
from practices.services.versions import record_version
from practices.stages import Stage
from sources.curation import Origin
from tests.factories import RegionFactory
from tests.factories.practices import whole_practice


@pytest.fixture
def told(db):
    """A published practice with everything said, and its first version."""
    practice = whole_practice(
        Stage.PUBLISHED, title="Vouchers for firms", origin=Origin.PORTAL
    )
    region = RegionFactory(code="ES21", name="País Vasco", country="ES")
    practice.regions.set([region])
    record_version(practice)
    return GoodPractice.objects.get(pk=practice.pk)
