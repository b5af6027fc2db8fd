"""The review queue and the author's list."""

import pytest

from accounts.models import Scope
from practices.models import Authorship
from practices.queries import practices_of, review_queue
from practices.stages import Stage
from tests import factories
from tests.factories.practices import (
    AuthorshipFactory,
    QuestionFactory,
    ReviewFactory,
    lead_of,
    whole_practice,
    with_role,
)

pytestmark = pytest.mark.django_db


def test_each_sees_the_steps_that_are_theirs(people):
    programme = factories.ProgrammeFactory()
    complete = ReviewFactory(
        practice=whole_practice(Stage.COMPLETENESS, programme=programme)
    )
    other = ReviewFactory(practice=whole_practice(Stage.COMPLETENESS))
    deep = ReviewFactory(practice=whole_practice(Stage.SUBSTANCE), step="substance")
    secretary = with_role(Scope.Role.SECRETARIAT, programme_code=programme.slug)
    region = deep.practice.regions.get()
    inside = with_role(Scope.Role.EXPERT, region=region.parent)
    elsewhere = with_role(Scope.Role.EXPERT, region=factories.RegionFactory())
    assert set(review_queue(people.curator)) == {complete, other, deep}
    assert set(review_queue(people.expert)) == {deep}
    assert set(review_queue(secretary)) == {complete}
    assert set(review_queue(inside)) == {deep}
    assert set(review_queue(elsewhere)) == set()
    assert set(review_queue(people.reader)) == set()


def test_nobody_reviews_their_own(people):
    review = ReviewFactory(practice=whole_practice(Stage.COMPLETENESS))
    role = Authorship.Role.CO_AUTHOR
    AuthorshipFactory(practice=review.practice, user=people.curator, role=role)
    assert not review_queue(people.curator).exists()


def test_an_author_sees_what_waits_in_one_statement(django_assert_num_queries):
    practice = whole_practice(Stage.PUBLISHED)
    QuestionFactory.create_batch(2, practice=practice)
    QuestionFactory(practice=practice, is_held=True)
    whole_practice()
    author = lead_of(practice)
    with django_assert_num_queries(1):
        (found,) = practices_of(author)
    assert (found, found.role) == (practice, "lead")
    assert (found.open_questions, found.open_comments, found.open_adoptions) == (
        2,
        0,
        0,
    )
