"""Fetching from a publisher: time limits, retries with back-off, bounded size."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from sources.exceptions import IngestError, TransientError
from sources.models import Snapshot
from sources.patience import Deadline, retry_after, wait
from sources.progress import Progress, silent
from sources.snapshots import keep_stream

# The snapshot keeps the bytes as sent, so they must be the file's own: httpx would
# otherwise offer Brotli too, and nothing downstream could tell.
HEADERS = {
    "User-Agent": "s3portal/0.1 (smart specialisation portal)",
    "Accept-Encoding": "identity",
}
RETRIED_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
MAX_REDIRECTS = 3
# What a person can do about an answer that will not pass by itself.
USUAL_ADVICE = "Check the code of the dataset, or its address where one is set."
ADVICE = {
    413: "That is too much at once for the publisher's server, and is not asked again "
    "by itself. Ask for a part of it (option key in "
    "indicators/definitions/dataflows.yaml), or download the file from the publisher's "
    "site and load it with manage.py ingest.",
}

Answer = TypeVar("Answer")


class _RetryableError(Exception):
    """A failure that may pass: worth another attempt."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def fetch_snapshot(
    url: str, *, name: str, accept: str = "*/*", progress: Progress = silent
) -> Snapshot:
    """Download ``url`` into a snapshot, trying again when the fault may pass.

    ``accept`` lists the media types wanted. Raises IngestError with the address and
    the last reason. A redirect to another
    host is refused: the operator chose the host, not the answer. All of it together
    takes FETCH_DEADLINE seconds at most.
    """
    deadline = Deadline(settings.FETCH_DEADLINE)

    def download() -> Snapshot:
        with _answer(url, {"Accept": accept}) as response:
            return _keep(response, url, name, progress, deadline)

    return _patiently(download, url, progress, deadline)


def fetch_text(url: str) -> str:
    """A small document, asked for once; TransientError where it is not to be had."""
    deadline = Deadline(settings.FETCH_DEADLINE)
    try:
        with _answer(url) as response:
            if response.status_code != 200:
                raise _RetryableError(f"answered {response.status_code}")
            chunks = _bounded(response.iter_bytes(), url, deadline, silent)
            return b"".join(chunks).decode(response.encoding or "utf-8", "replace")
    except _RetryableError as error:
        raise TransientError(f"{url}: {error}.", about=urlsplit(url).netloc) from error


def has_changed(
    url: str,
    *,
    etag: str,
    last_modified: str,
    accept: str = "*/*",
    progress: Progress = silent,
) -> bool | None:
    """Whether the server has something else than what these validators stand for.

    None without validators. The data are not read. It tries again and raises as
    ``fetch_snapshot`` does.
    """
    if not etag and not last_modified:
        return None
    # With an ETag the date is ignored by the standard, and some servers do not know.
    asked = {"If-None-Match": etag} if etag else {"If-Modified-Since": last_modified}

    def ask() -> bool:
        with _answer(url, asked | {"Accept": accept}) as response:
            if response.status_code == 304:
                return False
            _refuse_answer(response, url)
            return True

    return _patiently(ask, url, progress, Deadline(settings.FETCH_DEADLINE))


def _patiently(
    ask: Callable[[], Answer], url: str, progress: Progress, deadline: Deadline
) -> Answer:
    """What ``ask`` gives, asked again while the fault may pass."""
    retrying = Retrying(
        sleep=lambda seconds: wait(seconds, progress),
        stop=stop_after_attempt(settings.FETCH_ATTEMPTS)
        | stop_before_delay(deadline.seconds),
        wait=_wait,
        retry=retry_if_exception_type(_RetryableError),
        before_sleep=lambda state: progress(_retry_message(state)),
        reraise=True,
    )
    try:
        return retrying(ask)
    except _RetryableError as error:
        attempts = retrying.statistics["attempt_number"]
        raise TransientError(
            f"{url}: {error} ({attempts} attempts). "
            "Try again later; the data held now stay as they are.",
            about=urlsplit(url).netloc,
        ) from error


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    backoff = wait_exponential_jitter(
        multiplier=settings.FETCH_BACKOFF, max=120, jitter=settings.FETCH_BACKOFF
    )
    asked = error.wait if isinstance(error, _RetryableError) else 0.0
    return max(backoff(state), asked)


