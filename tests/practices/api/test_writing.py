"""Writing by token: whose drafts, which conflicts, and nothing for anybody else."""

import pytest
from django.db import transaction

from accounts.models import Scope
from accounts.services.tokens import make_token, revoke
from practices.models import GoodPractice
from practices.services import autosave
from practices.stages import Stage
from tests.factories import OrganisationFactory
from tests.factories.practices import whole_practice, with_role

pytestmark = pytest.mark.django_db
LIST = "/api/v1/practices/"


class Writer:
    """A member of an organisation with a token that may write."""

    def __init__(self, client, scopes=("practices:write",)):
        self.client, self.body = client, OrganisationFactory()
        self.user = with_role(Scope.Role.CONTRIBUTOR, organisation=self.body)
        made = make_token(
            self.user, name="t", organisation=self.body, scopes=list(scopes), days=9
        )
        self.token = made.token
        self.headers = {"Authorization": f"Bearer {made.secret}"}

    def send(self, method, address, data=None):
        ask = getattr(self.client, method)
        options = {"headers": self.headers}
        if data is not None:
            options |= {"data": data, "content_type": "application/json"}
        return ask(address, **options)


@pytest.fixture
def writer(client):
    return Writer(client)


@pytest.fixture
def draft(writer):
    response = writer.send("post", LIST, {"title": "Vouchers by API"})
    assert response.status_code == 201, response.content
    return response.json()


def is_problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_a_draft_is_made_for_the_organisation_and_seen_by_nobody_else(
    client, writer, draft
):
    practice = GoodPractice.objects.get(slug=draft["slug"])
    assert practice.organisation == writer.body
    assert (draft["stage"], draft["revision"]) == ("draft", practice.revision)
    assert "summary" in {item["field"] for item in draft["missing"]}
    address = f"{LIST}{draft['slug']}/"
    assert client.get(address).status_code == 404
    assert writer.send("get", address).status_code == 404
    assert client.get(f"{address}draft/").status_code == 401
    assert writer.send("get", f"{address}draft/").json() == draft
    assert client.get(LIST).json()["count"] == 0


def test_without_a_token_that_may_write_nothing_is_written(client, writer, draft):
    address = f"{LIST}{draft['slug']}/"
    reader = Writer(client, scopes=())
    for ask, path in (
        ("post", LIST),
        ("patch", address),
        ("post", f"{address}submit/"),
    ):
        answer = getattr(client, ask)(path, {}, content_type="application/json")
        assert "Bearer" in answer["WWW-Authenticate"]
        is_problem(answer, 401)
        is_problem(reader.send(ask, path, {}), 403)
    revoke(writer.user, writer.token.pk)
    is_problem(writer.send("post", LIST, {"title": "Once more here"}), 401)
    assert GoodPractice.objects.count() == 1


def test_of_another_organisation_a_draft_is_none(client, draft):
    other = Writer(client)
    address = f"{LIST}{draft['slug']}/"
    change = {"revision": draft["revision"], "content": {"summary": "Taken"}}
    is_problem(other.send("patch", address, change), 404)
    is_problem(other.send("get", f"{address}draft/"), 404)
    is_problem(other.send("post", f"{address}submit/", {"revision": 1}), 404)


def test_a_token_writes_for_its_organisation_only(writer, draft):
    other = OrganisationFactory()
    data = {"title": "For another one", "organisation": other.slug}
    problem = is_problem(writer.send("post", LIST, data), 400)
    assert problem["errors"][0]["parameter"] == "organisation"


def test_a_change_is_kept_and_an_old_revision_is_a_conflict(writer, draft):
    address = f"{LIST}{draft['slug']}/"
    change = {"revision": draft["revision"], "content": {"summary": "First"}}
    changed = writer.send("patch", address, change).json()
    assert changed["content"]["summary"] == "First"
    assert changed["revision"] > draft["revision"]
    change["content"]["summary"] = "Second"
    problem = is_problem(writer.send("patch", address, change), 409)
    assert problem["theirs"]["summary"] == "First"
    assert problem["yours"]["summary"] == "Second"
    assert problem["revision"] == changed["revision"]
    held = writer.send("get", f"{address}draft/").json()
    assert held["content"]["summary"] == "First"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "title"),
        ([], "content"),
        ({"title": "Wrong start", "start": "soon"}, "start"),
        ({"title": "No such place", "regions": ["ZZ99"]}, "regions"),
        ({"title": "Unknown field", "colour": "red"}, "colour"),
    ],
)
def test_bad_values_are_named(writer, data, field):
    problem = is_problem(writer.send("post", LIST, data), 400)
    assert field in {error["parameter"] for error in problem["errors"]}


@pytest.mark.parametrize("revision", [None, "1", True, -1])
def test_a_revision_is_asked_for(writer, draft, revision):
    change = {"revision": revision, "content": {"summary": "x"}}
    problem = is_problem(writer.send("patch", f"{LIST}{draft['slug']}/", change), 400)
    assert problem["errors"][0]["parameter"] == "revision"


def test_what_is_not_complete_is_not_submitted(writer, draft):
    address = f"{LIST}{draft['slug']}/submit/"
    problem = is_problem(
        writer.send("post", address, {"revision": draft["revision"]}), 409
    )
    assert "summary" in {item["field"] for item in problem["missing"]}
    assert GoodPractice.objects.get().stage == Stage.DRAFT


def test_a_whole_draft_is_submitted_and_then_closed_to_changes(writer):
    practice = whole_practice(Stage.DRAFT, organisation=writer.body)
    practice.authorships.update(user=writer.user)
    with transaction.atomic():
        practice = autosave(
            practice, {"status": "running"}, practice.revision, by=writer.user
        )
    address = f"{LIST}{practice.slug}/"
    sent = writer.send("post", f"{address}submit/", {"revision": practice.revision})
    assert sent.json()["stage"] == Stage.COMPLETENESS
    change = {"revision": sent.json()["revision"], "content": {"summary": "Late"}}
    is_problem(writer.send("patch", address, change), 409)


def test_reading_needs_no_token(client):
    practice = whole_practice(Stage.PUBLISHED)
    assert client.get(f"{LIST}{practice.slug}/").json()["slug"] == practice.slug
