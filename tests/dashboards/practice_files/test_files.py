"""The page of files, and how a file is served."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices import services
from practices.models import Attachment, GoodPractice
from practices.services.publication import archive
from practices.stages import Stage
from tests.dashboards.pages import read
from tests.factories import files as made
from tests.factories.practices import lead_of, whole_practice
from tests.practices.conftest import people

pytestmark = pytest.mark.django_db
__all__ = ["people"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    return whole_practice()


@pytest.fixture
def post(client):
    def send(practice, action, content=None, *, user=None, name="a.png", **more):
        client.force_login(user or lead_of(practice))
        row = GoodPractice.objects.get(pk=practice.pk)
        sent = {"revision": row.revision, "action": action, **more}
        if content is not None:
            # What a browser says of the type counts for nothing.
            sent["file"] = SimpleUploadedFile(name, content, "text/html")
        return client.post(f"/practices/work/{row.slug}/files/", sent)

    return send


def kept(practice, content=None, alt="A workshop"):
    row = GoodPractice.objects.get(pk=practice.pk)
    sent = services.Upload("photo.jpg", content or made.photograph(), alt)
    return services.upload(row, sent, row.revision, by=lead_of(row))


def readers(attachment):
    return f"/practices/{attachment.practice.slug}/files/{attachment.pk}/"


def publish(attachment):
    Attachment.objects.filter(pk=attachment.pk).update(is_published=True)


def test_a_file_is_added_described_moved_and_removed(client, draft, post):
    page = f"/practices/work/{draft.slug}/files/"
    answer = post(draft, "upload", made.photograph(), alt="A workshop", caption="By us")
    assert (answer.status_code, answer["Location"]) == (302, page)
    post(draft, "upload", made.pdf(), alt="Evaluation 2019", caption="", name="e.pdf")
    image, report = Attachment.objects.current()
    shown = read(client.get(page))
    assert "“e.pdf” was taken." in shown.text
    assert "JPEG, PNG and WebP images" in shown.text
    assert not shown.unclosed
    assert not shown.inline
    words = {f"file-{image.pk}-alt": "A class", f"file-{image.pk}-caption": ""}
    assert post(draft, "words", **words).status_code == 409
    assert post(draft, "words", **words, file=image.pk).status_code == 302
    post(draft, "up", file=report.pk)
    assert [f.alt for f in Attachment.objects.current()] == [
        "Evaluation 2019",
        "A class",
    ]
    post(draft, "remove", file=image.pk)
    assert [f.alt for f in Attachment.objects.current()] == ["Evaluation 2019"]


def test_what_is_wrong_stands_beside_its_field_and_words_stay(draft, post):
    answer = post(draft, "upload", b"<svg/>", alt="", caption="Kept words")
    assert answer.status_code == 400
    page = read(answer)
    assert "Say what the image shows, or what the document is called." in page.text
    assert "Kept words" in page.text
    assert "#id_alt" in page.links
    answer = post(draft, "upload", b"<svg/>", alt="Logo", caption="", name="l.svg")
    assert answer.status_code == 400
    assert "“l.svg” is a web page, an SVG drawing" in read(answer).text
    assert not Attachment.objects.exists()


def test_words_of_a_file_that_are_wrong_come_back(draft, post):
    image = kept(draft)
    words = {f"file-{image.pk}-alt": " ", f"file-{image.pk}-caption": "Not lost"}
    answer = post(draft, "words", **words, file=image.pk)
    assert answer.status_code == 400
    page = read(answer)
    assert "Say what the image shows, for people who cannot see it." in page.text
    assert "Not lost" in page.text


def test_who_comes_second_is_told_and_can_send_it_again(client, draft):
    client.force_login(lead_of(draft))
    kept(draft)
    sent = {"action": "upload", "revision": 0, "alt": "Report", "caption": "Mine"}
    sent["file"] = SimpleUploadedFile("r.pdf", made.pdf())
    answer = client.post(f"/practices/work/{draft.slug}/files/", sent)
    assert answer.status_code == 409
    page = read(answer)
    assert "after you opened it" in page.text
    assert "Mine" in page.text
    assert b'name="revision" value="1"' in answer.content


def test_nobody_else_learns_of_it(client, draft, post, people):
    image = kept(draft)
    place = f"/practices/work/{draft.slug}/files/"
    assert client.get(place).status_code == 302
    for user in (people.reader, people.curator):
        client.force_login(user)
        assert client.get(place).status_code == 404
        assert client.get(f"{place}{image.pk}/").status_code == 404
        assert client.get(readers(image)).status_code == 404
        assert post(draft, "remove", user=user, file=image.pk).status_code == 404
    assert Attachment.objects.count() == 1


def test_in_review_nothing_can_be_sent(client, post):
    practice = whole_practice(Stage.COMPLETENESS)
    answer = post(practice, "upload", made.image(), alt="A workshop", caption="")
    assert answer.status_code == 409
    client.force_login(lead_of(practice))
    page = read(client.get(f"/practices/work/{practice.slug}/files/"))
    assert "cannot be changed at this stage" in page.text
    assert b'type="file"' not in page.response.content


def test_floods_are_stopped(draft, post, monkeypatch):
    monkeypatch.setattr("dashboards.views.practice_files.MOST_AN_HOUR", 1)
    assert post(draft, "upload", made.image(), alt="One", caption="").status_code == 302
    assert post(draft, "upload", made.pdf(), alt="Two", caption="").status_code == 429


def test_the_page_asks_the_database_as_often_for_many_files(
    client, draft, django_assert_num_queries
):
    client.force_login(lead_of(draft))
    place = f"/practices/work/{draft.slug}/files/"
    kept(draft, made.image(size=(9, 9)))
    client.get(place)
    with CaptureQueriesContext(connection) as of_one:
        client.get(place)
    for size in range(10, 16):
        kept(draft, made.image(size=(size, size)))
    with django_assert_num_queries(len(of_one)):
        client.get(place)


def test_readers_get_an_image_as_what_it_is_and_caches_keep_it(client):
    practice = whole_practice(Stage.REVISING)
    image = kept(practice, made.image("JPEG", (1200, 600)))
    place = f"/practices/{practice.slug}/files/{image.pk}/"
    assert client.get(place).status_code == 404
    publish(image)
    answer = client.get(place)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "immutable" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    whole = b"".join(answer)
    again = client.get(place, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    narrow = client.get(place, {"width": "480"})
    assert narrow["ETag"] != answer["ETag"]
    assert len(b"".join(narrow)) < len(whole)
    assert b"".join(client.get(place, {"width": "481"})) == whole
    assert client.post(place).status_code == 405


def test_a_document_is_saved_and_not_shown(client):
    practice = whole_practice(Stage.REVISING)
    report = kept(practice, made.pdf(), "Report")
    publish(report)
    answer = client.get(f"/practices/{practice.slug}/files/{report.pk}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="photo.pdf"'


def test_authors_see_what_waits_and_no_cache_keeps_it(client, draft):
    image = kept(draft)
    Attachment.objects.update(scan=Attachment.Scan.WAITING, is_published=True)
    client.force_login(lead_of(draft))
    answer = client.get(f"/practices/work/{draft.slug}/files/{image.pk}/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert client.get(f"/practices/{draft.slug}/files/{image.pk}/").status_code == 404
    page = read(client.get(f"/practices/work/{draft.slug}/files/"))
    assert "waits for the virus scanner" in page.text


@pytest.mark.parametrize("change", [{"scan": "waiting"}, {"is_published": False}])
def test_readers_get_only_what_is_clean_and_published(client, change):
    practice = whole_practice(Stage.REVISING)
    image = kept(practice)
    publish(image)
    Attachment.objects.update(**change)
    place = f"/practices/{practice.slug}/files/{image.pk}/"
    assert client.get(place).status_code == 404


def test_what_is_archived_is_gone_and_other_addresses_are_none(client, people):
    practice, other = whole_practice(Stage.PUBLISHED), whole_practice(Stage.REVISING)
    image = kept(other)
    publish(image)
    elsewhere = readers(image).replace(other.slug, practice.slug)
    assert client.get(elsewhere).status_code == 404
    assert client.get(readers(image)).status_code == 200
    archive(other, by=people.curator, revision=1, reason="Asked for.")
    assert client.get(readers(image)).status_code == 404


def test_readers_page_and_api_name_the_files(client):
    practice = whole_practice(Stage.REVISING)
    image = kept(practice, made.image("JPEG", (1200, 600)))
    report = kept(practice, made.pdf(), "Evaluation 2019")
    for item in (image, report):
        publish(item)
    answer = client.get(f"/practices/{practice.slug}/")
    place = f"/practices/{practice.slug}/files/{image.pk}/"
    shown = answer.content.decode()
    assert f'srcset="{place}?width=480 480w, {place}?width=960 960w' in shown
    assert 'width="1200" height="600" loading="lazy"' in shown
    assert "Evaluation 2019" in read(answer).text
    told = client.get(f"/api/v1/practices/{practice.slug}/").json()["attachments"]
    assert [(f["kind"], f["alt"], f["size"]) for f in told] == [
        ("image", "A workshop", image.size),
        ("document", "Evaluation 2019", report.size),
    ]
    assert told[0]["url"] == place


def test_another_person_s_file_cannot_be_named(draft, post):
    other = kept(whole_practice())
    answer = post(draft, "remove", file=other.pk)
    assert answer.status_code == 409
    assert "not among those of the text" in read(answer).text
    assert Attachment.objects.filter(pk=other.pk).exists()
