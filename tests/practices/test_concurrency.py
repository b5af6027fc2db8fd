"""Two people at the same moment: one is first, the other is told, nothing is lost."""

import pytest

from accounts.models import Scope
from practices import services
from practices.errors import Conflict
from practices.models import GoodPractice
from practices.stages import Stage
from tests.factories.practices import lead_of, whole_practice, with_role
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_reviewers_at_once():
    practice = whole_practice(Stage.SUBSTANCE)
    seen = GoodPractice.objects.get().revision
    experts = [with_role(Scope.Role.EXPERT), with_role(Scope.Role.EXPERT)]
    found = together(
        lambda: services.approve(practice, by=experts[0], revision=seen),
        lambda: services.decline(
            practice, by=experts[1], revision=seen, reason="Thin."
        ),
    )
    (refused,) = [item for item in found if isinstance(item, Exception)]
    assert isinstance(refused, Conflict)
    first = found[1 - found.index(refused)]
    row = GoodPractice.objects.get()
    assert row.stage == first.stage
    assert row.story.count() == 1
    assert refused.who == str(row.edited_by)


def test_two_saves_at_once_lose_no_word():
    practice = whole_practice()
    author, seen = lead_of(practice), GoodPractice.objects.get().revision
    found = together(
        *[
            lambda text=text: services.autosave(
                practice, {"summary": text}, seen, by=author
            )
            for text in ("One.", "Two.")
        ]
    )
    (refused,) = [item for item in found if isinstance(item, Conflict)]
    held = GoodPractice.objects.get().summary
    assert {held, refused.yours["summary"]} == {"One.", "Two."}
    assert refused.theirs == {"summary": held}
