"""The status document: the same for people, scripts and monitors."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from indicators.models import Dataflow
from sources.models import IngestRun
from tests.factories import IngestRunFactory

pytestmark = pytest.mark.usefixtures("starter")
ADDRESSES = ["/status.json", "/api/v1/status/"]


@pytest.fixture
def status(client):
    def ask(address="/status.json", **headers):
        cache.clear()
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        return response

    return ask


def row(body, code):
    (found,) = [item for item in body["dataflows"] if item["code"] == code]
    return found


def test_both_addresses_say_the_same(client):
    first, second = (client.get(address).json() for address in ADDRESSES)
    assert first == second


def test_every_dataflow_is_in_it(status):
    body = status().json()
    held = {f"{flow.agency}:{flow.code}" for flow in Dataflow.objects.all()}
    assert {f"{i['agency']}:{i['code']}" for i in body["dataflows"]} == held
    assert body["stale"] == sum(item["stale"] for item in body["dataflows"]) > 0
    assert body["portal_version"]
    assert body["data_revision"] > 0
    assert "91" not in body["rule"]
    assert "25 %" in body["rule"]


def test_what_a_stale_dataflow_says(status):
    item = row(status().json(), "edat_lfse_22")
    assert item["edition"] == "about 2023"
    assert item["release_basis"] == "edition"
    assert item["released"] == "2023-12-31"
    assert item["next_expected"] == "2024-12-30"
    assert (item["state"], item["stale"]) == ("stale", True)
    assert item["source_release"] is None
    assert item["reasons"][0]["cause"] == "overdue"
    assert item["reasons"][0]["since"] == item["next_expected"]
    assert item["reasons"][0]["text"] in item["explanation"]


def test_a_closed_one_is_not_stale(status):
    item = row(status().json(), "pat_ep_rtot")
    assert (item["state"], item["stale"], item["reasons"]) == ("closed", False, [])
    assert item["explanation"] == "The publisher no longer updates this dataset."


def test_a_new_release_ends_it(status):
    before = status().json()["stale"]
    now = timezone.now()
    Dataflow.objects.filter(code="edat_lfse_22").update(
        source_updated=now, checked_at=now
    )
    body = status().json()
    assert body["stale"] == before - 1
    assert row(body, "edat_lfse_22")["state"] == "fresh"


@pytest.mark.parametrize("address", ADDRESSES)
def test_monitors_anywhere_may_ask_often(address, client, status):
    first = status(address, origin="https://monitor.example.org")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in first["Cache-Control"]
    assert first["Content-Type"] == "application/json"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_second_request_asks_the_database_nothing(
    client, status, django_assert_num_queries
):
    status()
    with django_assert_num_queries(0):
        client.get("/status.json")


def test_the_first_takes_few_statements(client, django_assert_max_num_queries):
    cache.clear()
    for flow in Dataflow.objects.all():
        for _number in range(2):
            IngestRunFactory(
                target=flow.target, state=IngestRun.State.FAILED, fetcher="eurostat"
            )
    with django_assert_max_num_queries(4):
        client.get("/status.json")


def test_moments_are_in_utc(status):
    body = status().json()
    assert body["generated_at"].endswith("Z")
    made = datetime.fromisoformat(body["generated_at"])
    assert timezone.now() - made < timedelta(minutes=5)


def test_it_is_as_the_schema_describes_it(client, status):
    described = client.get(
        "/api/schema/", headers={"accept": "application/vnd.oai.openapi+json"}
    ).json()
    shape = described["components"]["schemas"]["Status"]
    answer = status().json()
    assert set(shape["properties"]) == set(answer)
    rows = described["components"]["schemas"]["DataflowStatus"]["properties"]
    for item in answer["dataflows"]:
        assert set(item) == set(rows)


def test_a_wrong_parameter_is_refused(client):
    response = client.get("/status.json?verbose=1")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "verbose"
