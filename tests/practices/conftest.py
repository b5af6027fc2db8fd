"""People around a practice."""

from types import SimpleNamespace

import pytest

from accounts.models import Scope
from tests import factories
from tests.factories.practices import with_role


@pytest.fixture
def people():
    """A curator, an expert and a reader; none knows the practice or one another."""
    return SimpleNamespace(
        curator=with_role(Scope.Role.CURATOR),
        expert=with_role(Scope.Role.EXPERT),
        reader=factories.UserFactory(),
    )
