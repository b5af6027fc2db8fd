"""The page of one practice: its text, its past, and two reviewers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from accounts.models import Scope
from practices import services
from practices.models import GoodPractice, Review
from practices.stages import Stage
from tests.dashboards.pages import read
from tests.factories.practices import (
    AttachmentFactory,
    ReviewFactory,
    lead_of,
    whole_practice,
    with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    def get(user, practice):
        client.force_login(user)
        return read(client.get(f"/practices/review/{practice.slug}/"))

    return get


def test_changes_are_asked_at_fields_and_told_in_the_next_round(
    people, on_its_way, send, look
):
    practice = on_its_way(Stage.COMPLETENESS)
    said = {"comment-summary": "Name the town.", "comment-": "Good start."}
    send(people.curator, practice, "ask_changes", **said)
    row = GoodPractice.objects.get()
    assert row.stage == Stage.CHANGES_ASKED
    assert {c.field: c.text for c in row.comments.all()} == {
        "summary": "Name the town.",
        "": "Good start.",
    }
    services.resolve_comment(row.comments.get(field="summary"), by=lead_of(row))
    page = look(people.curator, practice)
    place = page.text.index("Name the town.")
    assert "resolved" in page.text[place - 60 : place]
    assert "open" in page.text[page.text.index("Good start.") - 40 :]
    assert "asked for changes" in page.text


def test_a_revision_is_compared_word_by_word(people, look):
    practice = whole_practice(
        Stage.SUBSTANCE, is_public=True, title="Vouchers for small firms"
    )
    copy = practice.working_copy
    copy.content["title"] = "Vouchers for young firms"
    copy.save()
    page = look(people.expert, practice)
    html = page.response.content.decode()
    assert "<del> small</del><ins> young</ins>" in html
    assert html.count("Compared with what readers see") == 1


def test_text_of_authors_is_shown_as_text(people, on_its_way, look):
    practice = on_its_way(Stage.COMPLETENESS)
    GoodPractice.objects.update(summary="<script>alert(1)</script> **bold**")
    html = look(people.curator, practice).response.content.decode()
    assert "<script>alert" not in html
    assert "<strong>bold</strong>" in html


def test_evidence_and_files_say_how_they_stand(people, on_its_way, send, look):
    practice = on_its_way(Stage.SUBSTANCE)
    AttachmentFactory(practice=practice, scan="waiting", name="survey.pdf")
    page = look(people.expert, practice)
    assert "Measured : values before and after" in page.text
    assert "evidence 1: nothing the change is compared with" in page.text
    assert "survey.pdf virus scan: not yet scanned" in page.text
    answer = send(people.expert, practice, "lower", cap="claimed")
    assert answer.status_code == 400
    send(people.expert, practice, "lower", cap="claimed", cap_reason="Own figures.")
    page = look(people.expert, practice)
    assert "lowered it to “claimed”: Own figures." in page.text
    assert "By the rules alone: measured" in page.text
    send(people.expert, practice, "lower", cap="")
    assert GoodPractice.objects.get().evidence_grade == "measured"


def test_files_are_for_reviewers_and_scanned(
    client, people, on_its_way, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    practice = on_its_way(Stage.SUBSTANCE)
    clean, waiting = (
        AttachmentFactory(
            practice=practice, scan=scan, file=ContentFile(b"words", "a.txt")
        )
        for scan in ("clean", "waiting")
    )
    address = f"/practices/review/{practice.slug}/files/"
    client.force_login(people.expert)
    answer = client.get(f"{address}{clean.pk}/")
    assert answer.content == b"words"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}{waiting.pk}/").status_code == 404
    client.force_login(people.reader)
    assert client.get(f"{address}{clean.pk}/").status_code == 403


def test_an_opinion_is_signed_and_signed_again(people, on_its_way, send, look):
    practice = on_its_way(Stage.SUBSTANCE)
    half = {"opinion_name": "A. Expert", "opinion_role": "", "opinion_text": "Solid."}
    answer = send(people.expert, practice, "sign", **half)
    assert answer.status_code == 400
    assert "Solid." in answer.content.decode()
    for text in ("Solid.", "Solid, and cheap."):
        whole = {**half, "opinion_role": "Economist", "opinion_text": text}
        assert send(people.expert, practice, "sign", **whole).status_code == 302
    assert practice.opinions.get().text == "Solid, and cheap."
    assert "A. Expert, Economist" in look(people.expert, practice).text


def test_who_comes_second_is_told_and_loses_no_word(people, on_its_way, client):
    practice = on_its_way(Stage.SUBSTANCE)
    address = f"/practices/review/{practice.slug}/"
    client.force_login(people.expert)
    page = client.get(address).context
    copy = {"title": "Another title"}
    GoodPractice.objects.filter(pk=practice.pk).update(**copy)
    services.ask_changes(
        practice, by=people.curator, revision=0, comments={}, remark="Wait."
    )
    sent = {
        "action": "decline",
        "revision": page["practice"].revision,
        "seen": page["seen"],
        "remark": "Not new at all.",
        "comment-summary": "My long remark.",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 409
    text = read(answer).text
    assert str(people.curator) in text
    assert "What differs now: Title" in text
    assert "Not new at all." in text
    assert "My long remark." in text
    row = GoodPractice.objects.get()
    assert row.stage == Stage.CHANGES_ASKED
    assert row.story.count() == 1


def test_a_step_is_taken_once(people, on_its_way, send, look):
    practice = on_its_way(Stage.SUBSTANCE)
    second = with_role(Scope.Role.EXPERT)
    assert send(people.expert, practice, "take", held_by="").status_code == 302
    answer = send(second, practice, "take", held_by="")
    assert answer.status_code == 409
    assert str(people.expert) in answer.content.decode()
    assert Review.objects.get().reviewer == people.expert
    assert "You have it." in look(people.expert, practice).text


def test_a_curator_gives_a_step_to_an_expert(people, on_its_way, send):
    practice = on_its_way(Stage.SUBSTANCE)
    stranger = str(people.reader.pk)
    assert (
        send(people.curator, practice, "assign", reviewer=stranger).status_code == 400
    )
    answer = send(people.curator, practice, "assign", reviewer=str(people.expert.pk))
    assert answer.status_code == 302
    assert Review.objects.get().reviewer == people.expert
    assert people.expert.notices.filter(kind="practice-review").exists()


def test_publication_on_a_day(people, on_its_way, send):
    practice = on_its_way(Stage.APPROVED)
    for when in ("", "tomorrow", "2001-01-01T09:00"):
        answer = send(people.curator, practice, "schedule", when=when)
        assert answer.status_code == 400
    send(people.curator, practice, "schedule", when="2099-05-04T09:30")
    row = GoodPractice.objects.get()
    assert row.stage == Stage.SCHEDULED
    assert f"{row.publish_at:%Y-%m-%d %H:%M %Z}" == "2099-05-04 09:30 UTC"


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment():
    practice = whole_practice(Stage.SUBSTANCE)
    ReviewFactory(practice=practice, step=Review.Step.SUBSTANCE)
    barrier = Barrier(2)
    asked = [("approve", with_role(Scope.Role.EXPERT)),
             ("decline", with_role(Scope.Role.EXPERT))]  # fmt: skip

    def answer(action, user):
        client = Client()
        client.force_login(user)
        barrier.wait(20)
        sent = {"action": action, "revision": 0, "remark": "Because."}
        try:
            return client.post(f"/practices/review/{practice.slug}/", sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda pair: answer(*pair), asked))
    assert sorted(codes) == [302, 409]
    assert GoodPractice.objects.get().story.count() == 1
