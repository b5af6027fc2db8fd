"""One's data: seen, taken along, deleted."""

import json

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CASCADE, SET_NULL

from accounts.models import ApiToken, Notice, User
from accounts.personal import holdings
from accounts.services import memberships, tokens
from accounts.services.leaving import LastAdministratorError, leave_portal
from sources.reports import ErrorReport
from tests import factories
from tests.accounts import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    user = people.member(name="Ada L.")
    people.sign_in(client, user.email)
    people.confirm_password(client)
    return user


def test_no_model_keeps_a_person_from_leaving():
    """Every foreign key to a person goes with them or is emptied."""
    person = get_user_model()
    keys = [
        (model._meta.label, field.name, field.remote_field.on_delete)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is person
    ]
    assert [key for key in keys if key[2] not in (CASCADE, SET_NULL)] == []
    assert len(keys) > 5


def test_the_export_holds_everything_about_them_and_nobody_else(client, ada):
    eve = people.member("eve@example.org")
    organisation = factories.OrganisationFactory(name="Agency")
    for user in (ada, eve):
        memberships.ask_for(user, organisation)
    ErrorReport.objects.create(message="Wrong budget", contact="ADA@example.org")
    answer = client.get("/account/data/export.json")
    assert "attachment" in answer["Content-Disposition"]
    held = json.loads(answer.content)["data"]
    assert set(held) == {holding.name for holding in holdings()}
    assert held["account"][0]["email"] == ada.email
    assert held["memberships"][0]["organisation"] == "Agency (ES)"
    assert held["reports"][0]["message"] == "Wrong budget"
    assert "eve@" not in answer.content.decode()
    assert "password" not in answer.content.decode()
    assert "Wrong budget" in client.get("/account/data/").content.decode()


def test_deleting_takes_what_is_theirs_and_keeps_what_they_gave(client, ada):
    organisation = factories.OrganisationFactory(name="Agency")
    organisation.history.update(history_user=ada)
    memberships.ask_for(ada, organisation)
    report = ErrorReport.objects.create(message="Wrong", contact=ada.email)
    decided = ErrorReport.objects.create(message="Old", decided_by="Ada L.")
    assert client.post("/account/delete/").status_code == 400
    answer = client.post("/account/delete/", {"sure": "yes"})
    assert answer["Location"] == "/"
    assert not User.objects.exists()
    assert not Notice.objects.exists()
    report.refresh_from_db()
    decided.refresh_from_db()
    assert (report.message, report.contact) == ("Wrong", "")
    assert decided.decided_by == "former member"
    assert organisation.history.get().history_user is None
    assert client.get("/account/").status_code == 302


def test_the_only_administrator_stays(client):
    chief = User.objects.create_superuser("chief@example.org", people.PASSWORD)
    with pytest.raises(LastAdministratorError):
        leave_portal(chief)
    User.objects.create_superuser("second@example.org", people.PASSWORD)
    leave_portal(chief)
    assert User.objects.get().email == "second@example.org"


def test_tokens_end_with_the_account(ada):
    scope = factories.ScopeFactory(
        user=ada, role="contributor", organisation=factories.OrganisationFactory()
    )
    made = tokens.make_token(
        ada, name="x", organisation=scope.organisation, scopes=[], days=1
    )
    leave_portal(ada)
    assert tokens.find_live(made.secret) is None
    assert not ApiToken.objects.exists()
