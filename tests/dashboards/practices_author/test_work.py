"""One's own practice: begun, its check list, comments, what may be done, preview."""

import pytest
from django.utils import timezone

from accounts.models import Scope
from practices import services
from practices.models import GoodPractice
from practices.stages import Stage
from tests.dashboards.pages import read
from tests.factories import RegionFactory, UserFactory
from tests.factories.catalogue import OrganisationFactory, ScopeFactory
from tests.factories.practices import AttachmentFactory, lead_of, whole_practice

pytestmark = pytest.mark.django_db
SHARE = "/practices/share/"


def test_strangers_are_told_and_sent_to_sign_in(client):
    page = read(client.get(SHARE))
    assert f"/account/login/?next={SHARE}" in page.links
    assert "Begin a new practice" not in page.text
    answer = client.post(SHARE, {"title": "Mine"})
    assert answer.url.endswith(f"next={SHARE}")
    assert not GoodPractice.objects.exists()


def test_a_draft_begins_with_what_is_known_of_its_author(client):
    region = RegionFactory(code="EL30", name="Attiki", country="EL")
    body = OrganisationFactory(name="Agency of the North", region=region)
    user = ScopeFactory(role=Scope.Role.CONTRIBUTOR, organisation=body).user
    client.force_login(user)
    form = client.get(SHARE).context["form"]
    proposed = {box.name: box.value() for box in form if box.value()}
    assert proposed["region"] == "Attiki (EL30)"
    assert proposed["organisation"].startswith("Agency of the North (")
    answer = client.post(SHARE, {"title": "Vouchers", **proposed})
    assert answer.url == "/practices/work/vouchers/basics/"
    row = GoodPractice.objects.get()
    assert (row.organisation, row.country, lead_of(row)) == (body, "EL", user)
    assert "/practices/work/vouchers/" in read(client.get(SHARE)).links


def test_a_taken_title_is_refused_with_all_typed(client, draft):
    client.force_login(UserFactory())
    answer = client.post(SHARE, {"title": draft.title, "region": "Atlantis"})
    assert answer.status_code == 400
    assert "“Atlantis” is no region" in read(answer).text
    answer = client.post(SHARE, {"title": draft.title})
    assert answer.status_code == 400
    assert "Another practice has this title" in read(answer).text
    assert f'value="{draft.title}"' in answer.content.decode()


def test_the_check_list_leads_to_the_fields(draft, look):
    GoodPractice.objects.update(summary="Too short.")
    draft.evidence_items.all().delete()
    page = look(lead_of(draft), draft)
    place = f"/practices/work/{draft.slug}"
    assert f"{place}/basics/#field-summary" in page.links
    assert f"{place}/evidence/#field-evidence" in page.links
    assert "Summary : 2 words of at least 15" in page.text
    for link in ("basics", "evidence"):
        field = "field-summary" if link == "basics" else "field-evidence"
        assert field in look(lead_of(draft), draft, link).ids


def test_it_is_submitted_with_a_declaration_by_its_lead(draft, ben, send, look):
    lead = lead_of(draft)
    assert "The lead author submits it: Anna." in look(ben, draft).text
    answer = send(lead, draft, action="submit", revision=0)
    assert answer.status_code == 400
    assert "Tick the declaration" in read(answer).text
    answer = send(ben, draft, action="submit", revision=0, declared="yes")
    assert answer.status_code == 403
    assert send(lead, draft, action="submit", revision=0, declared="yes").url
    assert GoodPractice.objects.get().stage == Stage.COMPLETENESS
    assert "Somebody of the portal looks" in look(lead, draft).text


def test_what_is_not_complete_is_not_submitted(draft, send):
    GoodPractice.objects.update(contact_office="")
    answer = send(lead_of(draft), draft, action="submit", revision=0, declared="yes")
    assert answer.status_code == 409
    assert GoodPractice.objects.get().stage == Stage.DRAFT


