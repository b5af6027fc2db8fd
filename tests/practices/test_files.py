"""Files of a text in work: rights, revisions, quotas, what lies on disk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from practices import services
from practices.content import content_of
from practices.errors import Conflict, NotAllowed
from practices.models import Attachment, GoodPractice, WorkingCopy
from practices.services import Upload, uploads
from practices.services.publication import archive
from practices.services.storage import SETTLED
from practices.stages import Stage
from tests import factories
from tests.factories import files as made
from tests.factories.practices import AttachmentFactory, lead_of, whole_practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    return whole_practice()


def send(practice, content=None, *, alt="A workshop", by=None, name="a.png"):
    row = GoodPractice.objects.get(pk=practice.pk)
    content = made.image() if content is None else content
    sent = Upload(name, content, alt, "Photograph: the office")
    return services.upload(row, sent, row.revision, by=by or lead_of(practice))


def on_disk():
    folder = default_storage.path("")
    return sorted(name for _, _, names in os.walk(folder) for name in names)


def test_an_image_is_kept_under_its_digest_whatever_it_is_called(draft):
    kept = send(draft, made.photograph(), name="../../etc/My photo.exe")
    assert (kept.name, kept.suffix, kept.media_type) == (
        "My_photo.jpg",
        ".jpg",
        "image/jpeg",
    )
    assert kept.file.name == f"practices/{kept.digest[:2]}/{kept.digest}.jpg"
    assert on_disk() == [f"{kept.digest}.jpg"]
    assert (kept.width, kept.height) == (40, 64)
    assert kept.scan == Attachment.Scan.CLEAN
    assert kept.is_current
    assert not kept.is_published
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_document_of_its_kind_needs_a_title(draft):
    with pytest.raises(ValidationError) as refused:
        send(draft, made.pdf(), alt=" ")
    assert refused.value.message_dict == {"alt": ["Say what the document is called."]}
    assert send(draft, made.pdf(), alt="Report").kind == Attachment.Kind.DOCUMENT


def test_a_refusal_names_the_file_and_says_what_to_do(draft):
    with pytest.raises(ValidationError) as refused:
        send(draft, b"<svg onload='alert(1)'/>", name="<b>logo</b>.svg")
    (text,) = refused.value.message_dict["file"]
    assert "blogo" in text or "b.svg" in text
    assert text.endswith("Export it as PNG or PDF.")
    assert not on_disk()


def test_only_authors_add_files_and_only_while_they_may_write(draft):
    with pytest.raises(NotAllowed):
        send(draft, by=factories.UserFactory())
    in_review = whole_practice(Stage.COMPLETENESS)
    with pytest.raises(NotAllowed):
        send(in_review)
    assert not on_disk()


def test_a_stale_page_adds_nothing(draft):
    sent = Upload("a.png", made.image(), "A workshop")
    with pytest.raises(Conflict):
        services.upload(draft, sent, draft.revision + 1, by=lead_of(draft))
    assert not Attachment.objects.exists()
    assert not on_disk()


def test_the_same_file_is_taken_once(draft):
    send(draft)
    with pytest.raises(ValidationError, match="among the files already"):
        send(draft)


def test_there_is_an_end_to_files_of_a_text_and_of_a_day(draft, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OF_A_TEXT", 1)
    send(draft)
    with pytest.raises(ValidationError, match="at most 1 files"):
        send(draft, made.pdf())
    monkeypatch.setattr(uploads, "MOST_OF_A_TEXT", 9)
    monkeypatch.setattr(uploads, "MOST_A_DAY", 1)
    with pytest.raises(ValidationError, match="Go on tomorrow"):
        send(draft, made.pdf())
    before = timezone.now() - timedelta(days=1, minutes=1)
    Attachment.objects.update(added_at=before)
    assert send(draft, made.pdf()).pk


def test_a_file_goes_with_the_last_row_that_names_it(
    draft, django_capture_on_commit_callbacks
):
    other = whole_practice()
    with django_capture_on_commit_callbacks(execute=True):
        first = send(draft, made.image("JPEG", (1200, 600)))
        second = send(other, made.image("JPEG", (1200, 600)))
    digest = first.digest
    assert second.digest == digest
    whole = sorted([f"{digest}-480.jpg", f"{digest}-960.jpg", f"{digest}.jpg"])
    assert on_disk() == whole
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(first, 1, by=lead_of(draft))
    assert on_disk() == whole
    with django_capture_on_commit_callbacks(execute=True):
        other.delete()
    assert on_disk() == []


def test_what_an_upload_left_behind_is_swept_away_once_it_is_old(draft):
    kept = send(draft)
    stray = Path(default_storage.path("practices/ab/" + "ab" * 32 + ".png"))
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left")
    assert services.sweep_files() == 0
    old = (timezone.now() - 2 * SETTLED).timestamp()
    for path in (stray, kept.file.path):
        os.utime(path, (old, old))
    assert services.sweep_files() == 1
    assert on_disk() == [f"{kept.digest}.png"]


def revised():
    """A published practice with two files, being revised."""
    practice = whole_practice(Stage.REVISING)
    AttachmentFactory(practice=practice, is_published=True, alt="First")
    second = AttachmentFactory(
        practice=practice, is_published=True, alt="Second", position=1
    )
    return practice, second


def test_what_readers_see_keeps_its_words_and_its_place():
    practice, second = revised()
    author = lead_of(practice)
    services.move(second, 0, to=0, by=author)
    changed = practice.attachments.current().get(alt="First")
    services.describe(changed, 1, alt="Other words", caption="", by=author)
    assert [f.alt for f in practice.attachments.current()] == ["Second", "Other words"]
    public = Attachment.objects.public().filter(practice=practice)
    assert [f.alt for f in public] == ["First", "Second"]
    services.discard_revision(GoodPractice.objects.get(), by=author, revision=2)
    assert [f.alt for f in practice.attachments.current()] == ["First", "Second"]
    assert WorkingCopy.objects.count() == 0
    assert content_of(practice)


def test_a_withdrawn_practice_shows_no_file(people):
    practice = whole_practice(Stage.PUBLISHED)
    AttachmentFactory(practice=practice, is_published=True)
    assert Attachment.objects.public().count() == 1
    archive(practice, by=people.curator, revision=0, reason="Asked for.")
    assert Attachment.objects.public().count() == 0
