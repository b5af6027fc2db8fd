"""Interest, questions, adoptions: passed on, held back, shown, confirmed."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Scope
from practices import services
from practices.errors import NotAllowed
from practices.models import Adoption, GoodPractice, Question
from practices.stages import Stage
from tests import factories
from tests.factories.practices import (
    AdoptionFactory,
    QuestionFactory,
    lead_of,
    whole_practice,
    with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return whole_practice(Stage.PUBLISHED)


@pytest.fixture
def known():
    """Somebody whom a curator gave a role."""
    return with_role(
        Scope.Role.CONTRIBUTOR, organisation=factories.OrganisationFactory()
    )


def test_the_first_question_of_a_stranger_is_held(practice, people):
    question = services.ask_question(practice, "How many firms?", by=people.reader)
    author = lead_of(practice)
    assert question.is_held
    assert not author.notices.exists()
    assert people.curator.notices.filter(kind="practice-heard").exists()
    with pytest.raises(NotAllowed):
        services.answer(question, "Thirty.", by=author, is_public=True)
    with pytest.raises(NotAllowed):
        services.let_through(question, by=people.reader)
    services.let_through(question, by=people.curator)
    assert author.notices.filter(kind="practice-heard").count() == 1
    # Once known, they are heard at once.
    assert not services.ask_question(practice, "And why?", by=people.reader).is_held


def test_spam_never_reaches_the_authors(practice, people):
    said = services.interest(practice, by=people.reader, message="Buy my vouchers")
    services.hold_back(said, by=people.curator)
    assert not practice.interests.exists()
    assert not lead_of(practice).notices.exists()


def test_interest_said_twice_is_one(practice, known):
    services.interest(practice, by=known, message="Tell me more")
    said = services.interest(practice, by=known, message="And the cost?")
    assert practice.interests.get() == said
    assert said.message == "And the cost?"


def test_answers_are_public_where_the_author_agrees_twice(practice, known):
    author = lead_of(practice)
    question = services.ask_question(practice, "How?", by=known)
    with pytest.raises(NotAllowed):
        services.answer(question, "So.", by=known, is_public=True)
    services.answer(question, "So.", by=author, is_public=True)
    assert not Question.objects.public().exists()
    services.set_public_answers(practice, by=author, is_public=True)
    assert Question.objects.public().get() == question
    services.answer(question, "So, and so.", by=author, is_public=False)
    assert not Question.objects.public().exists()
    assert known.notices.filter(kind="practice-answer").count() == 2


def test_no_question_about_a_draft(known):
    with pytest.raises(NotAllowed):
        services.ask_question(whole_practice(), "How?", by=known)


def test_no_empty_question(practice, known):
    with pytest.raises(ValidationError):
        services.ask_question(practice, " \x00 ", by=known)


def test_an_adoption_is_shown_once_an_author_confirms_it(practice, known):
    region = factories.RegionFactory()
    told = {"region": region, "year": 2021, "changes": "Smaller sums."}
    adoption = services.record_adoption(practice, by=known, **told)
    assert not Adoption.objects.public().exists()
    with pytest.raises(ValidationError) as caught:
        services.record_adoption(practice, by=known, **told)
    assert "region" in caught.value.message_dict
    with pytest.raises(NotAllowed):
        services.confirm_adoption(adoption, by=known)
    author = lead_of(practice)
    assert author.notices.filter(kind="practice-adoption").exists()
    services.confirm_adoption(adoption, by=author, remark="They visited us.")
    assert Adoption.objects.public().get() == adoption
    assert list(region.adoptions.public()) == [adoption]
    with pytest.raises(NotAllowed):
        services.refuse_adoption(adoption, by=author)
    GoodPractice.objects.update(state="archived", stage="archived")
    assert not Adoption.objects.public().exists()


@pytest.mark.parametrize("year", [1900, 2999])
def test_adoptions_of_no_time(practice, known, year):
    with pytest.raises(ValidationError):
        services.record_adoption(
            practice,
            by=known,
            region=factories.RegionFactory(),
            year=year,
            changes="x",
        )


def test_no_region_adopts_its_own(practice, known):
    with pytest.raises(ValidationError, match="comes from this region"):
        services.record_adoption(
            practice, by=known, region=practice.regions.get(), year=2020, changes="x"
        )


def test_where_nobody_writes_a_practice_a_curator_confirms(people):
    adoption = AdoptionFactory()
    services.confirm_adoption(adoption, by=people.curator)
    assert Adoption.objects.public().exists()
    with_authors = AdoptionFactory(practice=whole_practice(Stage.PUBLISHED))
    with pytest.raises(NotAllowed):
        services.confirm_adoption(with_authors, by=people.curator)


def test_authors_do_not_confirm_what_they_told(practice):
    author = lead_of(practice)
    adoption = AdoptionFactory(practice=practice, told_by=author)
    with pytest.raises(NotAllowed, match="somebody else"):
        services.confirm_adoption(adoption, by=author)


def test_questions_outlive_the_account_of_who_asked(practice):
    question = QuestionFactory(practice=practice)
    question.user.delete()
    services.answer(question, "So.", by=lead_of(practice), is_public=True)
    assert Question.objects.get().answer == "So."
