"""Pages and API in this process, warm, against the bare SQL they need."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from bench.result import Result, median_ms

PROFILES = (
    ("profile page", "/regions/ES21/", 250.0),
    ("profile API", "/api/v1/regions/ES21/profile/", 150.0),
)
Statement = tuple[str, Any]


def measure() -> list[Result]:
    """Milliseconds a request, and how many times those of its SQL alone."""
    return [_request(name, path, bound) for name, path, bound in PROFILES]


def _request(name: str, path: str, bound: float) -> Result:
    client = Client(SERVER_NAME="localhost")

    def get() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    get()  # what is cached for good is cached now
    statements = _statements(get)
    ours = median_ms(get)
    floor = median_ms(lambda: _run(statements))
    return Result(
        f"{name}, {len(statements)} queries",
        ours,
        "ms",
        bound=bound,
        ratio=ours / floor,
        floor=f"its SQL when warm ({floor:.1f} ms)",
    )


def _statements(function: Callable[[], None]) -> list[Statement]:
    """The statements a call sends, with their parameters."""
    sent: list[Statement] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        function()
    return sent


def _run(statements: list[Statement]) -> None:
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
