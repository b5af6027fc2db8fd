"""An author before the form of a practice, with or without a second one."""

import pytest

from practices.content import digests
from practices.models import GoodPractice
from practices.services import content_in_work
from practices.stages import Stage
from tests.dashboards.pages import read
from tests.factories.practices import AuthorshipFactory, lead_of, whole_practice
from tests.practices.conftest import people

__all__ = ["people"]


@pytest.fixture
def draft(db):
    """Complete, and by a lead author whose name is Anna."""
    practice = whole_practice(Stage.DRAFT, title="Vouchers for small firms")
    lead = lead_of(practice)
    lead.name = "Anna"
    lead.save()
    return practice


@pytest.fixture
def ben(draft):
    """A co-author of the draft."""
    seat = AuthorshipFactory(practice=draft, role="co_author", user__name="Ben")
    return seat.user


@pytest.fixture
def opened():
    """What the form of a step would send unchanged: its marks and nothing else."""

    def marks(practice):
        row = GoodPractice.objects.get(pk=practice.pk)
        told = digests(content_in_work(row))
        return " ".join(f"{name}:{mark}" for name, mark in told.items())

    return marks


@pytest.fixture
def send(client):
    """Post to a page of the practice as somebody."""

    def post(user, practice, page="", **sent):
        client.force_login(user)
        place = f"/practices/work/{practice.slug}/"
        return client.post(f"{place}{page}/" if page else place, sent)

    return post


@pytest.fixture
def look(client):
    def get(user, practice, page=""):
        client.force_login(user)
        place = f"/practices/work/{practice.slug}/"
        return read(client.get(f"{place}{page}/" if page else place))

    return get
