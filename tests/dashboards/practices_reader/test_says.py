"""Readers speak to the authors: who may, what waits, what is refused."""

import pytest
from django.core.cache import cache

from accounts.models import Scope
from practices.models import Adoption, Interest, Question
from tests.factories import RegionFactory, UserFactory
from tests.factories.practices import with_role

pytestmark = pytest.mark.django_db
ADDRESS = "/practices/vouchers-for-firms/"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def stranger(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize("what", ["interest", "ask", "adopt"])
def test_who_is_not_signed_in_is_led_to_signing_in_and_back(client, told, what):
    response = client.get(f"{ADDRESS}{what}/")
    assert response.status_code == 302
    assert f"next={ADDRESS}{what}/" in response["Location"]


def test_the_first_question_of_a_stranger_waits_and_says_so(client, told, stranger):
    response = client.post(f"{ADDRESS}ask/", {"text": "How?"}, follow=True)
    question = Question.objects.get()
    assert question.user == stranger
    assert question.is_held
    assert "a curator looks at it" in response.content.decode()


def test_who_is_known_reaches_the_authors_at_once(client, told):
    client.force_login(with_role(Scope.Role.EXPERT))
    client.post(f"{ADDRESS}interest/", {"message": "We plan the same."})
    assert not Interest.objects.get().is_held


def test_an_empty_question_is_refused_where_it_was_typed(client, told, stranger):
    response = client.post(f"{ADDRESS}ask/", {"text": " "})
    assert response.status_code == 400
    assert not Question.objects.exists()


def test_programs_are_thanked_and_not_heard(client, told, stranger):
    client.post(f"{ADDRESS}ask/", {"text": "Buy", "nickname": "bot"})
    assert not Question.objects.exists()


def test_too_much_from_one_address_is_refused(client, told, stranger):
    for _ in range(10):
        client.post(f"{ADDRESS}ask/", {"text": "How?"})
    response = client.post(f"{ADDRESS}ask/", {"text": "How?"})
    assert response.status_code == 429
    assert Question.objects.count() == 10


def test_an_editor_tells_of_an_adoption_in_their_region(client, told):
    region, other = RegionFactory(code="FRF3"), RegionFactory(code="EE00")
    editor = with_role(Scope.Role.REGIONAL_EDITOR, region=region)
    client.force_login(editor)
    said = {"region": region.pk, "year": 2020, "changes": "Smaller."}
    client.post(f"{ADDRESS}adopt/", said)
    adoption = Adoption.objects.get()
    assert (adoption.region, adoption.state) == (region, "waiting")
    refused = client.post(f"{ADDRESS}adopt/", {**said, "region": other.pk})
    assert refused.status_code == 400
    again = client.post(f"{ADDRESS}adopt/", said)
    assert again.status_code == 400
    assert b"told already" in again.content


def test_whoever_speaks_for_no_region_is_told_who_does(client, told, stranger):
    assert b"regional editor" in client.get(f"{ADDRESS}adopt/").content
    client.post(f"{ADDRESS}adopt/", {"year": 2020, "changes": "Smaller."})
    assert not Adoption.objects.exists()
