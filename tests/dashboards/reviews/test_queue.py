"""The queue: whose it is, what is in it, what it costs; and curators' other lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Scope
from practices.models import GoodPractice, Interest, Question
from practices.stages import Stage
from tests import factories
from tests.dashboards.pages import read
from tests.factories.practices import (
    QuestionFactory,
    ReconfirmationFactory,
    ReviewFactory,
    whole_practice,
    with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    def get(user, query=""):
        client.force_login(user)
        return client.get(f"/practices/review/{query}")

    return get


def waiting(days=5, stage=Stage.COMPLETENESS, **given):
    reviewer = given.pop("reviewer", None)
    practice = whole_practice(stage, **given)
    due = timezone.localdate() + timedelta(days=days)
    ReviewFactory(practice=practice, step=stage.value, due=due, reviewer=reviewer)
    return practice


def titles(answer):
    return [item.review.practice.title for item in answer.context["page"]]


def test_states_count_and_narrow(people, look):
    free = waiting(country="ES")
    mine = waiting(2, reviewer=people.curator, country="PL")
    late = waiting(-1, reviewer=with_role(Scope.Role.CURATOR), country="ES")
    answer = look(people.curator)
    assert titles(answer) == [late.title, mine.title, free.title]
    counts = {str(label): count for label, count, *_rest in answer.context["states"]}
    assert counts == {
        "All": 3, "Mine": 1, "Not taken": 1, "With others": 1,
        "Due in three days": 1, "Overdue": 1,
    }  # fmt: skip
    for query, expected in {
        "?state=mine": [mine], "?state=free": [free], "?state=overdue": [late],
        "?state=soon": [mine], "?country=ES": [late, free],
        "?country=ES&state=free": [free], "?step=substance": [],
        f"?theme={mine.themes.get().slug}": [mine],
    }.items():  # fmt: skip
        assert titles(look(people.curator, query)) == [p.title for p in expected]
    assert look(people.curator, "?state=none").status_code == 400
    assert look(people.curator, "?color=red").status_code == 400


def test_each_sees_what_is_theirs(people, look):
    programme = factories.ProgrammeFactory()
    secretary = with_role(Scope.Role.SECRETARIAT, programme_code=programme.slug)
    own = waiting(programme=programme)
    waiting()
    substance = waiting(stage=Stage.SUBSTANCE)
    assert titles(look(secretary)) == [own.title]
    assert titles(look(people.expert)) == [substance.title]
    assert len(titles(look(people.curator))) == 3
    assert "ready" not in look(people.expert).context


def test_curators_see_what_is_to_be_published(people, look):
    ready = whole_practice(Stage.APPROVED)
    assert ready.title in read(look(people.curator)).text


def test_the_number_of_statements_does_not_grow(
    people, client, django_assert_num_queries
):
    waiting()
    client.force_login(people.curator)
    with CaptureQueriesContext(connection) as few:
        client.get("/practices/review/")
    for _n in range(6):
        waiting(stage=Stage.SUBSTANCE)
        whole_practice(Stage.APPROVED)
    with django_assert_num_queries(len(few)):
        client.get("/practices/review/")


def test_first_messages_are_let_through_or_held_back(client, people):
    practice = whole_practice(Stage.PUBLISHED)
    question = QuestionFactory(practice=practice, is_held=True, text="Who paid?")
    spam = Interest.objects.create(
        practice=practice, user=people.reader, message="Buy pills", is_held=True
    )
    client.force_login(people.curator)
    page = read(client.get("/practices/review/list/heard/"))
    assert "Who paid?" in page.text
    assert "Buy pills" in page.text
    address = "/practices/review/list/heard/{}/{}/"
    client.post(address.format("question", question.pk), {"decision": "through"})
    client.post(address.format("interest", spam.pk), {"decision": "back"})
    assert not Question.objects.get().is_held
    assert not Interest.objects.exists()
    answer = client.post(
        address.format("interest", spam.pk), {"decision": "back"}, follow=True
    )
    assert "Somebody else decided this already." in answer.content.decode()
    client.force_login(people.expert)
    answer = client.post(address.format("question", question.pk))
    assert answer.status_code == 403


def test_late_confirmations_are_listed(client, people):
    late, lapsed, asked = (whole_practice(Stage.PUBLISHED) for _n in range(3))
    today = timezone.localdate()
    ReconfirmationFactory(practice=late, due=today - timedelta(days=1))
    ReconfirmationFactory(practice=asked, due=today + timedelta(days=9))
    GoodPractice.objects.filter(pk=lapsed.pk).update(is_lapsed=True)
    client.force_login(people.curator)
    text = read(client.get("/practices/review/list/confirmations/")).text
    assert late.title in text
    assert lapsed.title in text
    assert asked.title not in text


def test_links_from_where_reviewers_are(client, people):
    client.force_login(people.expert)
    assert "/practices/review/" in read(client.get("/account/")).links
    client.force_login(people.reader)
    assert "/practices/review/" not in read(client.get("/account/")).links
