"""Asking one address: HEAD, else GET; never a private network, never for long.

The name is resolved once, refused unless every address of it is public, and the
connection goes to the address that was looked at: a name that points elsewhere a moment
later gains nothing. Each redirect is looked at in the same way.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from desk.analysis.link_state import Answer
from sources.addresses import public_address
from sources.exceptions import IngestError, TransientError

HOPS = 5
# What the portal calls itself, in requests and in the robots.txt of others.
NAME = "s3portal-links"
_WRONG = (IngestError, TransientError, httpx.HTTPError, httpx.InvalidURL)
# What a server says that does not know, or does not like, HEAD.
NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501, 503})


def probe(url: str, *, private_hosts: Collection[str] = ()) -> Answer:
    """How the address answers now; what goes wrong is in the answer, never raised."""
    try:
        answer = _follow("HEAD", url, private_hosts)
        if answer.status in NOT_FOR_HEAD:
            answer = _follow("GET", url, private_hosts)
    except _WRONG as error:
        return _failed(error)
    return answer


def read(
    url: str, *, most: int, private_hosts: Collection[str] = ()
) -> tuple[Answer, bytes]:
    """The answer to GET, and the beginning of what it brings, ``most`` bytes at most.

    As ``probe``, it raises nothing.
    """
    body = bytearray()
    try:
        return _follow("GET", url, private_hosts, body, most), bytes(body)
    except _WRONG as error:
        return _failed(error), b""


def _failed(error: Exception) -> Answer:
    return Answer(None, (str(error) or type(error).__name__)[:200])


def _follow(
    method: str,
    url: str,
    private_hosts: Collection[str],
    body: bytearray | None = None,
    most: int = 0,
) -> Answer:
    target = url
    with httpx.Client(
        timeout=settings.LINK_CHECK_TIMEOUT, headers=_headers(), trust_env=False
    ) as client:
        for _hop in range(HOPS):
            with _asked(client, method, target, private_hosts) as response:
                if not response.has_redirect_location:
                    _take(response, body, most)
                    leads_to = target if target != url else ""
                    return Answer(response.status_code, redirect_to=leads_to)
                target = urljoin(target, response.headers["Location"])
    return Answer(None, _("It redirects more than %(n)d times.") % {"n": HOPS})


@contextmanager
def _asked(
    client: httpx.Client, method: str, url: str, private_hosts: Collection[str]
) -> Iterator[httpx.Response]:
    """The answer of the address that was looked at; its body is not read yet."""
    address = public_address(url, private_hosts=private_hosts)
    asked = httpx.URL(url)
    request = client.build_request(
        method,
        asked.copy_with(host=address),
        headers={"Host": asked.netloc.decode("ascii")},
        extensions={"sni_hostname": asked.raw_host.decode("ascii")},
    )
    response = client.send(request, stream=True)
    try:
        yield response
    finally:
        response.close()


def _take(response: httpx.Response, body: bytearray | None, most: int) -> None:
    """Add what the answer brings to ``body``, and hang up when that is enough."""
    if body is None:
        return
    until = time.monotonic() + settings.LINK_CHECK_TIMEOUT
    for part in response.iter_raw(4096):
        body += part[: most - len(body)]
        if len(body) >= most or time.monotonic() > until:
            return


def _headers() -> dict[str, str]:
    """Who asks, and where the portal's people can be reached."""
    return {
        "User-Agent": f"{NAME}/{settings.PORTAL_VERSION} "
        f"(+{settings.PORTAL_URL}; {settings.MAIL_FROM})",
        "Accept": "*/*",
        # What is read is read as it stands: nothing that unpacks to a mountain.
        "Accept-Encoding": "identity",
    }