def test_an_old_page_submits_nothing(draft, ben, send):
    services.autosave(draft, {"summary": "Other words."}, 0, by=ben)
    answer = send(lead_of(draft), draft, action="withdraw", revision=0, reason="Old")
    assert answer.status_code == 409
    page = read(answer)
    assert "Ben changed this practice" in page.text
    assert "Old" in page.text
    assert GoodPractice.objects.get().stage == Stage.DRAFT


def test_comments_are_read_at_their_field_and_marked_as_done(draft, people, send, look):
    lead = lead_of(draft)
    services.submit(draft, by=lead, revision=0)
    services.ask_changes(
        draft, by=people.curator, revision=1, comments={"summary": "Which town?"}
    )
    place = f"/practices/work/{draft.slug}/basics/#field-summary"
    assert place in look(lead, draft).links
    assert "Which town?" in look(lead, draft, "basics").text
    comment = draft.comments.get()
    send(lead, draft, action="resolve", comment=comment.pk)
    assert "Which town?" not in look(lead, draft, "basics").text
    other = whole_practice(Stage.DRAFT)
    answer = send(lead_of(other), other, action="resolve", comment=comment.pk)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("stage", "action", "target"),
    [
        (Stage.PUBLISHED, "start_revision", Stage.REVISING),
        (Stage.REVISING, "discard_revision", Stage.PUBLISHED),
        (Stage.DRAFT, "withdraw", Stage.WITHDRAWN),
        (Stage.WITHDRAWN, "reopen", Stage.DRAFT),
    ],
)
def test_what_is_offered_can_be_done(send, look, stage, action, target):
    practice = whole_practice(stage)
    lead = lead_of(practice)
    html = look(lead, practice).response.content.decode()
    assert f'value="{action}"' in html
    assert send(lead, practice, action=action, revision=0).status_code == 302
    assert GoodPractice.objects.get().stage == target
    assert f'value="{action}"' not in look(lead, practice).response.content.decode()


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_says_what_happens_next(look, stage):
    given = {}
    if stage is Stage.SCHEDULED:
        given["publish_at"] = timezone.now()
    practice = whole_practice(stage, **given)
    page = look(lead_of(practice), practice)
    assert page.response.status_code == 200
    assert str(page.response.context["next"]) in page.text


def test_nonsense_is_refused(draft, send):
    lead = lead_of(draft)
    for sent in ({}, {"action": "publish", "revision": 0}, {"action": "submit"},
                 {"action": "resolve", "comment": "x"}):  # fmt: skip
        assert send(lead, draft, **sent).status_code == 400


def test_the_preview_shows_the_text_in_work_to_its_authors(look):
    practice = whole_practice(Stage.REVISING, title="Vouchers")
    copy = practice.working_copy
    region = RegionFactory(code="EL30", name="Attiki", country="EL")
    copy.content |= {
        "title": "Vouchers anew",
        "regions": ["EL30@2024"],
        "end": "2019",
        "cost_eur": "7500.00",
        "project": "gone",
        "evidence": [{**copy.content["evidence"][0], "indicator": "Firms helped"}],
    }
    copy.save()
    AttachmentFactory(practice=practice, name="survey.pdf", alt="Survey")
    AttachmentFactory(practice=practice, name="bad.pdf", alt="Bad", scan="waiting")
    page = look(lead_of(practice), practice, "preview")
    for text in ("Preview.", "Vouchers anew", region.name, "Firms helped", "Survey"):
        assert text in page.text
    assert "Bad" not in page.text
    assert "Vouchers anew" not in GoodPractice.objects.get().title
    html = page.response.content.decode()
    assert "noindex" in html


def test_suggestions_are_for_people_and_of_known_kinds(client, draft):
    address = "/practices/share/suggest/region/?q=att"
    assert client.get(address).status_code == 302
    client.force_login(lead_of(draft))
    assert client.get(address).json() == {"results": []}
    assert client.get("/practices/share/suggest/user/?q=a").status_code == 404