def _retry_message(state: RetryCallState) -> str:
    error = state.outcome.exception() if state.outcome else None
    pause = state.next_action.sleep if state.next_action else 0
    return f"attempt {state.attempt_number} failed ({error}), again in {pause:.0f} s"


@contextmanager
def _answer(
    url: str, headers: Mapping[str, str] | None = None
) -> Iterator[httpx.Response]:
    """The answer, its body not read yet, where redirects on the same host lead to."""
    asked = {**HEADERS, **(headers or {})}
    try:
        with (
            httpx.Client(timeout=settings.FETCH_TIMEOUT, headers=asked) as client,
            _followed(client, url) as response,
        ):
            yield response
    except httpx.InvalidURL as error:
        raise IngestError(f"{url}: no address of a server ({error}).") from error
    except httpx.TransportError as error:
        reason = str(error) or type(error).__name__
        raise _RetryableError(f"no complete answer ({reason})") from error


@contextmanager
def _followed(client: httpx.Client, url: str) -> Iterator[httpx.Response]:
    target = url
    for _hop in range(MAX_REDIRECTS + 1):
        with client.stream("GET", target) as response:
            if not response.has_redirect_location:
                yield response
                return
            target = str(response.url.join(response.headers["Location"]))
        refuse_elsewhere(url, target)
    raise IngestError(f"{url}: more than {MAX_REDIRECTS} redirects.")


def refuse_elsewhere(url: str, target: str) -> None:
    """IngestError unless ``target`` is on the host asked, protected as it was."""
    asked, told = urlsplit(url), urlsplit(target)
    if told.netloc != asked.netloc:
        raise IngestError(f"{url}: redirected to another host, {target}. Refused.")
    if asked.scheme == "https" and told.scheme != "https":
        raise IngestError(f"{url}: redirected to an unprotected address. Refused.")


def _keep(
    response: httpx.Response,
    url: str,
    name: str,
    progress: Progress,
    deadline: Deadline,
) -> Snapshot:
    _refuse_answer(response, url)
    length = response.headers.get("Content-Length", "")
    progress.stage("fetching", int(length) if length.isdecimal() else 0)
    try:
        return keep_stream(
            # Raw bytes: what the server sent is what the snapshot keeps.
            _bounded(response.iter_raw(), url, deadline, progress),
            name=name,
            url=url,
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
        )
    except OSError as error:
        raise TransientError(
            f"{url}: the file could not be kept ({error.strerror or error}). Make room "
            "on the disk of VAR_DIR; the data held now stay as they are.",
            about="the disk of VAR_DIR",
        ) from error


def _refuse_answer(response: httpx.Response, url: str) -> None:
    """Raise for whatever is no data: what may pass, and what will not."""
    code = response.status_code
    if code in RETRIED_STATUSES:
        asked = retry_after(response.headers.get("Retry-After", ""))
        raise _RetryableError(f"answered {code}", wait=asked)
    if code != 200:
        raise IngestError(f"{url}: answered {code}. {ADVICE.get(code, USUAL_ADVICE)}")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise IngestError(f"{url}: answered with a web page instead of data.")


def _bounded(
    chunks: Iterator[bytes], url: str, deadline: Deadline, progress: Progress
) -> Iterator[bytes]:
    """The chunks, as they come, until there are too many or it takes too long."""
    received = 0
    announced = 10_000_000
    for chunk in chunks:
        received += len(chunk)
        if received > settings.FETCH_MAX_BYTES:
            raise IngestError(
                f"{url}: more than {settings.FETCH_MAX_BYTES:,} bytes. "
                "Raise FETCH_MAX_BYTES if the dataset is that large."
            )
        if deadline.is_over:
            raise TransientError(
                f"{url}: not complete after {deadline.seconds:,g} seconds, with "
                f"{received:,} bytes received. Raise FETCH_DEADLINE if the dataset is "
                "that large; the data held now stay as they are.",
                about=urlsplit(url).netloc,
            )
        progress.advance(received)
        if received >= announced:
            progress(f"{received / 1e6:,.0f} MB received")
            announced += 10_000_000
        yield chunk
