"""The pages of webhooks: who may propose, who decides, what is shown once."""

import re

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Notice, Scope
from tests import factories
from tests.accounts import people
from tests.watches import hooks
from watches.models import Endpoint, Message, Watch
from watches.stopping import stop_address
from watches.webhooks import endpoints, messages
from watches.webhooks.addresses import check_address

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/s3"
PAGE = "/account/webhooks/"
SECRET = re.compile(r"whsec_[\w+/=]{40,}")


@pytest.fixture(autouse=True)
def _offered(settings):
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]


@pytest.fixture
def ada(client):
    user = people.member()
    factories.ScopeFactory(
        user=user,
        role=Scope.Role.CONTRIBUTOR,
        organisation=factories.OrganisationFactory(name="Agency"),
    )
    people.sign_in(client, user.email)
    people.confirm_password(client)
    return user


@pytest.fixture
def endpoint(ada):
    return hooks.in_use(ada, URL)[0]


def propose(client, url=URL):
    organisation = Scope.objects.get(role="contributor").organisation_id
    return client.post(PAGE, {"url": url, "organisation": organisation})


def test_the_secret_is_on_the_answer_and_nowhere_else(client, ada):
    chief = factories.UserFactory(is_superuser=True)
    answer = propose(client)
    (secret,) = set(SECRET.findall(answer.content.decode()))
    endpoint = Endpoint.objects.get(user=ada)
    assert [secret] == endpoints.secrets_of(endpoint)
    assert secret not in str(vars(endpoint))
    for page in (PAGE, endpoint.get_absolute_url(), "/account/data/"):
        assert not SECRET.search(client.get(page).content.decode())
    assert endpoint.state == "proposed"
    assert Notice.objects.get(user=chief).kind == "webhook-asked"
    assert propose(client).status_code == 400


def test_making_a_secret_asks_for_the_password_again(client, endpoint, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page = endpoint.get_absolute_url()
    assert client.get(page).status_code == 200
    assert "reauthenticate" in client.post(f"{page}secret/")["Location"]
    assert "reauthenticate" in propose(client)["Location"]
    endpoint.refresh_from_db()
    assert endpoint.former_salt == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://hooks.example.org:8443/",
        "https://ada@hooks.example.org/",
        "https://other.example.org/",
        "https://hooks.example.org.evil.example/",
        "https://127.0.0.1/",
        "https://hooks.example.org/#part",
        "ftp://hooks.example.org/",
        "https://[::1/",
    ],
)
def test_other_addresses_are_refused_and_stay_in_the_form(client, ada, url):
    answer = propose(client, url)
    assert answer.status_code == 400
    assert not Endpoint.objects.exists()
    with pytest.raises(ValidationError):
        check_address(url)


def test_only_a_confirmed_member_proposes(client, ada):
    organisation = factories.OrganisationFactory()
    with pytest.raises(PermissionError):
        endpoints.propose(ada, url=URL, organisation=organisation)
    Scope.objects.all().delete()
    text = client.get(PAGE).content.decode()
    assert "Name your organisation" in text
    assert "Propose it" not in text


def test_a_new_secret_is_made_by_its_page(client, endpoint):
    page = f"{endpoint.get_absolute_url()}secret/"
    assert not SECRET.search(client.get(page).content.decode())
    (fresh,) = set(SECRET.findall(client.post(page).content.decode()))
    endpoint.refresh_from_db()
    assert endpoints.secrets_of(endpoint)[0] == fresh


def test_only_an_administrator_decides(client, ada, endpoint):
    factories.ScopeFactory(user=ada, role="curator")
    with pytest.raises(PermissionError):
        endpoints.decide(endpoint, ada, is_allowed=False)
    ada.is_staff = True
    ada.save()
    assert client.get("/admin/watches/endpoint/").status_code == 403


