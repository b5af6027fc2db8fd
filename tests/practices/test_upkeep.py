"""Asked again, reminded, lapsed; opinions and lowered grades."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from practices import services
from practices.analysis.evidence import Grade
from practices.errors import NotAllowed
from practices.models import GoodPractice, Reconfirmation
from practices.stages import Stage
from practices.tasks import look_after, publish_due
from tests import factories
from tests.factories.practices import (
    ReconfirmationFactory,
    ReviewFactory,
    lead_of,
    whole_practice,
)

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_every_24_months_the_authors_are_asked():
    old = whole_practice(Stage.PUBLISHED, confirmed_at=ago(731))
    whole_practice(Stage.PUBLISHED, confirmed_at=ago(729))
    whole_practice(Stage.WITHDRAWN, confirmed_at=ago(900))
    factories.GoodPracticeFactory()  # nobody writes it, nobody is asked
    assert services.request_due_reconfirmations() == 1
    assert services.request_due_reconfirmations() == 0
    asked = Reconfirmation.objects.get()
    assert asked.practice == old
    assert lead_of(old).notices.filter(kind="practice-confirm").count() == 1
    services.reconfirm(old, by=lead_of(old), is_running=True, results="40 firms.")
    asked.refresh_from_db()
    assert (asked.outcome, asked.results) == ("running", "40 firms.")
    assert services.request_due_reconfirmations() == 0


def test_who_does_not_answer_is_marked_until_they_do(people):
    practice = whole_practice(Stage.PUBLISHED, confirmed_at=ago(800))
    ReconfirmationFactory(practice=practice, due=ago(1))
    assert services.lapse_overdue() == 1
    assert GoodPractice.objects.get().is_lapsed
    assert services.request_due_reconfirmations() == 0
    assert people.curator.notices.filter(subject__contains="not re-confirmed").exists()
    with pytest.raises(NotAllowed):
        services.reconfirm(practice, by=people.reader, is_running=True)
    services.reconfirm(practice, by=lead_of(practice), is_running=False)
    row = GoodPractice.objects.get()
    assert (row.is_lapsed, row.confirmed_at) == (False, timezone.localdate())


def test_reminders_go_out_once(people):
    late = whole_practice(Stage.COMPLETENESS)
    ReviewFactory(practice=late, due=ago(1), reviewer=people.curator)
    ReviewFactory(practice=whole_practice(Stage.COMPLETENESS), due=ago(0))
    asked = whole_practice(Stage.PUBLISHED)
    ReconfirmationFactory(practice=asked, due=ago(-10))
    assert services.remind() == 2
    assert services.remind() == 0
    assert people.curator.notices.filter(subject__startswith="Overdue").count() == 1
    assert lead_of(asked).notices.count() == 1


def test_tasks_do_all_of_it():
    practice = whole_practice(Stage.SCHEDULED, publish_at=timezone.now())
    publish_due.run()
    assert practice.versions.count() == 1
    GoodPractice.objects.update(confirmed_at=ago(731))
    look_after.run()
    assert practice.reconfirmations.count() == 1


def test_an_opinion_is_signed_by_an_expert_who_is_not_tied(people):
    practice = whole_practice(Stage.SUBSTANCE)
    signed = {"name": "Dr A. B.", "role": "Cluster expert", "text": "Worth copying."}
    for nobody in (people.curator, people.reader, lead_of(practice)):
        with pytest.raises(NotAllowed):
            services.sign_opinion(practice, by=nobody, **signed)
    with pytest.raises(ValidationError) as caught:
        services.sign_opinion(practice, by=people.expert, **{**signed, "name": " "})
    assert set(caught.value.message_dict) == {"name"}
    services.sign_opinion(practice, by=people.expert, **signed)
    services.sign_opinion(practice, by=people.expert, **{**signed, "text": "More."})
    assert practice.opinions.get().text == "More."
    name = practice.opinions.get().name
    people.expert.delete()
    assert practice.opinions.get().name == name


def test_a_grade_is_lowered_with_a_reason_and_never_raised(people):
    practice = whole_practice(Stage.PUBLISHED)
    services.record_version(practice)
    lower = {"by": people.expert, "reason": "No page says so."}
    with pytest.raises(ValidationError):
        services.lower_grade(practice, by=people.expert, cap=Grade.CLAIMED)
    with pytest.raises(NotAllowed):
        services.lower_grade(practice, by=lead_of(practice), cap=Grade.CLAIMED)
    services.lower_grade(practice, cap=Grade.CLAIMED, **lower)
    assert GoodPractice.objects.get().evidence_grade == "claimed"
    services.lower_grade(practice, cap=Grade.COMPARED, **lower)
    assert GoodPractice.objects.get().evidence_grade == "measured"
    services.lower_grade(practice, by=people.expert, cap=None)
    assert GoodPractice.objects.get().grade_note == ""
