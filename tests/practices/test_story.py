"""The way of a practice from draft to published and on, through the services."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Notice
from practices import services
from practices.errors import Conflict, Incomplete, NotAllowed
from practices.machine import Condition
from practices.models import GoodPractice, PublishedVersion, WorkingCopy
from practices.stages import Stage
from tests import factories
from tests.factories.practices import lead_of, whole_practice

pytestmark = pytest.mark.django_db


def fresh(practice):
    return GoodPractice.objects.get(pk=practice.pk)


def move(service, practice, by, **more):
    return service(practice, by=by, revision=fresh(practice).revision, **more)


def test_from_draft_to_published(people):
    practice = whole_practice()
    author = lead_of(practice)
    move(services.submit, practice, author)
    move(services.pass_completeness, practice, people.curator)
    move(services.approve, practice, people.expert, remark="Sound.")
    done = move(services.publish, practice, people.curator)
    assert (done.stage, done.state) == ("published", "published")
    assert done.confirmed_at == timezone.localdate()
    assert done.evidence_grade == ""  # of the row before; the column has it
    assert fresh(practice).evidence_grade == "measured"
    version = practice.versions.get()
    assert version.number == 1
    assert version.content["title"] == practice.title
    told = list(practice.story.values_list("action", "from_stage", "to_stage", "role"))
    assert told == [
        ("submit", "draft", "completeness", "lead"),
        ("pass", "completeness", "substance", "curator"),
        ("approve", "substance", "approved", "expert"),
        ("publish", "approved", "published", "curator"),
    ]
    subjects = Notice.objects.filter(user=author).values_list("subject", flat=True)
    assert [s.partition(":")[0] for s in subjects.order_by("pk")] == [
        "Found complete",
        "Approved",
        "Published",
    ]
    assert Notice.objects.filter(user=people.expert, kind="practice-review").exists()


def test_an_incomplete_draft_is_not_submitted():
    author = factories.UserFactory()
    practice = services.create_draft(author, {"title": "Vouchers for firms"})
    assert lead_of(practice) == author
    with pytest.raises(Incomplete) as caught:
        move(services.submit, practice, author)
    assert {m.field for m in caught.value.completeness.missing} >= {"summary", "themes"}
    assert fresh(practice).stage == Stage.DRAFT


def test_changes_are_asked_for_field_by_field_and_answered(people):
    practice = whole_practice(Stage.COMPLETENESS)
    author = lead_of(practice)
    with pytest.raises(NotAllowed) as caught:
        move(services.ask_changes, practice, people.curator, comments={})
    assert caught.value.condition is Condition.COMMENT
    with pytest.raises(ValidationError):
        move(services.ask_changes, practice, people.curator, comments={"no": "x"})
    asked = {"summary": "Say for whom.", "difficulties": " "}
    move(services.ask_changes, practice, people.curator, comments=asked)
    comment = practice.comments.open().get()
    assert (comment.field, comment.text) == ("summary", "Say for whom.")
    services.autosave(
        practice,
        {"summary": "For firms " * 10},
        fresh(practice).revision,
        by=author,
    )
    move(services.submit, practice, author)
    assert not practice.comments.open().exists()
    # Whoever did the step before is asked again.
    assert practice.reviews.open().get().reviewer == people.curator


def test_a_revision_leaks_nothing_until_it_is_published(people):
    practice = whole_practice(Stage.PUBLISHED)
    author = lead_of(practice)
    services.record_version(practice)
    before = practice.summary
    row = move(services.start_revision, practice, author)
    services.autosave(practice, {"summary": "New words " * 10}, row.revision, by=author)
    assert fresh(practice).summary == before
    assert services.content_in_work(practice)["summary"].startswith("New words")
    assert GoodPractice.objects.public().filter(pk=practice.pk).exists()
    move(services.submit, practice, author)
    move(services.pass_completeness, practice, people.curator)
    move(services.approve, practice, people.expert)
    assert GoodPractice.objects.public().get(pk=practice.pk).summary == before
    move(services.publish, practice, people.curator, note="New summary")
    assert fresh(practice).summary.startswith("New words")
    assert not WorkingCopy.objects.exists()
    new, old = practice.versions.all()
    assert (new.number, new.changed, new.note) == (2, ["summary"], "New summary")
    assert old.content["summary"] == before


def test_a_declined_revision_leaves_the_published_text(people):
    practice = whole_practice(Stage.SUBSTANCE, is_public=True)
    row = move(services.decline, practice, people.expert, reason="Not better.")
    assert (row.stage, row.state) == (Stage.PUBLISHED, "published")
    assert not WorkingCopy.objects.exists()


def test_withdrawn_it_is_off_the_page_and_can_be_opened_again():
    practice = whole_practice(Stage.REVISING)
    author = lead_of(practice)
    row = fresh(practice)
    services.autosave(practice, {"status": "closed in 2020"}, row.revision, by=author)
    assert move(services.withdraw, practice, author).state == "archived"
    row = move(services.reopen, practice, author)
    assert (row.stage, row.state) == (Stage.DRAFT, "draft")
    assert fresh(practice).status == "closed in 2020"


def test_it_is_published_when_its_time_has_come(people):
    practice = whole_practice(Stage.APPROVED)
    soon = timezone.now() + timedelta(hours=1)
    with pytest.raises(NotAllowed) as caught:
        move(services.schedule, practice, people.curator, when=timezone.now())
    assert caught.value.condition is Condition.FUTURE
    move(services.schedule, practice, people.curator, when=soon)
    assert services.publish_ripe() == 0
    GoodPractice.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    assert services.publish_ripe() == 1
    assert fresh(practice).publish_at is None
    assert practice.versions.count() == 1
    assert practice.story.last().role == "system"
    author = lead_of(practice)
    assert author.notices.filter(subject__startswith="Published").exists()


def test_a_scheduled_revision_replaces_the_text_on_its_day(people):
    practice = whole_practice(Stage.APPROVED, is_public=True)
    copy = practice.working_copy
    copy.content["summary"] = "Revised words " * 10
    copy.save()
    soon = timezone.now() + timedelta(hours=1)
    row = move(services.schedule, practice, people.curator, when=soon)
    assert row.state == "published"
    GoodPractice.objects.update(publish_at=timezone.now())
    assert services.publish_ripe() == 1
    assert fresh(practice).summary.startswith("Revised")


def test_what_can_no_longer_be_published_waits_and_hinders_nobody(people, caplog):
    practice = whole_practice(Stage.APPROVED, is_public=True)
    copy = practice.working_copy
    copy.content["project"] = "gone"
    copy.save()
    other = whole_practice(Stage.SCHEDULED, publish_at=timezone.now())
    move(
        services.schedule,
        practice,
        people.curator,
        when=timezone.now() + timedelta(hours=1),
    )
    GoodPractice.objects.filter(pk=practice.pk).update(publish_at=timezone.now())
    assert services.publish_ripe() == 1
    assert fresh(other).stage == Stage.PUBLISHED
    assert fresh(practice).stage == Stage.SCHEDULED
    assert practice.slug in caplog.text


def test_a_stale_save_is_refused_with_both_texts():
    practice = whole_practice()
    author = lead_of(practice)
    seen = fresh(practice).revision
    services.autosave(practice, {"summary": "First words"}, seen, by=author)
    with pytest.raises(Conflict) as caught:
        services.autosave(practice, {"summary": "Second words"}, seen, by=author)
    assert caught.value.who == str(author)
    assert caught.value.revision == seen + 1
    assert caught.value.theirs == {"summary": "First words"}
    assert caught.value.yours == {"summary": "Second words"}
    assert fresh(practice).summary == "First words"


def test_the_second_of_two_reviewers_is_told(people):
    practice = whole_practice(Stage.SUBSTANCE)
    seen = fresh(practice).revision
    services.approve(practice, by=people.expert, revision=seen)
    with pytest.raises(Conflict) as caught:
        services.decline(practice, by=people.curator, revision=seen, reason="Thin.")
    assert caught.value.who == str(people.expert)
    assert fresh(practice).stage == Stage.APPROVED


def test_an_author_cannot_edit_under_review():
    practice = whole_practice(Stage.COMPLETENESS)
    with pytest.raises(NotAllowed, match="in review") as caught:
        services.autosave(
            practice,
            {"summary": "x"},
            fresh(practice).revision,
            by=lead_of(practice),
        )
    assert caught.value.is_ever


def test_a_reader_can_do_nothing(people):
    practice = whole_practice(Stage.COMPLETENESS)
    with pytest.raises(NotAllowed) as caught:
        move(services.pass_completeness, practice, people.reader)
    assert not caught.value.is_ever


def test_saving_what_is_there_changes_nothing():
    practice = whole_practice()
    seen = fresh(practice).revision
    held = services.content_in_work(practice)
    row = services.autosave(practice, held, seen, by=lead_of(practice))
    assert row.revision == seen


def test_versions_follow_what_is_changed_past_the_services():
    practice = whole_practice(Stage.PUBLISHED)
    assert services.keep_versions() == 1
    assert services.keep_versions() == 0
    practice.summary = "Corrected."
    practice.save()
    assert services.keep_versions() == 1
    assert practice.versions.first().changed == ["summary"]
    with pytest.raises(TypeError):
        PublishedVersion.objects.first().save()


def test_a_practice_is_deleted_with_its_text_in_work():
    practice = whole_practice(Stage.REVISING)
    practice.delete()
    assert not WorkingCopy.objects.exists()
