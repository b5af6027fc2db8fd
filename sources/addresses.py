"""Which addresses the portal may be sent to: listed hosts, no private network."""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from sources.exceptions import IngestError, TransientError


def refuse_address(
    url: str, *, hosts: Collection[str], private_hosts: Collection[str] = ()
) -> None:
    """Raise IngestError unless ``url`` is of a listed host and of a public network.

    A host of ``private_hosts`` is listed as well, may lie in the operator's own network
    and may be asked without TLS.
    """
    parts = _parts(url)
    host = (parts.hostname or "").lower()
    if host in private_hosts:
        return
    if host not in hosts:
        raise IngestError(
            f"{url}: the host {host!r} is not among those allowed "
            f"({', '.join(sorted(hosts)) or 'none'}). "
            "An operator adds it to TABLE_HOSTS if it is to be trusted."
        )
    if parts.scheme != "https":
        raise IngestError(f"{url}: not protected. Use an address with https.")
    _refuse_private(url, host)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _is_number = parts.port
    except ValueError as error:
        raise IngestError(f"{url}: no address of a file ({error}).") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise IngestError(
            f"{url}: no address of a file. It is written https://host/path."
        )
    return parts


def _refuse_private(url: str, host: str) -> None:
    try:
        found = socket.getaddrinfo(host, None)
    except OSError as error:
        raise TransientError(
            f"{url}: {host} cannot be found now.", about=host
        ) from error
    for item in found:
        address = ipaddress.ip_address(str(item[4][0]).partition("%")[0])
        if not address.is_global:
            raise IngestError(
                f"{url}: {host} is in a private network ({address}). Refused; an "
                "operator who means it adds the host to TABLE_PRIVATE_HOSTS."
            )
