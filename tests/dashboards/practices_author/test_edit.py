"""Writing a practice step by step: saved, refused with all typed, two at once."""

import pytest

from practices import services
from practices.models import GoodPractice, WorkingCopy
from practices.services import content_in_work
from practices.stages import Stage
from tests.dashboards.pages import read
from tests.factories import IndicatorFactory, RegionFactory
from tests.factories.catalogue import OrganisationFactory
from tests.factories.practices import lead_of, whole_practice

pytestmark = pytest.mark.django_db
BASICS = {"title": "Vouchers for small firms", "language": "en"}


def evidence(*pieces):
    """The fields of the set of forms."""
    sent = {"evidence-TOTAL_FORMS": len(pieces), "evidence-INITIAL_FORMS": 0}
    for place, piece in enumerate(pieces):
        sent |= {f"evidence-{place}-{name}": value for name, value in piece.items()}
    return sent


def test_a_step_is_saved_and_leads_to_the_next(draft, send, opened):
    sent = {**BASICS, "summary": "Firms get a **voucher**.", "seen": opened(draft)}
    answer = send(lead_of(draft), draft, "basics", **sent)
    assert answer.url == f"/practices/work/{draft.slug}/place/"
    row = GoodPractice.objects.get()
    assert (row.summary, row.revision) == ("Firms get a **voucher**.", 1)


def test_every_step_opens_with_what_is_kept(draft, look):
    lead = lead_of(draft)
    kept = {
        "basics": 'value="Vouchers for small firms"',
        "place": draft.organisation.name,
        "topics": f'value="{draft.themes.get().slug}" id="id_themes_0" checked',
        "story": 'value="2015"',
        "resources": "word word",
        "evidence": "Firms that introduced a product",
        "transfer": "word word",
    }
    for step, text in kept.items():
        page = look(lead, draft, step)
        assert text in page.response.content.decode(), step
        assert (page.unclosed, page.inline) == ([], []), step
        assert len(page.ids) == len(set(page.ids)), step


def test_records_are_named_by_label_name_or_code(draft, send, opened):
    body = OrganisationFactory(name="Agency of the North")
    RegionFactory(code="FI1D", name="Pohjoinen", country="FI")
    RegionFactory(code="EL30", name="Attiki", country="EL")
    sent = {
        "organisation": "agency of the NORTH",
        "regions": ["Pohjoinen (FI1D)", "el30", ""],
        "contact_office": "Innovation office",
        "seen": opened(draft),
    }
    assert send(lead_of(draft), draft, "place", **sent).status_code == 302
    told = content_in_work(GoodPractice.objects.get())
    assert told["organisation"] == body.slug
    assert told["regions"] == ["EL30@2024", "FI1D@2024"]


def test_what_cannot_be_kept_comes_back_beside_its_field(draft, send, opened):
    sent = {"regions": ["Atlantis"], "organisation": "Nobody & Sons",
            "contact_office": "Office 7", "seen": opened(draft)}  # fmt: skip
    answer = send(lead_of(draft), draft, "place", **sent)
    assert answer.status_code == 400
    page = read(answer)
    assert "“Atlantis” is no region of the portal" in page.text
    assert "No organisation called “Nobody & Sons” is held here" in page.text
    html = answer.content.decode()
    for typed in ("Atlantis", "Nobody &amp; Sons", "Office 7"):
        assert f'value="{typed}"' in html
    assert "#id_regions" in page.links
    assert GoodPractice.objects.get().revision == 0


def test_dates_and_amounts_are_refused_by_the_service(draft, send, opened):
    lead = lead_of(draft)
    answer = send(lead, draft, "story", start="2015", end="2014", seen=opened(draft))
    assert answer.status_code == 400
    assert "The end lies before the start." in read(answer).text
    sent = {"cost_eur": "€ 7 500", "resources_needed": "Two people and an office."}
    answer = send(lead, draft, "resources", **sent, seen=opened(draft))
    assert answer.status_code == 302
    assert content_in_work(GoodPractice.objects.get())["cost_eur"] == "7500.00"


def test_evidence_is_kept_in_order_and_taken_out(draft, send, opened):
    lead = lead_of(draft)
    first = {"indicator": "Firms helped", "kind": "figure", "baseline_value": "1.5",
             "baseline_year": "2015", "result_value": "3", "result_year": "2019",
             "source_url": "example.org/report"}  # fmt: skip
    second = {"indicator": "Letters of thanks", "kind": "statement"}
    blank = {"kind": "figure"}
    told = {"evidence_of_success": "Ten words " * 5}
    send(lead, draft, "evidence", seen=opened(draft), **told,
         **evidence(first, second, blank))  # fmt: skip
    kept = content_in_work(GoodPractice.objects.get())["evidence"]
    assert [item["indicator"] for item in kept] == ["Firms helped", "Letters of thanks"]
    assert kept[0]["baseline_value"] == 1.5
    assert kept[0]["source_url"] == "https://example.org/report"
    gone = {**first, "DELETE": "on"}
    send(lead, draft, "evidence", seen=opened(draft), **told, **evidence(gone, second))
    kept = content_in_work(GoodPractice.objects.get())["evidence"]
    assert [item["indicator"] for item in kept] == ["Letters of thanks"]


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ({"baseline_value": "a few"}, "Enter a number."),
        ({"baseline_year": "2020", "result_year": "2019"}, "The year after lies"),
        ({"figure": "https://elsewhere.example/api/v1/figures/map/"},
         "is no address of this portal"),
        ({"figure": "/regions/ES21/"}, "No figure is known by that page"),
        ({"figure": "/api/v1/figures/no-such-kind/?a=1"}, "has no figure at"),
        ({"figure_region": "Attiki"}, "Choose the indicator to show"),
    ],
)  # fmt: skip
def test_a_piece_of_evidence_says_what_is_wrong(draft, send, opened, piece, said):
    RegionFactory(code="EL30", name="Attiki", country="EL")
    sent = {"seen": opened(draft), **evidence({"indicator": "Mine", **piece})}
    answer = send(lead_of(draft), draft, "evidence", **sent)
    assert answer.status_code == 400
    page = read(answer)
    assert said in page.text
    assert 'value="Mine"' in answer.content.decode()


