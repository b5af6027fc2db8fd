"""A curator at the upload page, and a dataflow to upload to."""

import pytest
from django.contrib.auth.models import Permission

from indicators.models import Dataflow
from tests.factories import UserFactory
from tests.indicators.uploads.desk import HELD


@pytest.fixture
def person(starter):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("upload_observations", "view_dataflow"))
    )
    return user


@pytest.fixture
def probe(ingest) -> Dataflow:
    """A dataflow with two series of three years."""
    ingest(HELD)
    return Dataflow.objects.get(code="probe")


@pytest.fixture
def desk(client, person):
    client.force_login(person)
    return client
