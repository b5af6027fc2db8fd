"""One POST to an endpoint: no redirect, no private network, nothing of the answer.

The name is resolved once, and the connection goes to the number that was looked at: a
name that points elsewhere a moment later gains nothing.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.addresses import public_address
from sources.exceptions import IngestError, TransientError
from sources.patience import retry_after
from watches.webhooks.addresses import check_address

GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is None without an answer; ``wait`` are seconds it asks for."""

    status: int | None
    problem: str = ""
    milliseconds: int = 0
    wait: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: str, headers: Mapping[str, str]) -> Answer:
    """Send it once; what goes wrong is in the answer, never raised."""
    began = time.monotonic()
    try:
        status, wait = _ask(url, body, headers)
    except ValidationError as error:
        return Answer(None, error.messages[0][:300])
    except (IngestError, TransientError, httpx.InvalidURL) as error:
        return Answer(None, str(error)[:300])
    except (httpx.HTTPError, SoftTimeLimitExceeded) as error:
        problem = _("No answer: %(why)s") % {"why": str(error) or type(error).__name__}
        return Answer(None, problem[:300], _since(began))
    return Answer(status, _said(status), _since(began), wait)


def _ask(url: str, body: str, headers: Mapping[str, str]) -> tuple[int, float]:
    """Status, and how long it asks to wait. The body is not read."""
    check_address(url)
    address = public_address(url, private_hosts=settings.WEBHOOK_PRIVATE_HOSTS)
    asked = httpx.URL(url)
    with httpx.Client(timeout=settings.WEBHOOK_TIMEOUT, trust_env=False) as client:
        request = client.build_request(
            "POST",
            asked.copy_with(host=address),
            content=body.encode(),
            headers={**_own(), **headers, "Host": asked.netloc.decode("ascii")},
            extensions={"sni_hostname": asked.raw_host.decode("ascii")},
        )
        response = client.send(request, stream=True, follow_redirects=False)
        response.close()
    return response.status_code, retry_after(response.headers.get("Retry-After", ""))


def _own() -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": f"s3portal-webhooks/{settings.PORTAL_VERSION} "
        f"(+{settings.PORTAL_URL})",
    }


def _said(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return _("It redirects; redirects are not followed.")
    if status == GONE:
        return _("It wants no more messages.")
    return _("Only an answer from 200 to 299 counts as delivered.")


def _since(began: float) -> int:
    return round(1000 * (time.monotonic() - began))
