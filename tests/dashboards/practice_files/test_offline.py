"""From the page to a file and back: a draft, with nothing lost on the way."""

import csv
import io
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dashboards.practice_offline import offline_form
from practices.analysis.completeness import FIELDS
from practices.content import content_of
from practices.models import GoodPractice
from tests import factories
from tests.dashboards.pages import read
from tests.factories import files as made
from tests.practices.offline.test_form import filled_csv, filled_docx, saved

pytestmark = pytest.mark.django_db
PLACE = "/practices/share/upload/"


@pytest.fixture
def held():
    """What the texts name."""
    factories.ThemeFactory(name="Health", slug="health")
    factories.ThemeFactory(name="Food, feed", slug="food-feed")
    domain = factories.DomainFactory(name="Mining")
    region = factories.RegionFactory(code="ES21", name="País Vasco", version=2024)
    factories.OrganisationFactory(name="Regional agency", slug="regional-agency")
    return domain, region


@pytest.fixture
def author(client):
    user = factories.UserFactory()
    client.force_login(user)
    return user


def told(domain):
    return {
        "title": "Vouchers for firms",
        "summary": "Small firms get a voucher.\n\nIt is easy.",
        "language": "Spanish",
        "themes": "health\nFood, feed",
        "domains": f"Mining ({domain.kind}:{domain.code})",
        "regions": "país vasco",
        "organisation": "Regional Agency",
        "project": "A project nobody holds",
        "start": "2015-03",
        "cost_eur": "€ 7.500,00",
        "is_failure": "no",
        "evidence.1.kind": "a measured figure",
        "evidence.1.indicator": "Firms with a new product",
        "evidence.1.baseline_value": "12,5",
        "evidence.1.baseline_year": "2015",
        "evidence.1.result_value": "30",
        "evidence.1.result_year": "2019",
    }


def texts_of(page):
    """What the fields of the preview would send."""
    from re import findall

    pattern = (
        r'<textarea class="input" id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>'
    )
    return {k: unescape(v) for k, v in findall(pattern, page.content.decode())}


def send(client, content, name="form.docx"):
    return client.post(PLACE, {"file": SimpleUploadedFile(name, content)})


def test_the_form_asks_what_the_page_asks(client, held):
    answer = client.get("/practices/share/template.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_name = {row["field"]: row for row in rows}
    wanted = {f.name for f in FIELDS} - {"evidence", "attachments"}
    assert wanted | {"is_failure", "evidence.3.note"} <= set(by_name)
    assert by_name["summary"]["limit"] == "Required. 15 to 100 words."
    assert "Food, feed" in by_name["themes"]["choices"]
    assert all(row["help"] and not row["value"] for row in rows)
    answer = client.get("/practices/share/template.docx")
    assert "wordprocessingml" in answer["Content-Type"]
    assert 'filename="good-practice.docx"' in answer["Content-Disposition"]
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs
    )
    assert "Food, feed" in text
    assert client.get("/practices/share/template.exe").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "csv"])
def test_what_was_filled_in_becomes_a_draft(client, held, author, kind):
    domain, _region = held
    form, texts = offline_form(), told(domain)
    if kind == "docx":
        content = saved(filled_docx(texts, form))
    else:
        content = filled_csv(texts, form).encode("utf-8-sig")
    page = send(client, content, f"form.{kind}")
    assert page.status_code == 200
    assert not GoodPractice.objects.exists()
    assert "Please correct" not in read(page).text
    answer = client.post(PLACE, {**texts_of(page), "action": "make"})
    assert answer.status_code == 302
    practice = GoodPractice.objects.get()
    assert practice.authorships.get().user == author
    content = content_of(practice)
    assert content["title"] == "Vouchers for firms"
    assert content["summary"] == "Small firms get a voucher.\n\nIt is easy."
    assert content["language"] == "es"
    assert content["themes"] == ["food-feed", "health"]
    assert content["domains"] == [f"{domain.kind}:{domain.code}"]
    assert content["regions"] == ["ES21@2024"]
    assert content["organisation"] == "regional-agency"
    assert content["project_name"] == "A project nobody holds"
    assert (content["start"], content["cost_eur"]) == ("2015-03", "7500.00")
    (piece,) = content["evidence"]
    assert (piece["kind"], piece["baseline_value"], piece["result_year"]) == (
        "figure",
        12.5,
        2019,
    )


def test_what_is_wrong_is_said_and_can_be_corrected_or_copied(client, held, author):
    texts = {
        "title": "Vouchers for firms",
        "start": "last spring",
        "themes": "Health, Alchemy",
        "cost_eur": "a lot",
        "evidence.1.indicator": "Firms",
        "evidence.1.baseline_year": "long ago",
    }
    document = filled_docx(texts, offline_form())
    document.add_paragraph("A remark of ours.")
    page = send(client, saved(document))
    shown = read(page).text
    for words in ("“last spring” is no date", "Not found: Alchemy", "“long ago” is no"):
        assert words in shown
    sent = texts_of(page)
    assert sent["left"].strip() == "A remark of ours."
    checked = client.post(PLACE, {**sent, "action": "check"})
    assert checked.status_code == 400
    assert texts_of(checked) == sent
    assert not GoodPractice.objects.exists()
    sent["field-start"] = "2015"
    answer = client.post(PLACE, {**sent, "action": "make"})
    assert answer.status_code == 200
    content = content_of(GoodPractice.objects.get())
    assert (content["start"], content["cost_eur"], content["themes"]) == (
        "2015",
        None,
        [],
    )
    lost = read(answer).text
    for words in ("a lot", "Alchemy", "long ago", "A remark of ours."):
        assert words in lost
    assert "2015" not in lost


def test_without_a_title_nothing_is_made(client, author):
    page = client.post(PLACE, {"field-summary": "Some words", "action": "make"})
    assert page.status_code == 400
    assert "A practice needs a title." in read(page).text
    assert texts_of(page)["field-summary"] == "Some words"
    assert not GoodPractice.objects.exists()


def test_a_title_that_is_taken_is_said(client, author):
    factories.GoodPracticeFactory(title="Vouchers")
    page = client.post(PLACE, {"field-title": "Vouchers", "action": "make"})
    assert page.status_code == 400
    assert "Another practice has this title" in read(page).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg/>", "web page, an SVG drawing"),
        (made.pdf(), "is not the form"),
        (made.changed(made.document(), **{"word/vbaProject.bin": b"x"}), "has macros"),
    ],
)
def test_files_that_are_no_form_are_refused_in_words(client, author, content, words):
    answer = send(client, content, "x.docx")
    assert answer.status_code == 400
    assert words in read(answer).text


def test_a_document_that_is_no_form_is_shown_whole(client, author):
    answer = send(client, made.document())
    assert texts_of(answer)["left"].strip() == "Results\n\nThirty firms took part."


def test_an_empty_form_and_a_flood_are_refused(client, author, monkeypatch):
    empty = client.get("/practices/share/template.csv").content
    answer = send(client, empty, "form.csv")
    assert answer.status_code == 400
    assert "Nothing is written in “form.csv”" in read(answer).text
    monkeypatch.setattr("dashboards.views.practice_offline.MOST_AN_HOUR", 1)
    assert send(client, empty, "form.csv").status_code == 429


def test_strangers_get_the_form_but_send_none(client):
    assert client.get("/practices/share/template.docx").status_code == 200
    assert client.get(PLACE).status_code == 302
    assert send(client, b"field,value\ntitle,x\n").status_code == 302
    assert not GoodPractice.objects.exists()
