"""The page of a practice: what it tells, how it is cited, and what it never shows."""

import pytest
from django.utils import timezone

from practices.models import ExpertOpinion, GoodPractice
from practices.rendering import rendered
from practices.services.versions import record_version
from practices.stages import Stage
from sources.curation import Publication
from tests.dashboards.pages import read
from tests.factories import GoodPracticeFactory, RegionFactory
from tests.factories.practices import AdoptionFactory, QuestionFactory, whole_practice

pytestmark = pytest.mark.django_db
ADDRESS = "/practices/vouchers-for-firms/"


@pytest.fixture
def shown(client):
    def ask(address=ADDRESS):
        response = client.get(address)
        assert response.status_code == 200
        return read(response)

    return ask


def test_all_that_is_said_is_shown(told, shown):
    GoodPractice.objects.filter(pk=told.pk).update(
        description="Firms *ask*.", not_worked="Marketing vouchers.", preconditions=""
    )
    page = shown()
    for text in ("Firms ask", "Marketing vouchers.", "Innovation office"):
        assert text in page.text
    assert "Nothing is said of: Preconditions." in page.text
    assert page.inline == []
    assert page.unclosed == []
    assert len(page.ids) == len(set(page.ids))
    row = page.table("What is shown")[1]
    assert row[1] == "12(2015)"
    assert "Measured" in row[5]


def test_a_practice_of_few_words_says_what_is_missing(client, shown):
    GoodPracticeFactory(title="Short one", description="", country="")
    page = shown("/practices/short-one/")
    assert "No evidence told" in page.text
    assert "No summary is told." in page.text
    assert "not told" in page.text


def test_typed_html_stays_text_and_links_say_nothing_of_us():
    html = rendered(
        "<script>alert(1)</script> [a](javascript:alert(1)) ![x](https://e.org/x.png) "
        "[b](https://e.org)\n\n# Head"
    )
    assert "<script" not in html
    assert 'javascript:alert(1)"' not in html
    assert "<img" not in html
    assert 'href="https://e.org"' in html
    assert "nofollow" in html
    assert "<h4>Head</h4>" in html


def test_only_public_answers_and_confirmed_adoptions_are_shown(told, shown):
    GoodPractice.objects.filter(pk=told.pk).update(is_qa_public=True)
    now = timezone.now()
    answered = {"answered_at": now, "answer": "By lot."}
    QuestionFactory(practice=told, text="Public one?", is_public=True, **answered)
    QuestionFactory(practice=told, text="Private one?", **answered)
    QuestionFactory(practice=told, text="Open one?")
    region = RegionFactory(name="Lernland")
    AdoptionFactory(practice=told, region=region, state="confirmed", decided_at=now)
    AdoptionFactory(practice=told, region=RegionFactory(name="Waitland"))
    text = shown().text
    assert "Public one?" in text
    assert "Private one?" not in text
    assert "Open one?" not in text
    assert "Lernland" in text
    assert "Waitland" not in text


def test_an_opinion_about_a_text_in_review_is_not_shown_yet(told, shown):
    signed = {"practice": told, "role": "Expert", "signed_on": timezone.localdate()}
    ExpertOpinion.objects.create(name="Ana", text="Sound.", version=1, **signed)
    ExpertOpinion.objects.create(name="Ben", text="Of the new text.", **signed)
    text = shown().text
    assert "Sound." in text
    assert "Of the new text." not in text


def test_a_revision_under_way_shows_the_published_text(client, shown):
    practice = whole_practice(Stage.REVISING, title="Standing")
    practice.working_copy.content["summary"] = "Not yet public"
    practice.working_copy.save()
    assert "Not yet public" not in shown("/practices/standing/").text


def test_versions_say_what_changed_and_are_what_is_cited(told, client, shown):
    told.summary = "A new summary"
    told.save()
    record_version(told, note="Shorter")
    page = shown()
    assert "version 2 of" in page.text
    assert f"{ADDRESS}versions/2/" in page.text
    assert "Changed: Summary." in page.text
    second = shown(f"{ADDRESS}versions/2/")
    assert "A new summary" in second.text
    assert "word word" in second.text  # what the first said, under "Before"
    assert "There is a newer version." in shown(f"{ADDRESS}versions/1/").text
    assert client.get(f"{ADDRESS}versions/3/").status_code == 404
    bibtex = client.get(f"{ADDRESS}cite.bib")
    assert "@misc{vouchers-for-firms-v2," in bibtex.content.decode()
    api = client.get(f"/api/v1{ADDRESS}versions/").json()["results"]
    assert [(item["number"], item["note"]) for item in api] == [(2, "Shorter"), (1, "")]


def test_not_re_confirmed_is_said(told, shown):
    assert "Not re-confirmed" not in shown().text
    GoodPractice.objects.filter(pk=told.pk).update(is_lapsed=True)
    assert "Not re-confirmed" in shown().text
    assert "Not re-confirmed" in shown("/practices/").text


def test_related_practices_come_with_their_reason_and_drafts_are_none(told, shown):
    near = whole_practice(Stage.PUBLISHED, title="Near one")
    near.domains.set(told.domains.all())
    draft = GoodPracticeFactory(title="Draft one", state=Publication.DRAFT)
    draft.domains.set(told.domains.all())
    text = shown().text
    assert f"the same domains: {told.domains.get().name}" in text
    assert "Near one" in text
    assert "Draft one" not in text


def test_the_api_tells_the_same(told, client):
    item = client.get(f"/api/v1{ADDRESS}").json()
    assert item["title"] == told.title
    assert item["evidence"][0]["result_value"] == 30.0
    assert item["versions"][0]["number"] == 1
    assert item["regions"] == ["ES21"]


def test_a_region_shows_what_it_learnt_and_taught(page):
    origin = whole_practice(Stage.PUBLISHED, title="Taught one")
    regions = origin.regions.model.objects.current()
    origin.regions.set([regions.get(code="ES21")])
    AdoptionFactory(
        practice=origin,
        region=regions.get(code="FRF3"),
        state="confirmed",
        decided_at=timezone.now(),
    )
    assert "learnt from here" in page("/regions/ES21/").text
    country = page("/regions/ES/").text
    assert (country.count("learnt from here"), "Taught one" in country) == (1, True)
    assert "learnt from elsewhere" in page("/regions/FRF3/").text
    answer = page("/regions/FRF3/").response.client.get(
        "/api/v1/regions/FRF3/adoptions/"
    )
    assert answer.json()["results"][0]["practice"] == origin.slug
