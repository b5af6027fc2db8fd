"""No test leaves this machine: only loopback and unix sockets may be reached."""

import ipaddress
import socket
from typing import Any

LOCAL_NAMES = ("localhost", "", None)


class NetworkBlockedError(RuntimeError):
    """A test tried to reach another machine. Not an OSError: nobody retries it."""


def is_local(host: Any) -> bool:
    """Loopback by number or name; any other name counts as foreign, unresolved."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def check(host: Any) -> None:
    if not is_local(host):
        raise NetworkBlockedError(f"a test may not reach {host!r}")


class LocalSocket(socket.socket):
    """A socket that connects to this machine only."""

    def connect(self, address: Any) -> None:
        self._check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        self._check(address)
        return super().connect_ex(address)

    def sendto(self, data: Any, *args: Any) -> int:
        self._check(args[-1])
        return super().sendto(data, *args)

    def _check(self, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0])


def block() -> None:
    """Close the way out for this process, for as long as it lives."""
    resolve = socket.getaddrinfo

    def local_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host)
        return resolve(host, *args, **kwargs)

    socket.socket = LocalSocket  # type: ignore[misc]
    socket.getaddrinfo = local_getaddrinfo
