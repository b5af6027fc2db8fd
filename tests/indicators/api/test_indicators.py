"""Indicators over the API."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from indicators.models import Dataflow, Indicator

pytestmark = pytest.mark.usefixtures("starter")

ADDRESS = "/api/v1/indicators/"


def test_all_indicators_in_the_order_of_the_pages(client):
    body = client.get(ADDRESS).json()
    held = Indicator.objects.order_by("position", "slug").values_list("slug", flat=True)
    assert [row["slug"] for row in body["results"]] == list(held)
    assert body["count"] == len(held)


def test_a_slice_and_a_ratio_say_where_they_come_from(client):
    gerd = client.get(f"{ADDRESS}gerd-pc-gdp/").json()
    assert (gerd["agency"], gerd["dataflow"]) == ("ESTAT", "tgs00042")
    assert (gerd["numerator"], gerd["denominator"]) == (None, None)
    ratio = client.get(f"{ADDRESS}gdp-per-head/").json()
    assert (ratio["agency"], ratio["dataflow"]) == (None, None)
    assert (ratio["numerator"], ratio["denominator"]) == ("gdp-mio-eur", "population")
    assert ratio["formula"]


def test_every_listed_indicator_can_be_asked_for(client):
    for row in client.get(ADDRESS).json()["results"]:
        assert client.get(f"{ADDRESS}{row['slug']}/").json() == row


def test_of_the_past_nothing_is_said_of_todays_staleness(client, settings):
    """With nothing fetched for a year each source that is checked is stale."""
    Dataflow.objects.update(checked_at=timezone.now() - timedelta(days=400))
    settings.CHECK_EVERY = 1
    cache.clear()
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    observations = "/api/v1/observations/?indicator=gerd-pc-gdp"
    assert client.get(f"{ADDRESS}gerd-pc-gdp/").json()["stale"] is True
    assert client.get(observations).json()["stale"]
    row = client.get(f"{ADDRESS}gerd-pc-gdp/", {"asOf": moment}).json()
    assert (row["stale"], row["stale_reason"]) == (False, "")
    rows = client.get(ADDRESS, {"asOf": moment}).json()["results"]
    assert not any(row["stale"] for row in rows)
    assert client.get(f"{observations}&asOf={moment}").json()["stale"] == {}
    assert client.get(ADDRESS, {"asOf": "2020-01-01"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("none-such/", 404), ("?x=1", 400), ("gerd-pc-gdp/?x=1", 400), ("?page=9", 404)],
)
def test_refusals_are_problems(path, status, client):
    response = client.get(f"{ADDRESS}{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