def test_an_administrator_allows_and_refuses_in_the_desk(client, ada, settings):
    propose(client)
    chief = factories.UserFactory(is_superuser=True, is_staff=True)
    client.force_login(chief)
    endpoint = Endpoint.objects.get()
    assert URL in client.get("/admin/watches/endpoint/").content.decode()
    assert (
        client.get(f"/admin/watches/endpoint/{endpoint.pk}/change/").status_code == 200
    )
    for action, state in (("allow", "in_use"), ("refuse", "refused")):
        client.post(
            "/admin/watches/endpoint/",
            {"action": action, "_selected_action": [endpoint.pk]},
        )
        endpoint.refresh_from_db()
        assert endpoint.state == state
    assert Notice.objects.filter(user=ada, kind="webhook-decided").count() == 2
    assert not endpoints.switch_on(endpoint)
    settings.WEBHOOK_HOSTS = []
    assert client.get("/admin/watches/endpoint/").status_code == 403


def test_without_listed_hosts_nothing_is_offered(client, endpoint, settings):
    assert PAGE in client.get("/account/watches/").content.decode()
    settings.WEBHOOK_HOSTS = []
    assert client.get(PAGE).status_code == 404
    assert client.get(endpoint.get_absolute_url()).status_code == 404
    assert PAGE not in client.get("/account/watches/").content.decode()


def test_nobody_sees_or_uses_the_endpoint_of_another(client, endpoint):
    made = messages.send_test(endpoint)
    client.force_login(hooks.member())
    page = endpoint.get_absolute_url()
    assert client.get(page).status_code == 404
    data = {"action": "again", "message": made.ident}
    assert client.post(page, data).status_code == 404
    practice = "/watch/?kind=region&key=" + factories.RegionFactory(code="ES21").code
    answer = client.post(practice, {"frequency": "daily", "way": f"hook:{endpoint.pk}"})
    assert answer.status_code == 302
    watch = Watch.objects.get()
    assert (watch.is_mailed, watch.endpoint) == (True, None)


def test_a_watch_goes_by_mail_by_webhook_or_by_both(client, endpoint):
    begin = "/watch/?kind=region&key=" + factories.RegionFactory(code="ES21").code
    client.post(begin, {"frequency": "daily", "way": f"hook:{endpoint.pk}"})
    watch = Watch.objects.get()
    assert (watch.is_mailed, watch.endpoint) == (False, endpoint)
    page, name = f"/account/watches/{watch.pk}/", f"w{watch.pk}-"
    both = {f"{name}frequency": "daily", f"{name}way": f"both:{endpoint.pk}"}
    client.post(page, both)
    watch.refresh_from_db()
    assert (watch.is_mailed, watch.endpoint) == (True, endpoint)
    wrong = {f"{name}frequency": "daily", f"{name}way": "hook:0"}
    assert client.post(page, wrong).status_code == 400


def test_the_log_shows_what_was_sent_in_so_many_queries(
    client, endpoint, django_assert_max_num_queries
):
    for number in range(5):
        Message.objects.create(
            endpoint=endpoint, ident=f"msg_{number}", label="País Vasco", body="{}"
        )
    with django_assert_max_num_queries(14):
        text = client.get(endpoint.get_absolute_url()).content.decode()
    assert text.count("País Vasco") >= 5


def test_sending_again_by_hand_keeps_the_id(client, endpoint):
    made = messages.send_test(endpoint)
    Message.objects.update(state="failed", tried_at=None)
    data = {"action": "again", "message": made.ident}
    client.post(endpoint.get_absolute_url(), data)
    again = Message.objects.get()
    assert (again.state, again.ident) == ("waiting", made.ident)
    assert client.post(endpoint.get_absolute_url(), {"action": "x"}).status_code == 302


def test_a_program_stops_a_watch_by_its_link(client, endpoint):
    region = factories.RegionFactory(code="ES21")
    watch = Watch.objects.create(
        user=endpoint.user, kind="region", key=region.code, label="x"
    )
    client.logout()
    path = "/watch" + stop_address(watch.pk).split("/watch", 1)[1]
    assert client.delete(path).status_code == 204
    assert not Watch.objects.exists()


def test_deleting_an_account_deletes_its_endpoints(endpoint):
    endpoint.user.delete()
    assert not Endpoint.objects.exists()
