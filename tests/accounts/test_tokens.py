"""Tokens: shown once, held as a digest, good for what they name and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.api.authentication import TokenAuthentication
from accounts.api.permissions import HasScope
from accounts.models import ApiToken
from accounts.services import tokens
from tests import factories
from tests.accounts import people

pytestmark = pytest.mark.django_db
WRITE = ApiToken.Reach.PRACTICES_WRITE


class Probe(APIView):
    authentication_classes = [TokenAuthentication]
    permission_classes = [HasScope.of(WRITE)]

    def post(self, request):
        return Response(
            {"as": request.user.email, "for": str(request.auth.organisation)}
        )


@pytest.fixture
def scope():
    organisation = factories.OrganisationFactory(name="Agency")
    return factories.ScopeFactory(
        user=people.member(), role="contributor", organisation=organisation
    )


@pytest.fixture
def made(scope):
    return tokens.make_token(
        scope.user, name="CRM", organisation=scope.organisation, scopes=[WRITE], days=30
    )


def ask(header=""):
    more = {"HTTP_AUTHORIZATION": header} if header else {}
    answer = Probe.as_view()(APIRequestFactory().post("/", **more))
    return answer.render() if hasattr(answer, "render") else answer


def test_a_token_says_who_writes_for_whom(made):
    answer = ask(f"Bearer {made.secret}")
    assert answer.data == {"as": "ada@example.org", "for": "Agency (ES)"}
    made.token.refresh_from_db()
    assert made.token.last_used_at is not None
    assert made.secret not in str(vars(made.token))


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer s3p_wrong", "Bearer a b"])
def test_without_a_good_token_401(made, header):
    answer = ask(header)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"].startswith("application/problem+json")


def test_without_the_scope_403(made):
    ApiToken.objects.update(scopes=[])
    assert ask(f"Bearer {made.secret}").status_code == 403


def test_expired_revoked_inactive_and_no_longer_members_do_not_hold(scope, made):
    header = f"Bearer {made.secret}"
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(header).status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    scope.user.is_active = False
    scope.user.save()
    assert ask(header).status_code == 401
    scope.user.is_active = True
    scope.user.save()
    assert ask(header).status_code == 200
    tokens.revoke(scope.user, made.token.pk)
    assert ask(header).status_code == 401
    ApiToken.objects.update(revoked_at=None)
    scope.delete()
    assert ask(header).status_code == 401


def test_one_makes_sees_once_and_revokes_on_the_page(client, scope):
    people.sign_in(client, scope.user.email)
    people.confirm_password(client)
    data = {
        "name": "CRM",
        "organisation": scope.organisation_id,
        "scopes": [WRITE],
        "days": "30",
    }
    secret = client.post("/account/tokens/", data).context["made"].secret
    assert ask(f"Bearer {secret}").status_code == 200
    page = client.get("/account/tokens/").content.decode()
    assert "CRM" in page
    assert secret not in page
    client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert ask(f"Bearer {secret}").status_code == 401


def test_nobody_makes_one_for_an_organisation_of_others(client, scope):
    other = factories.OrganisationFactory()
    with pytest.raises(PermissionError):
        tokens.make_token(scope.user, name="x", organisation=other, scopes=[], days=1)


def test_nobody_revokes_those_of_others(client, made):
    client.force_login(people.member("eve@example.org"))
    path = f"/account/tokens/{made.token.pk}/revoke/"
    assert client.post(path).status_code == 404
    assert made.token.is_live


def test_there_are_not_endlessly_many(scope, made):
    for number in range(tokens.MOST_LIVE - 1):
        tokens.make_token(
            scope.user,
            name=str(number),
            organisation=scope.organisation,
            scopes=[],
            days=1,
        )
    with pytest.raises(PermissionError, match="too many"):
        tokens.make_token(
            scope.user, name="x", organisation=scope.organisation, scopes=[], days=1
        )
