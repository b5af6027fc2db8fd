"""Logs: one JSON object a line, or readable lines; every one with its request id.

A request keeps the ``X-Request-ID`` its proxy gave it, or gets one. The id is in the
answer's header, in every line logged on the way, and travels in the headers of the
Celery tasks the request asks for. No address, name or query string is logged.
"""

import re
import time
import uuid
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

FORMATS: tuple[str, ...] = ("json", "text")
LEVELS: tuple[str, ...] = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
HEADER = "X-Request-ID"
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Whoever knows these parts of an address can act for somebody.
SECRET_PARTS = {"key", "token", "uidb36", "uidb64"}
# Said by structlog's own lines already, or not meant for people.
QUIET: dict[str, str] = {
    "django.request": "CRITICAL",
    "celery.app.trace": "CRITICAL",
    "celery.worker.strategy": "WARNING",
    "kombu": "WARNING",
    # sdmx1 warns of messages without a structure, which the parser handles itself.
    "sdmx": "ERROR",
    "httpx": "WARNING",
}
SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def current_request_id() -> str:
    """The id of the request (or of the task it asked for) at work, or nothing."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def logging_settings(log_format: str, level: str) -> dict[str, Any]:
    """``logging``'s dictionary; structlog's lines and all others take one form."""
    renderer: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *renderer,
        ],
        "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder(allow=())],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"}
        },
        "loggers": {
            **{name: {"level": least} for name, least in QUIET.items()},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level},
    }


def configure_structlog() -> None:
    """structlog hands its lines to ``logging``, which writes all."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class RequestLogMiddleware(RequestMiddleware):
    """One line a request: id, method, path, view, status and milliseconds."""

    def prepare(self, request: HttpRequest) -> None:
        structlog.contextvars.clear_contextvars()
        given = request.headers.get(HEADER, "")
        request_id = given if SANE_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=request_id)
        request.request_id = request_id  # type: ignore[attr-defined]  # ours
        request.began = time.perf_counter()  # type: ignore[attr-defined]  # ours

    def handle_response(self, request: HttpRequest, response: Any) -> None:
        response[HEADER] = request.request_id  # type: ignore[attr-defined]  # ours
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path; the query may hold what a person typed, so it stays out."""
        match = request.resolver_match
        if match is not None and SECRET_PARTS & match.kwargs.keys():
            return f"{request.method} /{match.route}"
        return f"{request.method} {request.path}"


def add_duration(request: Any, log_kwargs: dict[str, Any], **_: Any) -> None:
    """Receiver: what the line of a finished request says besides."""
    log_kwargs["milliseconds"] = round((time.perf_counter() - request.began) * 1000, 1)
    if request.resolver_match is not None:
        log_kwargs["view"] = request.resolver_match.view_name
