"""A curator at the desk, and how a file is brought there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange import services
from exchange.models import ImportBatch
from tests.factories import ScopeFactory, UserFactory


@pytest.fixture
def curator(db):
    user = UserFactory(is_staff=True)
    ScopeFactory(user=user)
    return user


@pytest.fixture
def take(curator):
    """Uploads a text or bytes; gives the batch with its preview."""

    def take(kind, data, *, user=None, name="sheet.csv", **options) -> ImportBatch:
        body = data.encode() if isinstance(data, str) else data
        file = SimpleUploadedFile(name, body)
        return services.take(file, kind=kind, user=user or curator, options=options)

    return take


@pytest.fixture
def load(take, curator):
    """Uploads and confirms; gives the batch as it is then."""

    def load(kind, data, **options) -> ImportBatch:
        batch = take(kind, data, **options)
        return services.confirm(batch.pk, batch.user)

    return load
