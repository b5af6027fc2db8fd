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


def public_address(url: str, *, private_hosts: Collection[str] = ()) -> str:
    """The number to connect to for ``url``, whatever its host.

    IngestError unless all that the name stands for is public, or the host is of
    ``private_hosts``; TransientError where the name cannot be found.
    """
    host = (_parts(url).hostname or "").lower()
    found = _resolve(url, host)
    if host not in private_hosts and not all(address.is_global for address in found):
        raise IngestError(f"{url}: {host} is in a private network. Not contacted.")
    return str(found[0])


def _refuse_private(url: str, host: str) -> None:
    for address in _resolve(url, host):
        if not address.is_global:
            raise IngestError(
                f"{url}: {host} is in a private network ({address}). Refused; an "
                "operator who means it adds the host to TABLE_PRIVATE_HOSTS."
            )


def _resolve(
    url: str, host: str
) -> "list[ipaddress.IPv4Address | ipaddress.IPv6Address]":
    try:
        found = socket.getaddrinfo(host, None)
    except OSError as error:
        raise TransientError(
            f"{url}: {host} cannot be found now.", about=host
        ) from error
    numbers = [str(item[4][0]).partition("%")[0] for item in found]
    return [ipaddress.ip_address(number) for number in numbers]
