"""Whether this process, and what it depends on, can serve.

The three addresses are answered before any other middleware: a probe comes by plain
http, under the machine's own name, and asks too often for the log.
"""

import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from s3portal import faults, metrics
from s3portal.celery import app

Probe = Callable[[], None]
BROKER_TIMEOUT = 2.0  # seconds


@dataclass(frozen=True)
class Check:
    """What one probe found; ``message`` is empty when all is well."""

    name: str
    ok: bool
    milliseconds: float
    message: str = ""


def probe_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def probe_cache() -> None:
    key, value = f"probe:{uuid.uuid4().hex}", "1"
    cache.set(key, value, timeout=10)
    if cache.get(key) != value:
        raise RuntimeError("The cache forgets what it is told.")
    cache.delete(key)


def probe_broker() -> None:
    """One attempt to connect; the file queue must take a file."""
    if not settings.REDIS_URL:
        folder = app.conf.broker_transport_options["data_folder_out"]
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".probe"):
            return
    limits = {
        "socket_connect_timeout": BROKER_TIMEOUT,
        "socket_timeout": BROKER_TIMEOUT,
    }
    with app.connection_for_write(transport_options=limits) as broker:
        broker.connect()


PROBES: dict[str, Probe] = {
    "database": probe_database,
    "cache": probe_cache,
    "broker": probe_broker,
}


def check(name: str) -> Check:
    """Run one probe; a driver's own words never get out, they may hold secrets."""
    began = time.perf_counter()
    message = ""
    try:
        PROBES[name]()
    except Exception as error:  # a probe fails in as many ways as there are drivers
        message = (
            faults.sentence(error) or f"The {name} failed: {type(error).__name__}."
        )
    milliseconds = round((time.perf_counter() - began) * 1000, 1)
    return Check(name, not message, milliseconds, message)


def check_all() -> list[Check]:
    return [check(name) for name in PROBES]


def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


def readyz(_request: HttpRequest) -> HttpResponse:
    """Everything it needs answers too; 503 where something does not."""
    checks = check_all()
    is_ready = all(check.ok for check in checks)
    body = {
        "status": "ok" if is_ready else "unavailable",
        "checks": [asdict(check) for check in checks],
    }
    return JsonResponse(body, status=200 if is_ready else 503)


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics.show,
}


class ProbeMiddleware:
    """Answers the machines that watch the portal; passes on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = ANSWERS.get(request.path)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer(request)
        response["Cache-Control"] = "no-store"
        return response
