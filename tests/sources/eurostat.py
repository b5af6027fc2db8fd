"""A small server that answers as Eurostat's dissemination API does."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

BASE = "/eurostat/api/dissemination/sdmx/2.1/data/"
CATALOGUE = "/eurostat/api/dissemination/catalogue/toc/txt?lang=en"
CATALOGUE_HEADER = (
    '"title"\t"code"\t"type"\t"last update of data"\t"last table structure change"\t'
    '"data start"\t"data end"\t"values"\n'
    '"Database by themes"\t"data"\t"folder"\t" "\t" "\t" "\t" "\t \n'
)
MISSING = (
    b'<?xml version="1.0" encoding="UTF-8"?><S:Fault xmlns:S="http://schemas.xmlsoap.'
    b'org/soap/envelope/"><faultcode>100</faultcode><faultstring>Dataflow not found'
    b"</faultstring></S:Fault>"
)

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


class Eurostat:
    """``datasets`` are served by code; ``upcoming`` answers are given out first.

    ``updates`` are the catalogue's days of last update, such as "15.11.2026"; without
    any it answers 404. With ``has_etags`` a dataset's ETag is its digest.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.datasets: dict[str, bytes] = {}
        self.upcoming: list[Answer] = []
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.updates: dict[str, str] = {}
        self.has_etags = False

    @property
    def host(self) -> str:
        """What ``EUROSTAT_HOST`` is to be."""
        return f"http://127.0.0.1:{self.port}/eurostat"

    def url(self, code: str) -> str:
        return f"{self.host}/api/dissemination/sdmx/2.1/data/{code}?format=TSV"

    def add(self, code: str, path: Path) -> bytes:
        """Serve a real file under a dataset's code."""
        self.datasets[code] = path.read_bytes()
        return self.datasets[code]

    def answer(self, handler: Handler) -> None:
        self.asked.append(handler.path)
        self.headers.append(dict(handler.headers))
        if self.upcoming:
            self.upcoming.pop(0)(handler)
            return
        if handler.path == CATALOGUE and self.updates:
            send(handler, 200, self.catalogue().encode(), "text/plain")
            return
        address = urlsplit(handler.path)
        query = parse_qs(address.query)
        body = self.datasets.get(address.path.removeprefix(BASE))
        if body is None or not address.path.startswith(BASE):
            send(handler, 404, MISSING, "application/xml")
        elif query.get("format") != ["TSV"]:
            send(handler, 400, MISSING, "application/xml")
        else:
            self._send_data(handler, body)

    def _send_data(self, handler: Handler, body: bytes) -> None:
        if not self.has_etags:
            send(handler, 200, body, "application/octet-stream")
            return
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if handler.headers.get("If-None-Match") == etag:
            send(handler, 304, b"", "application/octet-stream", ETag=etag)
        else:
            send(handler, 200, body, "application/octet-stream", ETag=etag)

    def catalogue(self) -> str:
        """The table of contents, in the form Eurostat gives it."""
        rows = [
            f'"    A table"\t"{code}"\t"dataset"\t"{day}"\t"01.01.2024"\t\t\t9\n'
            for code, day in self.updates.items()
        ]
        return CATALOGUE_HEADER + "".join(rows)

    def asked_for_data(self) -> int:
        """How many requests went to datasets."""
        return sum(path.startswith(BASE) for path in self.asked)


def send(handler: Handler, status: int, body: bytes, kind: str, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int, **headers: str) -> Answer:
    """Nothing but a status: status(429, Retry_After="1")."""
    return lambda handler: send(handler, code, b"", "text/plain", **headers)


def redirect(target: str) -> Answer:
    return status(302, Location=target)


def web_page(handler: Handler) -> None:
    """What a publisher shows while it works on its site."""
    page = b"<!DOCTYPE html><html><title>Maintenance</title></html>"
    send(handler, 200, page, "text/html; charset=utf-8")


def disguised_web_page(handler: Handler) -> None:
    page = b"<!DOCTYPE html><html><title>Maintenance</title></html>"
    send(handler, 200, page, "application/octet-stream")


def cut_off(body: bytes) -> Answer:
    """Announces the whole body, sends half of it and hangs up."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    return answer


def drip(body: bytes, *, every: float) -> Answer:
    """One byte at a time, each in good time, until nobody listens any more."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            for byte in body:
                handler.wfile.write(bytes([byte]))
                time.sleep(every)
        except OSError:
            handler.close_connection = True

    return answer


@contextmanager
def serving() -> Iterator[Eurostat]:
    """The server on a free port, for as long as the block lasts."""

    class Bound(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            eurostat.answer(self)

        def log_message(self, *args: object) -> None:
            """Keep the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    eurostat = Eurostat(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield eurostat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
