"""Metrics for Prometheus: requests as they come, work and staleness from the database.

Each web process counts its own requests in files of ``PROMETHEUS_MULTIPROC_DIR``
(gunicorn.conf.py makes the folder), and any of them answers for all. What the workers
did is read from the ingest runs, so no worker needs an address of its own.
"""

import hmac
import ipaddress
import os
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from s3portal.workload import Workload, read_workload

KEPT_FOR = 15  # seconds a reading of the database is used again
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

REQUESTS = Counter(
    "s3portal_requests", "Requests answered.", ["method", "view", "status"]
)
LATENCY = Histogram(
    "s3portal_request_seconds",
    "Time to answer a request.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


class MetricsMiddleware:
    """Count and time each request under its view's name, never under its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match is not None else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, view, str(response.status_code)).inc()
        LATENCY.labels(view).observe(time.perf_counter() - began)
        return response


class WorkloadCollector(Collector):
    """The state of the work, read from the database a few times a minute at most."""

    def collect(self) -> Iterable[Metric]:
        workload: Workload | None = cache.get("metrics:workload")
        if workload is None:
            workload = read_workload()
            cache.set("metrics:workload", workload, KEPT_FOR)
        yield from _run_metrics(workload)
        yield from _dataflow_metrics(workload)
        yield GaugeMetricFamily(
            "s3portal_database_bytes", "Size of the database.", workload.database_bytes
        )


def _run_metrics(workload: Workload) -> Iterable[Metric]:
    runs = GaugeMetricFamily("s3portal_runs", "Ingest runs by state.", labels=["state"])
    for state, count in workload.runs.items():
        runs.add_metric([state], count)
    rows = CounterMetricFamily(
        "s3portal_ingest_rows", "Rows of ingest runs by outcome.", labels=["outcome"]
    )
    for outcome, count in workload.rows.items():
        rows.add_metric([outcome], count)
    yield runs
    yield rows
    yield GaugeMetricFamily(
        "s3portal_queue_depth", "Ingest runs waiting.", workload.runs.get("queued", 0)
    )
    yield GaugeMetricFamily(
        "s3portal_oldest_queued_seconds",
        "How long the first ingest run in the queue has waited.",
        workload.oldest_queued_seconds,
    )


def _dataflow_metrics(workload: Workload) -> Iterable[Metric]:
    checked = GaugeMetricFamily(
        "s3portal_dataflow_checked_seconds",
        "Time since the publisher was last asked.",
        labels=["dataflow"],
    )
    for target, age in workload.checked_seconds.items():
        checked.add_metric([target], age)
    stale = GaugeMetricFamily(
        "s3portal_dataflow_stale",
        "1 where newer data should be here, as /status.json explains.",
        labels=["dataflow"],
    )
    for target, is_stale in workload.stale.items():
        stale.add_metric([target], float(is_stale))
    yield checked
    yield stale


def show(request: HttpRequest) -> HttpResponse:
    """Everything, in Prometheus' text form; see :func:`is_allowed`."""
    if not is_allowed(request):
        return HttpResponse("Metrics are not public.\n", "text/plain", 403)
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # no types
        requests = generate_latest(registry)
    else:
        requests = generate_latest(REGISTRY)
    work = CollectorRegistry(auto_describe=False)
    work.register(WorkloadCollector())
    return HttpResponse(requests + generate_latest(work), CONTENT_TYPE_LATEST)


def is_allowed(request: HttpRequest) -> bool:
    """With METRICS_TOKEN: who bears it. Without: who asks on this machine.

    A proxy on this machine asks for everybody, so its requests count as foreign.
    """
    if settings.METRICS_TOKEN:
        wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(wanted, given)
    if {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
