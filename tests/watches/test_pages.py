"""The pages of watches, and the feed anybody may read."""

import pytest
from django.utils import timezone

from practices.models import PublishedVersion
from practices.stages import Stage
from tests import factories
from tests.factories.practices import whole_practice
from watches.models import Watch
from watches.stopping import stop_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    found = whole_practice(Stage.PUBLISHED, title="Vouchers", slug="vouchers")
    PublishedVersion.objects.create(
        practice=found, number=1, content={}, digest="x", published_at=timezone.now()
    )
    return found


@pytest.fixture
def reader():
    return factories.UserFactory()


BEGIN = "/watch/?kind=practice&key=vouchers"


def test_a_reader_watches_changes_and_stops(client, practice, reader):
    client.force_login(reader)
    assert client.post(BEGIN, {"frequency": "daily"}).status_code == 302
    client.post(BEGIN, {"frequency": "daily"})
    watch = Watch.objects.get(user=reader)
    page = f"/account/watches/{watch.pk}/"
    client.post(page, {f"w{watch.pk}-frequency": "weekly"})
    watch.refresh_from_db()
    assert watch.frequency == "weekly"
    assert b"Vouchers" in client.get("/account/watches/").content
    client.post(page, {"action": "stop"})
    assert not Watch.objects.exists()


def test_nobody_changes_the_watch_of_another(client, practice, reader):
    client.force_login(reader)
    client.post(BEGIN, {"frequency": "daily"})
    watch = Watch.objects.get()
    client.force_login(factories.UserFactory())
    answer = client.post(f"/account/watches/{watch.pk}/", {"action": "stop"})
    assert answer.status_code == 404
    assert Watch.objects.exists()


def test_who_is_not_signed_in_gets_the_feed_and_a_way_in(client, practice):
    text = client.get(BEGIN).content.decode()
    assert "/watch/practice/vouchers.atom" in text
    assert "/account/login/?next=" in text
    assert client.post(BEGIN, {"frequency": "daily"}).status_code == 302
    assert not Watch.objects.exists()


def test_a_wrong_frequency_is_refused(client, practice, reader):
    client.force_login(reader)
    assert client.post(BEGIN, {"frequency": "hourly"}).status_code == 400


def test_the_feed_is_cacheable_and_holds_its_tag(client, practice):
    first = client.get("/watch/practice/vouchers.atom")
    assert b"Vouchers" in first.content
    assert "max-age=900" in first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")
    again = client.get(
        "/watch/practice/vouchers.atom", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304


def test_the_feed_of_a_search_takes_its_filters(client, practice):
    assert b"<entry>" in client.get("/watch/search/practices.atom?q=vouch").content
    assert b"<entry>" not in client.get("/watch/search/practices.atom?q=ship").content
    assert client.get("/watch/search/practices.atom?x=1").status_code == 404


def test_one_watch_is_stopped_from_a_mail_without_signing_in(client, practice, reader):
    client.force_login(reader)
    client.post(BEGIN, {"frequency": "daily"})
    client.logout()
    path = "/watch" + stop_address(Watch.objects.get().pk).split("/watch", 1)[1]
    client.get(path)
    assert Watch.objects.exists()
    assert client.post(path).status_code == 200
    assert not Watch.objects.exists()
    assert client.get("/watch/stop/forged/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/practices/?q=vouchers&view=table", "/practices/vouchers/"]
)
def test_pages_lead_to_a_watch_that_can_be_begun(client, practice, path):
    text = client.get(path).content.decode()
    at = text.index('href="/watch/?kind=') + 6
    address = text[at : text.index('"', at)].replace("&amp;", "&")
    assert client.get(address).status_code == 200
