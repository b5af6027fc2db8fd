"""The virus scanner, if one is set: clamd, or a callable of the operator's own.

A scanner takes bytes and gives the name of what it found, "" for nothing. One that
does not answer raises ``OSError``: the file then waits.
"""

import socket
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

Scanner = Callable[[bytes], str]
TIMEOUT = 60.0  # seconds
CHUNK = 2**16
LONGEST_ANSWER = 4096
CLAMD_PORT = 3310


def scanner() -> Scanner | None:
    """None where none is set; raises ``ImproperlyConfigured`` for what is none."""
    if path := settings.UPLOAD_SCANNER:
        try:
            found: Scanner = import_string(path)
        except ImportError as error:
            raise ImproperlyConfigured(
                f"UPLOAD_SCANNER={path}: {error}. Name a callable: package.module.name."
            ) from error
        return found
    if address := settings.CLAMD_URL:
        _place(address)
        return partial(ask_clamd, address)
    return None


def ask_clamd(address: str, content: bytes) -> str:
    """What clamd at ``tcp://host:port`` or ``unix:///path`` says, by INSTREAM."""
    with _connected(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            connection.sendall(len(part).to_bytes(4, "big") + part)
        connection.sendall(bytes(4))
        answer = _answer(connection)
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer.endswith(" OK"):
        return ""
    # Such as "INSTREAM size limit exceeded": no answer about the file.
    raise OSError(f"clamd at {address} answered {answer!r}")


def _answer(connection: socket.socket) -> str:
    held = b""
    while not held.endswith(b"\0") and len(held) < LONGEST_ANSWER:
        part = connection.recv(LONGEST_ANSWER)
        if not part:
            break
        held += part
    return held.rstrip(b"\0").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    host, port, path = _place(address)
    if not path:
        return socket.create_connection((host, port), timeout=TIMEOUT)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _place(address: str) -> tuple[str, int, str]:
    """Host and port, or the path of a socket."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or CLAMD_PORT
    except ValueError:
        parts, host, port = urlsplit(""), "", 0
    if parts.scheme == "tcp" and host:
        return host, port, ""
    if parts.scheme == "unix" and parts.path:
        return "", 0, parts.path
    raise ImproperlyConfigured(
        f"CLAMD_URL={address}: write tcp://host:3310 or unix:///path/to/clamd.sock."
    )
