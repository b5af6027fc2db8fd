"""Two authors at once: what only one changed is kept, whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.content import digests
from practices.errors import Conflict, NotAllowed
from practices.models import GoodPractice
from practices.services import content_in_work, merge, submit
from practices.services.merging import _differing
from practices.stages import Stage
from tests.factories.practices import lead_of, whole_practice

VALUES = st.none() | st.text() | st.lists(st.text()) | st.booleans()


@given(st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_only_what_differs_from_what_was_seen_is_sent(before, now):
    found = _differing(now, digests(before))
    assert found == {
        name: value
        for name, value in now.items()
        if name not in before
        or type(before[name]) is not type(value)
        or before[name] != value
    }


@pytest.mark.django_db
def test_the_same_change_of_two_is_no_conflict():
    practice = whole_practice(Stage.DRAFT)
    lead, seen = lead_of(practice), digests(content_in_work(practice))
    for _twice in range(2):
        merged = merge(practice, {"summary": "Both."}, seen, by=lead)
    assert merged.row.revision == 1
    with pytest.raises(Conflict) as caught:
        merge(practice, {"summary": "Not both."}, seen, by=lead)
    assert caught.value.theirs == {"summary": "Both."}
    assert caught.value.yours == {"summary": "Not both."}


@pytest.mark.django_db
def test_without_marks_nothing_is_written_over():
    practice = whole_practice(Stage.DRAFT)
    lead = lead_of(practice)
    with pytest.raises(Conflict):
        merge(practice, {"summary": "Blind."}, {}, by=lead)
    assert merge(practice, {"summary": practice.summary}, {}, by=lead).row.revision == 0


@pytest.mark.django_db
def test_in_review_nothing_is_merged(people):
    practice = whole_practice(Stage.DRAFT)
    lead, seen = lead_of(practice), digests(content_in_work(practice))
    with pytest.raises(NotAllowed):
        merge(practice, {"summary": "Mine."}, seen, by=people.reader)
    submit(practice, by=lead, revision=0)
    with pytest.raises(NotAllowed):
        merge(practice, {"summary": "Late."}, seen, by=lead)
    assert GoodPractice.objects.get().summary == practice.summary
