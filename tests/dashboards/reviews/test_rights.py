"""What each role is offered at each stage, and that nothing else can be done."""

import re

import pytest
from django.db import transaction

from accounts.models import Membership, Scope
from practices.models import GoodPractice
from practices.stages import Stage
from tests import factories
from tests.factories.practices import lead_of, whole_practice, with_role

pytestmark = pytest.mark.django_db
ACTIONS = {
    "ask_changes", "pass", "approve", "publish", "schedule", "unschedule",
    "ask_revision", "decline", "archive", "reopen",
}  # fmt: skip
# Written down from docs/practices.md, not from the code's table.
OFFERED = {
    "curator": {
        "draft": "archive",
        "completeness": "ask_changes pass decline archive",
        "changes_asked": "archive",
        "substance": "ask_changes decline archive",
        "approved": "publish schedule archive",
        "scheduled": "publish schedule unschedule archive",
        "published": "ask_revision archive",
        "revision_asked": "archive",
        "revising": "archive",
        "declined": "archive reopen",
        "withdrawn": "archive reopen",
        "archived": "reopen",
    },
    "secretariat": {"completeness": "ask_changes pass"},
    "expert": {
        "substance": "ask_changes approve decline",
        "published": "ask_revision",
    },
}
SENT = {
    "remark": "A reason.",
    "when": "2099-01-01T09:00",
    "comment-title": "Say where.",
}


@pytest.mark.looks
@pytest.mark.parametrize("role", OFFERED)
@pytest.mark.parametrize("stage", list(Stage))
def test_role_by_stage_by_action(client, on_its_way, send, role, stage):
    programme = factories.ProgrammeFactory()
    reach = {"programme_code": programme.slug} if role == "secretariat" else {}
    user = with_role(Scope.Role(role), **reach)
    practice = on_its_way(stage, programme=programme)
    offered = set(OFFERED[role].get(stage.value, "").split())
    client.force_login(user)
    page = client.get(f"/practices/review/{practice.slug}/")
    if stage is Stage.DRAFT and role != "curator":
        assert page.status_code == 403
    else:
        shown = re.findall(r'name="action" value="(\w+)"', page.content.decode())
        assert set(shown) & ACTIONS == offered
    found = {}
    for action in ACTIONS:
        with transaction.atomic():
            found[action] = send(user, practice, action, **SENT).status_code
            transaction.set_rollback(True)
    assert {action for action, code in found.items() if code == 302} == offered
    refused = {code for action, code in found.items() if action not in offered}
    assert refused <= {403, 409}


@pytest.mark.parametrize("address", ["", "list/heard/", "list/confirmations/"])
def test_strangers_are_refused_in_plain_words(client, people, address):
    assert client.get(f"/practices/review/{address}").status_code == 302
    client.force_login(people.reader)
    answer = client.get(f"/practices/review/{address}")
    assert answer.status_code == 403
    assert "This page is for reviewers" in answer.content.decode()


def test_readers_and_authors_do_not_see_a_text_in_work_here(client, people):
    practice = whole_practice(Stage.SUBSTANCE)
    for user in (people.reader, lead_of(practice)):
        client.force_login(user)
        answer = client.get(f"/practices/review/{practice.slug}/")
        assert answer.status_code == 403
        assert practice.title not in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "stage"),
    [("ask_changes", Stage.SUBSTANCE), ("approve", Stage.SUBSTANCE),
     ("decline", Stage.SUBSTANCE), ("sign", Stage.SUBSTANCE),
     ("take", Stage.SUBSTANCE), ("lower", Stage.PUBLISHED),
     ("ask_revision", Stage.PUBLISHED)],
)  # fmt: skip
def test_a_conflict_of_interest_is_said_and_acting_refused(
    client, people, on_its_way, send, action, stage
):
    practice = on_its_way(stage)
    Membership.objects.create(user=people.expert, organisation=practice.organisation)
    client.force_login(people.expert)
    page = client.get(f"/practices/review/{practice.slug}/").content.decode()
    assert "Conflict of interest" in page
    assert 'name="action"' not in page
    opinion = {"opinion_name": "A", "opinion_role": "B", "opinion_text": "C"}
    more = {**SENT, **opinion, "cap": "claimed", "cap_reason": "Thin."}
    assert send(people.expert, practice, action, **more).status_code == 409
    row = GoodPractice.objects.get()
    assert row.stage == stage
    assert not row.opinions.exists()
    assert row.grade_cap == ""


def test_a_reason_has_to_be_given(people, on_its_way, send):
    practice = on_its_way(Stage.COMPLETENESS)
    answer = send(people.curator, practice, "decline")
    assert answer.status_code == 400
    assert "Say why" in answer.content.decode()
    for action in ("", "submit", "no_such"):
        assert send(people.curator, practice, action).status_code == 400
