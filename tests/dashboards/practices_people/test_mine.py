"""An author's own page: everything that waits, each with the place to do it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices import services
from practices.models import FieldComment, Interest
from practices.services import request_reconfirmation
from practices.stages import Stage
from tests import factories
from tests.factories.practices import (
    AdoptionFactory,
    QuestionFactory,
    ReviewFactory,
    lead_of,
    whole_practice,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/practices/mine/"


def tasks(client):
    text = client.get(ADDRESS).content.decode()
    found = re.search(r'class="own-practices own-cards">(.*)</main>', text, re.DOTALL)
    pattern = r'<li><a href="([^"]+)">([^<]+)</a></li>'
    return re.findall(pattern, found[1]) if found else []


def test_what_readers_wait_for_is_named_with_its_place(client, practice, lead):
    client.force_login(lead)
    assert tasks(client) == []
    QuestionFactory.create_batch(2, practice=practice)
    QuestionFactory(practice=practice, is_held=True)
    AdoptionFactory(practice=practice)
    request_reconfirmation(practice)
    place = f"/practices/work/{practice.slug}"
    found = tasks(client)
    assert [url for url, _text in found] == [
        f"{place}/heard/", f"{place}/heard/#adoptions", f"{place}/confirm/",
    ]  # fmt: skip
    assert found[0][1] == "Answer 2 questions"
    assert found[1][1] == "Confirm 1 adoption"


def test_a_draft_says_what_comes_next(client):
    draft = whole_practice(Stage.DRAFT)
    client.force_login(lead_of(draft))
    assert tasks(client) == [
        (f"/practices/work/{draft.slug}/", "Submit it: nothing is missing")
    ]
    row = services.autosave(draft, {"summary": ""}, draft.revision, by=lead_of(draft))
    assert tasks(client)[0][1] == "Tell the 1 thing that is missing"
    row.stage, row.state = Stage.CHANGES_ASKED, "in_review"
    row.save()
    review = ReviewFactory(practice=row)
    FieldComment.objects.create(practice=row, review=review, field="title", text="?")
    assert tasks(client)[0][1] == "Answer 1 comment of the reviewers"


def test_what_waits_stands_first(client, practice, lead):
    quiet = factories.GoodPracticeFactory(title="Quiet")
    factories.practices.AuthorshipFactory(practice=quiet, user=lead)
    quiet.stage, quiet.state = Stage.PUBLISHED, "published"
    quiet.save()
    QuestionFactory(practice=practice)
    client.force_login(lead)
    text = client.get(ADDRESS).content.decode()
    assert text.index(practice.title) < text.index("Quiet")


def test_what_one_told_elsewhere_has_its_state(client, practice, people):
    QuestionFactory(practice=practice, user=people.reader, is_held=True)
    Interest.objects.create(practice=practice, user=people.reader)
    AdoptionFactory(practice=practice, told_by=people.reader)
    client.force_login(people.reader)
    text = client.get(ADDRESS).content.decode()
    assert "You write no practice yet" in text
    assert "A curator looks at it first" in text
    assert "The authors were told" in text
    assert "To be confirmed" in text


def test_an_invitation_to_ones_address_is_accepted_here(client, practice, people, lead):
    services.invite(practice, people.reader.email, by=lead)
    others, _token = services.invite(practice, "somebody@example.org", by=lead)
    client.force_login(people.reader)
    found = re.search(
        r'name="invitation" value="(\d+)"', client.get(ADDRESS).content.decode()
    )
    assert client.post(ADDRESS, {"invitation": others.pk}).url == ADDRESS
    assert not practice.authorships.filter(user=people.reader).exists()
    answer = client.post(ADDRESS, {"invitation": found[1]})
    assert answer.url == f"/practices/work/{practice.slug}/"
    assert practice.authorships.get(user=people.reader).role == "co_author"


def test_statements_do_not_grow_with_practices(client):
    user = factories.UserFactory()

    def add(stage):
        found = whole_practice(stage)
        found.authorships.update(user=user)
        QuestionFactory(practice=found)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(ADDRESS).status_code == 200
        return len(caught)

    client.force_login(user)
    for stage in (Stage.DRAFT, Stage.PUBLISHED):
        add(stage)
    count()
    before = count()
    for stage in (Stage.DRAFT, Stage.DRAFT, Stage.PUBLISHED, Stage.COMPLETENESS):
        add(stage)
    assert count() == before


def test_it_is_for_people_who_are_signed_in(client):
    assert client.get(ADDRESS).url.startswith("/account/login/")
