"""Asking one address: HEAD, else GET; never a private network, never for long.

The name is resolved once, refused unless every address of it is public, and the
connection goes to the address that was looked at: a name that points elsewhere a moment
later gains nothing. Each redirect is looked at in the same way.
"""

from collections.abc import Collection
from urllib.parse import urljoin

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from desk.analysis.link_state import Answer
from sources.addresses import public_address
from sources.exceptions import IngestError, TransientError

HOPS = 5
# What a server says that does not know, or does not like, HEAD.
NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501, 503})


def probe(url: str, *, private_hosts: Collection[str] = ()) -> Answer:
    """How the address answers now; what goes wrong is in the answer, never raised."""
    try:
        answer = _follow("HEAD", url, private_hosts)
        if answer.status in NOT_FOR_HEAD:
            answer = _follow("GET", url, private_hosts)
    except (IngestError, TransientError) as error:
        return Answer(None, str(error)[:200])
    except httpx.HTTPError as error:
        return Answer(None, (str(error) or type(error).__name__)[:200])
    except httpx.InvalidURL as error:
        return Answer(None, str(error)[:200])
    return answer


def _follow(method: str, url: str, private_hosts: Collection[str]) -> Answer:
    target = url
    with httpx.Client(
        timeout=settings.LINK_CHECK_TIMEOUT, headers=_headers(), trust_env=False
    ) as client:
        for _hop in range(HOPS):
            status, location = _ask(client, method, target, private_hosts)
            if not location:
                return Answer(status, redirect_to=target if target != url else "")
            target = urljoin(target, location)
    return Answer(None, _("It redirects more than %(n)d times.") % {"n": HOPS})


def _ask(
    client: httpx.Client, method: str, url: str, private_hosts: Collection[str]
) -> tuple[int, str]:
    """Status and, of a redirect, where to. The body is not read."""
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
        found = response.headers.get("Location", "")
        return response.status_code, found if response.has_redirect_location else ""
    finally:
        response.close()


def _headers() -> dict[str, str]:
    """Who asks, and where the portal's people can be reached."""
    return {
        "User-Agent": f"s3portal-links/{settings.PORTAL_VERSION} "
        f"(+{settings.PORTAL_URL}; {settings.MAIL_FROM})",
        "Accept": "*/*",
    }
