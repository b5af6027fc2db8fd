"""Metrics: what is counted, under which names, and who may read it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from s3portal.metrics import KEPT_FOR
from sources.models import IngestRun
from tests.factories import DataflowFactory

TOKEN = "a-long-" + "random-token"
pytestmark = pytest.mark.django_db


def read(client, **headers) -> dict[tuple, float]:
    """Samples by name and labels."""
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def run_in(state: str, **fields) -> IngestRun:
    return IngestRun.objects.create(target=f"X:{state}", state=state, **fields)


def test_requests_are_counted_by_view_and_status(client):
    key = (
        "s3portal_requests_total",
        ("method", "GET"),
        ("status", "404"),
        ("view", "none"),
    )
    before = read(client).get(key, 0)
    client.get("/no-such-page/?q=1")
    client.get("/nor-this/")
    assert read(client)[key] == before + 2


def test_addresses_are_no_labels(client):
    client.get("/regions/XX99/")
    named = {label for name in read(client) for label in name[1:]}
    assert not [value for _, value in named if "XX99" in value]


def test_probes_are_not_counted(client):
    before = read(client)
    client.get("/healthz")
    counted = {k: v for k, v in read(client).items() if "request" in k[0]}
    assert counted == {k: v for k, v in before.items() if "request" in k[0]}


def test_work_is_read_from_the_runs(client):
    waiting = timezone.now() - timedelta(minutes=5)
    run_in("queued", started_at=waiting)
    run_in("loaded", read=100, new=60, rejected=3)
    run_in("unchanged", read=20, unchanged=20)
    found = read(client)
    assert found["s3portal_queue_depth",] == 1
    assert found["s3portal_runs", ("state", "loaded")] == 1
    assert found["s3portal_runs", ("state", "failed")] == 0
    assert found["s3portal_ingest_rows_total", ("outcome", "read")] == 120
    assert found["s3portal_ingest_rows_total", ("outcome", "rejected")] == 3
    assert 300 <= found["s3portal_oldest_queued_seconds",] < 360
    assert found["s3portal_database_bytes",] > 0


def test_the_database_is_asked_only_now_and_then(client, django_assert_num_queries):
    read(client)
    with django_assert_num_queries(0):
        read(client)
    assert KEPT_FOR <= 60
    cache.clear()


def test_the_number_of_statements_is_constant(client, django_assert_max_num_queries):
    for state in ("queued", "loaded", "failed"):
        run_in(state)
    with django_assert_max_num_queries(9):
        read(client)


def test_staleness_by_dataflow(client):
    checked = timezone.now() - timedelta(hours=2)
    flow = DataflowFactory(fetcher="eurostat", checked_at=checked)
    found = read(client)
    age = found["s3portal_dataflow_checked_seconds", ("dataflow", flow.target)]
    assert 7200 <= age < 7300
    assert ("s3portal_dataflow_stale", ("dataflow", flow.target)) in found


def test_foreign_machines_may_not_read(client):
    response = client.get("/metrics", REMOTE_ADDR="192.0.2.1")
    assert response.status_code == 403
    assert b"s3portal" not in response.content


def test_a_proxy_on_this_machine_is_foreign(client):
    response = client.get("/metrics", headers={"x-forwarded-for": "192.0.2.1"})
    assert response.status_code == 403


def test_with_a_token_only_its_bearer_may_read(client, settings):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 403
    wrong = {"authorization": "Bearer another"}
    assert client.get("/metrics", headers=wrong).status_code == 403
    right = {"authorization": f"Bearer {TOKEN}"}
    response = client.get("/metrics", headers=right, REMOTE_ADDR="192.0.2.1")
    assert response.status_code == 200
