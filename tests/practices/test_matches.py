"""From two questions to a thread: who may, who is told, what is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Scope, User
from accounts.personal import all_about
from accounts.services.leaving import leave_portal
from practices.errors import NotAllowed
from practices.match_parts import other_side
from practices.matching import matches_for
from practices.models import (
    GoodPractice,
    Introduction,
    MatchMessage,
    MatchProposal,
    MatchRequest,
)
from practices.services import introductions, matching
from practices.services.match_upkeep import look_after_matches
from practices.stages import Stage
from practices.tasks import look_after
from regions.models import Region
from tests import factories
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
from tests.factories.practices import whole_practice, with_role

pytestmark = pytest.mark.django_db


def kinds(user):
    return list(user.notices.order_by("pk").values_list("kind", flat=True))


def test_the_portal_proposes_at_once_and_curators_hear_of_it(people):
    match = asked_match()
    assert match.state == "proposed"
    proposal = practice_proposal(match)
    assert proposal.source == "portal"
    assert {reason["part"] for reason in proposal.reasons} == {
        "transfer",
        "domain",
        "words",
    }
    assert kinds(people.curator) == ["match-desk"]
    assert [step.act for step in match.story.all()] == ["propose"]


def test_what_finds_nothing_stays_open_until_something_is_held(people):
    domain = factories.DomainFactory()
    match = matching.ask_match(
        by=people.reader,
        region=factories.RegionFactory(),
        domain=domain,
        challenge=CHALLENGE,
    )
    assert match.state == "open"
    practice = whole_practice(Stage.PUBLISHED)
    practice.domains.set([domain])
    look_after()
    match.refresh_from_db()
    assert match.state == "proposed"
    assert practice_proposal(match).practice == practice


def test_regions_with_the_priority_are_proposed_and_drafts_are_not():
    domain = factories.DomainFactory()
    region, good, hidden = (factories.RegionFactory() for _ in range(3))
    for place, state in ((good, "published"), (hidden, "draft")):
        row = factories.PriorityFactory(strategy__region=place, state=state)
        row.domains.add(domain)
    assert [r for r, _m in matches_for(region, domain, CHALLENGE).regions] == [good]


def test_statements_do_not_grow_with_what_is_held():
    domain = factories.DomainFactory()
    region = factories.RegionFactory()
    counts = []
    for _ in range(2):
        for _more in range(2):
            whole_practice(Stage.PUBLISHED).domains.set([domain])
            row = factories.PriorityFactory(strategy__region=factories.RegionFactory())
            row.domains.add(domain)
        matches_for(region, domain, CHALLENGE)
        with CaptureQueriesContext(connection) as caught:
            matches_for(region, domain, CHALLENGE)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 30


@pytest.mark.parametrize("challenge", ["", "Too few words here"])
def test_a_challenge_takes_a_few_words(people, challenge):
    with pytest.raises(ValidationError) as caught:
        asked_match(by=people.reader, challenge=challenge)
    assert "challenge" in caught.value.message_dict


def test_five_requests_at_once_and_no_more(people):
    for _ in range(5):
        match = asked_match(by=people.reader)
    with pytest.raises(ValidationError, match="5 requests"):
        asked_match(by=people.reader)
    matching.close_match(match, by=people.reader)
    asked_match(by=people.reader)


def test_a_curator_adds_hides_annotates_and_sends(people):
    match = asked_match()
    region = factories.RegionFactory()
    with pytest.raises(NotAllowed):
        matching.add_proposal(match, by=people.reader, region=region)
    added = matching.add_proposal(match, by=people.curator, region=region, note="Ask.")
    assert (added.source, added.score, added.note) == ("curator", None, "Ask.")
    with pytest.raises(ValidationError):
        matching.add_proposal(match, by=people.curator, region=region)
    with pytest.raises(ValidationError):
        matching.add_proposal(match, by=people.curator, region=match.region)
    draft = whole_practice(Stage.DRAFT)
    with pytest.raises(NotAllowed):
        matching.add_proposal(match, by=people.curator, practice=draft)
    for row in match.proposals.all():
        matching.arrange_proposal(row, by=people.curator, is_offered=False, note="No")
    with pytest.raises(ValidationError):
        matching.complete_match(match, by=people.curator)
    matching.arrange_proposal(added, by=people.curator, is_offered=True, note="Yes")
    matching.complete_match(match, by=people.curator, comment="Here you are.")
    match.refresh_from_db()
    assert match.state == "completed"
    assert "Here you are." in match.user.notices.get(kind="match-moved").body


def test_declining_takes_a_reason(people):
    match = asked_match()
    with pytest.raises(ValidationError):
        matching.decline_match(match, by=people.curator, comment=" ")
    matching.decline_match(match, by=people.curator, comment="Not for us.")
    match.refresh_from_db()
    assert match.state == "declined"
    with pytest.raises(NotAllowed) as caught:
        matching.complete_match(match, by=people.curator)
    assert caught.value.is_ever


def test_nobody_hears_of_a_request_before_a_curator_sent_it(people):
    match = asked_match()
    with pytest.raises(NotAllowed) as caught:
        introductions.ask_introduction(practice_proposal(match), by=match.user)
    assert caught.value.is_ever
    assert not Introduction.objects.exists()
    matching.complete_match(match, by=people.curator)
    for user in (people.reader, people.curator):
        with pytest.raises(NotAllowed):
            introductions.ask_introduction(practice_proposal(match), by=user)


def test_both_agree_and_write_and_see_no_address():
    row = introduction_of(sent_match())
    asker, author = row.request.user, author_of(row)
    assert kinds(author) == ["match-asked"]
    assert asker.email not in author.notices.get().body
    with pytest.raises(NotAllowed):
        introductions.agree(row, by=asker)
    introductions.agree(row, by=author, remark="Gladly.")
    row = fresh(row)
    assert (row.state, row.request.state) == ("agreed", "introduced")
    introductions.write(row, "When can we call?", by=asker)
    introductions.write(row, "On Monday.", by=author)
    assert [said.text for said in row.messages.all()] == [
        "When can we call?",
        "On Monday.",
    ]
    assert kinds(asker)[-2:] == ["match-thread", "match-thread"]
    for notice in author.notices.all():
        assert asker.email not in notice.subject + notice.body
    with pytest.raises(ValidationError):
        introductions.write(row, " ", by=asker)
    with pytest.raises(NotAllowed):
        introductions.write(row, "Me too", by=factories.UserFactory())
    acts = list(row.request.story.values_list("act", flat=True))
    assert acts[-4:] == ["meet", "agree", "write", "write"]


def test_who_declines_is_asked_once_and_no_thread_opens():
    row = introduction_of(sent_match())
    introductions.refuse(row, by=author_of(row), remark="No time.")
    row = fresh(row)
    assert (row.state, row.request.state) == ("refused", "completed")
    with pytest.raises(NotAllowed):
        introductions.write(row, "Please", by=row.request.user)
    with pytest.raises(ValidationError, match="already"):
        introductions.ask_introduction(row.proposal, by=row.request.user)


def test_the_other_side_is_authors_then_editors_then_curators(people):
    match = asked_match()
    place = factories.RegionFactory(code="FRF3")
    row = MatchProposal.objects.create(request=match, region=place, source="curator")
    assert other_side(row) == [people.curator]
    country = Region.objects.get(code="FR")
    editor = with_role(Scope.Role.REGIONAL_EDITOR, region=country)
    with_role(Scope.Role.REGIONAL_EDITOR, region=factories.RegionFactory(code="DE11"))
    assert other_side(row) == [editor]
    proposal = practice_proposal(match)
    assert other_side(proposal) == [author_of(Introduction(proposal=proposal))]
    proposal.practice.authorships.all().delete()
    proposal.practice.regions.set([place])
    assert other_side(proposal) == [editor]
    match.user = editor
    match.save()
    row.refresh_from_db()
    assert other_side(row) == [people.curator]


def test_a_practice_that_readers_lost_is_not_introduced():
    match = sent_match()
    GoodPractice.objects.update(state="archived", stage="archived")
    with pytest.raises(NotAllowed):
        introductions.ask_introduction(practice_proposal(match), by=match.user)


def test_reports_are_settled_or_end_it(people):
    row = agreed_introduction()
    with pytest.raises(NotAllowed):
        introductions.settle(row, by=people.curator)
    introductions.report(row, "He sells things.", by=row.answered_by)
    assert MatchRequest.objects.reported().get() == row.request
    assert people.curator.notices.filter(subject__startswith="Reported").exists()
    introductions.settle(fresh(row), by=people.curator)
    assert not MatchRequest.objects.reported().exists()
    introductions.report(fresh(row), "He still does.", by=row.answered_by)
    with pytest.raises(ValidationError):
        introductions.end(fresh(row), by=people.curator)
    introductions.end(fresh(row), by=people.curator, comment="Enough.")
    with pytest.raises(NotAllowed):
        introductions.write(fresh(row), "But", by=row.request.user)


def test_closing_ends_what_is_under_way():
    row = agreed_introduction()
    matching.close_match(row.request, by=row.request.user)
    row = fresh(row)
    assert (row.state, row.request.state) == ("ended", "closed")
    assert row.answered_by.notices.filter(subject__contains="has ended").exists()


def back(days):
    return timezone.now() - timedelta(days=days)


def test_a_month_of_silence_is_asked_about_and_then_closed():
    match = sent_match()
    MatchRequest.objects.update(touched_at=back(29))
    look_after_matches()
    assert not match.user.notices.filter(subject__startswith="Do you").exists()
    MatchRequest.objects.update(touched_at=back(31))
    look_after_matches()
    look_after_matches()
    assert match.user.notices.filter(subject__startswith="Do you").count() == 1
    match.refresh_from_db()
    matching.keep_match(match, by=match.user)
    match.refresh_from_db()
    assert match.silence_asked_at is None
    MatchRequest.objects.update(touched_at=back(50), silence_asked_at=back(15))
    look_after_matches()
    match.refresh_from_db()
    assert match.state == "closed"


def test_who_does_not_answer_is_reminded_once_and_then_it_ends():
    row = introduction_of(sent_match())
    Introduction.objects.update(asked_at=back(31))
    look_after_matches()
    look_after_matches()
    assert kinds(author_of(row)) == ["match-asked", "match-asked"]
    Introduction.objects.update(reminded_at=back(15))
    look_after_matches()
    assert fresh(row).state == "ended"
    assert row.request.user.notices.filter(subject__startswith="No answer").exists()


def test_all_of_it_is_in_the_export():
    row = agreed_introduction()
    introductions.write(row, "When?", by=row.request.user)
    held = {holding.name: rows for holding, rows in all_about(row.request.user)}
    assert held["match_requests"][0]["challenge"] == CHALLENGE
    assert held["match_introductions"][0]["message"] == "How did you begin?"
    assert held["match_messages"][0]["text"] == "When?"
    assert {step["act"] for step in held["match_steps"]} == {"introduce", "write"}
    other = {holding.name: rows for holding, rows in all_about(row.answered_by)}
    assert other["match_requests"] == []
    assert len(other["match_introductions"]) == 1


def test_what_the_asker_wrote_goes_with_the_account():
    row = agreed_introduction()
    author = row.answered_by
    introductions.write(row, "When?", by=row.request.user)
    leave_portal(row.request.user)
    assert not MatchRequest.objects.exists()
    assert not MatchMessage.objects.exists()
    assert author.notices.filter(subject__contains="has ended").exists()


def test_the_other_side_leaves_and_its_words_stay():
    row = agreed_introduction()
    author = row.answered_by
    introductions.write(row, "On Monday.", by=author)
    leave_portal(User.objects.get(pk=author.pk))
    row = fresh(row)
    assert (row.state, row.answered_by) == ("ended", None)
    assert row.messages.get().author is None
