"""Answering readers, confirming adoptions, saying that a practice still runs."""

import pytest

from accounts.models import Notice
from practices import services
from practices.models import Adoption, Question, Reconfirmation
from tests.factories.practices import AdoptionFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, practice):
    def post(user, page="heard", **sent):
        client.force_login(user)
        return client.post(f"/practices/work/{practice.slug}/{page}/", sent)

    return post


def test_an_answer_reaches_who_asked_and_readers_where_it_is_public(
    client, practice, lead, people, send
):
    question = QuestionFactory(practice=practice, user=people.reader, text="How many?")
    sent = {"action": "answer", "number": question.pk, "text": "Forty."}
    assert send(lead, **sent, public="yes").status_code == 302
    told = Notice.objects.get(user=people.reader)
    assert "Forty." in told.body
    assert (
        people.reader.email
        not in client.get(f"/practices/work/{practice.slug}/heard/").content.decode()
    )
    page = f"/practices/{practice.slug}/"
    assert "Forty." not in client.get(page).content.decode()
    send(lead, action="publicity", show="yes")
    assert "Forty." in client.get(page).content.decode()
    assert people.reader.email not in client.get(page).content.decode()
    send(lead, **{**sent, "text": "Forty-two."})
    assert "Forty" not in client.get(page).content.decode()
    question.refresh_from_db()
    assert (question.answer, question.is_public) == ("Forty-two.", False)


def test_an_empty_answer_comes_back(lead, practice, send):
    question = QuestionFactory(practice=practice)
    answer = send(lead, action="answer", number=question.pk, text=" ", public="yes")
    assert answer.status_code == 400
    assert "Write something" in answer.content.decode()
    assert Question.objects.get().answer == ""


def test_questions_of_other_practices_are_out_of_reach(lead, send):
    other = QuestionFactory()
    answer = send(lead, action="answer", number=other.pk, text="Hello.")
    assert answer.status_code == 400
    assert Question.objects.get().answer == ""


def test_a_held_question_is_not_shown(client, lead, practice, send):
    question = QuestionFactory(practice=practice, is_held=True, text="Buy this")
    client.force_login(lead)
    page = client.get(f"/practices/work/{practice.slug}/heard/").content.decode()
    assert "Buy this" not in page
    assert send(lead, action="answer", number=question.pk, text="x").status_code == 409


@pytest.mark.parametrize(
    ("action", "state"), [("confirm", "confirmed"), ("refuse", "refused")]
)
def test_an_adoption_is_decided_once(client, practice, lead, send, action, state):
    adoption = AdoptionFactory(practice=practice, changes="Smaller vouchers.")
    sent = {"action": action, "number": adoption.pk, "text": "We met."}
    assert send(lead, **sent).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.state, adoption.remark) == (state, "We met.")
    shown = client.get(f"/practices/{practice.slug}/").content.decode()
    assert ("Smaller vouchers." in shown) is (state == "confirmed")
    assert send(lead, **sent).status_code == 409


def test_curators_look_after_what_nobody_writes(client, practice, people, send):
    adoption = AdoptionFactory(practice=practice)
    sent = {"action": "confirm", "number": adoption.pk}
    assert send(people.curator, **sent).status_code == 404
    practice.authorships.all().delete()
    page = f"/practices/work/{practice.slug}/heard/"
    text = client.get(page).content.decode()
    assert 'value="publicity"' not in text
    assert send(people.curator, **sent).status_code == 302
    assert Adoption.objects.get().state == "confirmed"
    assert send(people.reader, **sent).status_code == 404


def test_notices_lead_to_where_one_acts(practice, lead, people):
    services.ask_question(practice, "How?", by=people.curator)
    services.request_reconfirmation(practice)
    links = list(Notice.objects.filter(user=lead).values_list("link", flat=True))
    place = f"/practices/work/{practice.slug}"
    assert sorted(links) == [f"{place}/confirm/", f"{place}/heard/"]
    services.ask_question(practice, "Hm?", by=people.reader)
    held = Notice.objects.filter(user=people.curator, kind="practice-heard")
    assert held.get().link == "/practices/review/list/heard/"


@pytest.mark.parametrize("outcome", ["running", "ended"])
def test_an_author_says_how_it_stands(practice, lead, send, outcome):
    services.request_reconfirmation(practice)
    wrong = send(lead, "confirm", results="Twelve firms.")
    assert wrong.status_code == 400
    assert "Twelve firms." in wrong.content.decode()
    sent = {"outcome": outcome, "results": "Twelve firms."}
    assert send(lead, "confirm", **sent).status_code == 302
    asked = Reconfirmation.objects.get()
    assert (asked.outcome, asked.results) == (outcome, "Twelve firms.")
    assert asked.answered_by == lead