def test_autosave_keeps_what_it_can(draft, send, opened):
    sent = {"autosave": "1", "seen": opened(draft), "summary": "New words."}
    answer = send(lead_of(draft), draft, "basics", **BASICS | {"title": ""}, **sent)
    assert answer.status_code == 400
    assert answer.json()["problems"] == ["Title: A practice needs a title."]
    row = GoodPractice.objects.get()
    assert (row.title, row.summary) == ("Vouchers for small firms", "New words.")
    # The marks sent back are those to go on with.
    again = {**sent, "summary": "Newer words.", "seen": answer.json()["seen"]}
    answer = send(lead_of(draft), draft, "basics", **BASICS, **again)
    assert answer.status_code == 200
    assert answer.json()["at"].startswith("Saved ")


def test_two_authors_who_change_different_fields_lose_nothing(draft, ben, send, opened):
    seen = opened(draft)
    send(ben, draft, "basics", title="Vouchers", language="en",
         summary=draft.summary, seen=seen)  # fmt: skip
    answer = send(lead_of(draft), draft, "basics", **BASICS, summary="Of Anna.",
                  seen=seen)  # fmt: skip
    assert answer.status_code == 302
    row = GoodPractice.objects.get()
    assert (row.title, row.summary) == ("Vouchers", "Of Anna.")


@pytest.mark.parametrize(
    ("choice", "kept"), [("theirs", "Of Ben."), ("yours", "Both.")]
)
def test_two_authors_who_change_the_same_compare(
    draft, ben, send, opened, choice, kept
):
    anna, seen = lead_of(draft), opened(draft)
    send(ben, draft, "basics", **BASICS, summary="Of Ben.", seen=seen)
    quiet = send(anna, draft, "basics", **BASICS, summary="Of Anna.", seen=seen,
                 autosave="1")  # fmt: skip
    assert (quiet.status_code, quiet.json()["conflict"]) == (409, True)
    answer = send(anna, draft, "basics", **BASICS, summary="Of Anna.", seen=seen)
    assert answer.status_code == 409
    page = read(answer)
    assert "Ben changed this practice" in page.text
    place = page.text.index("Keep the text of Ben")
    assert "Of Ben." in page.text[place : place + 60]
    assert GoodPractice.objects.get().summary == "Of Ben."
    again = {"seen": answer.context["seen"], "keep-summary": choice}
    answer = send(anna, draft, "basics", **BASICS, summary="Both.", **again)
    assert answer.status_code == 302
    assert GoodPractice.objects.get().summary == kept


def test_after_a_comparison_a_third_change_is_noticed(draft, ben, send, opened):
    anna, seen = lead_of(draft), opened(draft)
    send(ben, draft, "basics", **BASICS, summary="First.", seen=seen)
    answer = send(anna, draft, "basics", **BASICS, summary="Mine.", seen=seen)
    send(ben, draft, "basics", **BASICS, summary="Second.", seen=opened(draft))
    again = {"seen": answer.context["seen"], "keep-summary": "yours"}
    answer = send(anna, draft, "basics", **BASICS, summary="Mine.", **again)
    assert answer.status_code == 409
    assert "Second." in read(answer).text


def test_in_review_it_is_read_only_and_typed_text_is_shown(draft, send, look, opened):
    lead, seen = lead_of(draft), opened(draft)
    services.submit(draft, by=lead, revision=0)
    page = look(lead, draft, "basics")
    assert "It is with the reviewers" in page.text
    assert "<textarea" not in page.response.content.decode()
    answer = send(lead, draft, "basics", **BASICS, summary="Too late.", seen=seen)
    assert answer.status_code == 409
    assert "You typed: Too late." in read(answer).text
    cost = send(lead, draft, "resources", cost_eur="many", seen=seen)
    assert cost.status_code == 409
    assert "You typed: many" in read(cost).text
    quiet = send(lead, draft, "basics", **BASICS, summary="Too late.", seen=seen,
                 autosave="1")  # fmt: skip
    assert quiet.status_code == 409
    assert "in review" in quiet.json()["message"]


def test_a_revision_is_written_beside_what_readers_see(send, opened, look):
    practice = whole_practice(Stage.REVISING, title="Vouchers for small firms")
    lead = lead_of(practice)
    send(lead, practice, "basics", **BASICS, summary="New.", seen=opened(practice))
    assert GoodPractice.objects.get().summary != "New."
    assert WorkingCopy.objects.get().content["summary"] == "New."
    assert "New." in look(lead, practice, "preview").text


@pytest.mark.parametrize("page", ["", "basics", "evidence", "preview"])
def test_others_do_not_learn_that_it_is_there(client, draft, people, page):
    place = f"/practices/work/{draft.slug}/" + (f"{page}/" if page else "")
    assert client.get(place).url.startswith("/account/")
    for stranger in (people.curator, people.expert, people.reader):
        client.force_login(stranger)
        assert client.get(place).status_code == 404
        assert client.post(place, BASICS).status_code in {404, 405}


def test_more_regions_ask_no_more_statements(
    client, draft, django_assert_max_num_queries
):
    client.force_login(lead_of(draft))
    draft.regions.set(RegionFactory.create_batch(20))
    IndicatorFactory()
    with django_assert_max_num_queries(40):
        client.get(f"/practices/work/{draft.slug}/place/")
