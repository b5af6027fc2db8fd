"""The way out of this machine is closed, whichever door a test tries."""

import socket
import urllib.request

import httpx
import pytest

from tests.network import NetworkBlockedError, is_local

FOREIGN = "192.0.2.1"  # TEST-NET-1 (RFC 5737): nobody has this address


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", b"localhost", None, ""]
)
def test_this_machine_is_local(host):
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.0.2.1", "2001:db8::1", "localhost.eu"]
)
def test_other_machines_are_foreign(host):
    assert not is_local(host)


def test_a_foreign_address_cannot_be_connected_to():
    with socket.socket() as plain, pytest.raises(NetworkBlockedError, match=FOREIGN):
        plain.connect((FOREIGN, 80))


def test_a_datagram_cannot_leave():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as plain,
        pytest.raises(NetworkBlockedError, match=FOREIGN),
    ):
        plain.sendto(b"x", (FOREIGN, 53))


def test_a_foreign_name_is_not_even_looked_up():
    with pytest.raises(NetworkBlockedError, match=r"ec\.europa\.eu"):
        socket.getaddrinfo("ec.europa.eu", 443)


def test_http_clients_are_blocked_too():
    with pytest.raises(NetworkBlockedError):
        httpx.get("https://ec.europa.eu/", trust_env=False)
    with pytest.raises(NetworkBlockedError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://{FOREIGN}/"
        )


def test_loopback_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        client.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"
