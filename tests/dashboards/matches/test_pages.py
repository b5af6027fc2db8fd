"""The pages of matches: who finds what there, and what is refused."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Scope
from practices.models import Introduction, MatchMessage, MatchRequest
from practices.services import introductions
from tests.factories import DomainFactory, PriorityFactory, RegionFactory, UserFactory
from tests.factories.matches import (
    CHALLENGE,
    agreed_introduction,
    asked_match,
    author_of,
    fresh,
    introduction_of,
    practice_proposal,
    sent_match,
)
from tests.factories.practices import with_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_floods():
    cache.clear()


@pytest.fixture
def curator():
    return with_role(Scope.Role.CURATOR)


@pytest.fixture
def asked():
    """Two questions as the form sends them, with one region that fits."""
    domain = DomainFactory(kind="economic", code="ict")
    region = RegionFactory(code="ES21", name="País Vasco")
    good = PriorityFactory(strategy__region=RegionFactory(code="FI19", name="Länsi"))
    good.domains.add(domain)
    return {"challenge": CHALLENGE, "domain": "economic:ict", "region": region.code}


def text(response):
    return response.content.decode()


def test_anybody_may_try_and_nothing_is_stored(client, asked):
    response = client.post("/match/", {**asked, "then": "try"})
    assert response.status_code == 200
    assert "Länsi (FI19)" in text(response)
    assert "Has a priority in the domain" in text(response)
    assert "Too few figures are held to compare" in text(response)
    assert not MatchRequest.objects.exists()
    assert "sessionid" not in client.cookies


def test_what_was_typed_waits_behind_the_sign_in(client, asked, curator):
    response = client.post("/match/", {**asked, "then": "send"})
    assert response["Location"].endswith("?next=/match/")
    assert not MatchRequest.objects.exists()
    user = UserFactory()
    client.force_login(user)
    assert CHALLENGE in text(client.get("/match/"))
    sent = client.post("/match/", {**asked, "then": "send"}, follow=True)
    match = MatchRequest.objects.get()
    assert (match.user, match.region.code) == (user, "ES21")
    assert sent.redirect_chain == [(f"/match/{match.pk}/", 302)]
    assert "Länsi" in text(sent)
    assert CHALLENGE not in text(client.get("/match/"))


def test_the_region_comes_from_the_link_or_the_profile(client, asked):
    assert 'value="FI19" selected' in text(client.get("/match/?region=FI19"))
    part = RegionFactory(code="ES213", level=3)
    client.force_login(UserFactory(region=part))
    assert 'value="ES21" selected' in text(client.get("/match/"))
    assert 'value="FI19" selected' in text(client.get("/match/?region=FI19"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("challenge", "Too few words", "at least 8 words"),
        ("domain", "economic:none", "Select a valid choice"),
        ("region", "XX99", "Select a valid choice"),
        ("region", "", "This field is required"),
    ],
)
def test_refused_beside_the_field_and_nothing_typed_is_lost(
    client, asked, field, value, said
):
    response = client.post("/match/", {**asked, field: value, "then": "send"})
    assert response.status_code == 400
    assert text(response).count(said) >= 2  # in the summary, and at the field
    if field != "challenge":
        assert CHALLENGE in text(response)


def test_programs_are_not_heard_and_floods_are_refused(client, asked):
    client.force_login(UserFactory())
    client.post("/match/", {**asked, "then": "send", "nickname": "bot"})
    assert not MatchRequest.objects.exists()
    for _ in range(30):
        client.post("/match/", {**asked, "then": "try"})
    assert client.post("/match/", {**asked, "then": "try"}).status_code == 429


def test_a_request_is_there_for_its_asker_alone(client, curator):
    match = asked_match()
    address = f"/match/{match.pk}/"
    assert "/account" in client.get(address)["Location"]
    for user, status in ((UserFactory(), 404), (curator, 404), (match.user, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_the_desk_is_for_curators(client, curator):
    match = asked_match()
    for user, status in ((match.user, 403), (UserFactory(), 403), (curator, 200)):
        client.force_login(user)
        for address in ("/match/desk/", f"/match/desk/{match.pk}/"):
            assert client.get(address).status_code == status, address
    assert client.get("/match/desk/999999/").status_code == 404
    assert match.user.email not in text(client.get(f"/match/desk/{match.pk}/"))


def test_a_curator_completes_and_the_asker_asks(client, curator):
    match = asked_match()
    place = RegionFactory(code="FI19")
    desk, own = f"/match/desk/{match.pk}/", f"/match/{match.pk}/"
    proposal = practice_proposal(match)
    client.force_login(match.user)
    sent = {"act": "introduce", "proposal": proposal.pk, "message": "How?"}
    assert client.post(own, sent).status_code == 409
    assert "Ask to be introduced" not in text(client.get(own))
    client.force_login(curator)
    for form in (
        {"act": "add_region", "region": place.code},
        {"act": "arrange", "proposal": proposal.pk, "offered": "yes", "note": "Good."},
        {"act": "complete", "comment": "Here."},
    ):
        assert client.post(desk, form)["Location"] == desk
    client.force_login(match.user)
    assert "Good." in text(client.get(own))
    assert client.post(own, sent)["Location"] == own
    row = Introduction.objects.get()
    assert row.message == "How?"
    assert client.post(own, sent).status_code == 400


def test_what_a_curator_hides_its_asker_does_not_see(client, curator):
    match = asked_match()
    proposal = practice_proposal(match)
    client.force_login(curator)
    client.post(f"/match/desk/{match.pk}/", {"act": "arrange", "proposal": proposal.pk})
    assert proposal.label in text(client.get(f"/match/desk/{match.pk}/"))
    client.force_login(match.user)
    assert proposal.label not in text(client.get(f"/match/{match.pk}/"))


def test_practices_to_add_are_found_by_words(client, curator):
    match = asked_match()
    other = asked_match()
    found = practice_proposal(other).practice
    client.force_login(curator)
    address = f"/match/desk/{match.pk}/"
    assert found.title in text(client.get(f"{address}?q={found.title}"))
    client.post(address, {"act": "add_practice", "practice": found.pk})
    assert match.proposals.filter(practice=found, source="curator").exists()
    for act in ("add_practice", "add_region", "arrange", "nothing"):
        sent = {"act": act, "practice": "x", "proposal": "9" * 30}
        assert client.post(address, sent).status_code == 400


def test_what_cannot_be_done_comes_back_as_it_was_typed(client, curator):
    match = asked_match()
    client.force_login(curator)
    sent = {"act": "decline", "comment": " "}
    response = client.post(f"/match/desk/{match.pk}/", sent)
    assert response.status_code == 400
    assert "Write something." in text(response)
    row = agreed_introduction()
    introductions.end(row, by=row.answered_by)
    client.force_login(row.request.user)
    sent = {"act": "introduce", "proposal": row.proposal_id, "message": "Once more"}
    response = client.post(row.request.get_absolute_url(), sent)
    assert response.status_code == 400
    assert "asked for already" in text(response)


def test_both_sides_meet_on_one_page_without_addresses(client):
    row = introduction_of(sent_match())
    asker, author = row.request.user, author_of(row)
    client.force_login(UserFactory())
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(author)
    before = text(client.get(row.get_absolute_url()))
    assert CHALLENGE in before
    assert asker.name not in before
    assert row.proposal.label in text(client.get("/match/mine/"))
    client.post(row.get_absolute_url(), {"act": "agree", "remark": "Gladly."})
    client.post(row.get_absolute_url(), {"act": "write", "text": "<b>On Monday</b>"})
    client.force_login(asker)
    page = text(client.get(row.get_absolute_url()))
    assert "&lt;b&gt;On Monday" in page
    assert "Gladly." in page
    assert author.email not in page
    assert client.post(row.get_absolute_url(), {"act": "write"}).status_code == 400
    assert MatchMessage.objects.count() == 1


def test_a_name_that_is_missing_never_shows_the_address(client):
    row = agreed_introduction(by=UserFactory(name=""))
    client.force_login(row.answered_by)
    page = text(client.get(row.get_absolute_url()))
    assert "a member of the portal" in page
    assert row.request.user.email not in page


def test_curators_read_a_thread_only_when_it_is_reported(client, curator):
    row = agreed_introduction()
    introductions.write(row, "Buy my vouchers", by=row.request.user)
    desk = f"/match/desk/{row.request.pk}/"
    client.force_login(curator)
    assert "Buy my vouchers" not in text(client.get(desk))
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(row.answered_by)
    client.post(row.get_absolute_url(), {"act": "report", "reason": "He sells."})
    client.force_login(curator)
    assert "Buy my vouchers" in text(client.get(desk))
    assert "reported" in text(client.get("/match/desk/"))
    sent = {"act": "end", "introduction": row.pk, "comment": "Enough."}
    client.post(desk, sent)
    assert fresh(row).state == "ended"


def test_the_review_queue_counts_what_waits(client, curator):
    asked_match()
    client.force_login(curator)
    page = text(client.get("/practices/review/"))
    assert (
        '/match/desk/">Match requests <span class="badge badge-warn">1</span>' in page
    )


@pytest.mark.parametrize("of", ["detail", "desk", "desk_queue"])
def test_statements_do_not_grow(client, curator, of):
    match = asked_match()
    address = {
        "detail": f"/match/{match.pk}/",
        "desk": f"/match/desk/{match.pk}/",
        "desk_queue": "/match/desk/",
    }[of]
    client.force_login(match.user if of == "detail" else curator)

    def count():
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    first = count()
    for _ in range(2):
        other = asked_match()
        match.proposals.create(
            source="curator", practice=practice_proposal(other).practice
        )
        match.proposals.create(source="curator", region=RegionFactory())
    assert count() <= first + 1  # the first region brings the names of regions
