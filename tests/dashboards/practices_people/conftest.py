"""A published practice with its lead, and somebody who writes along."""

import pytest

from practices.models import Authorship
from practices.stages import Stage
from tests.factories.practices import AuthorshipFactory, lead_of, whole_practice
from tests.practices.conftest import people

__all__ = ["people"]


@pytest.fixture
def practice():
    return whole_practice(Stage.PUBLISHED)


@pytest.fixture
def lead(practice):
    return lead_of(practice)


@pytest.fixture
def co_author(practice):
    role = Authorship.Role.CO_AUTHOR
    return AuthorshipFactory(practice=practice, role=role).user
