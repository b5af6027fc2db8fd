"""The virus scanner: who sees what before its word, and what its word does."""

import socket
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage

from accounts.models import Notice
from practices import scanning, services
from practices.models import Attachment
from practices.services import uploads
from tests.factories import files as made
from tests.factories.practices import lead_of, whole_practice
from tests.practices.test_files import _own_folder, send

__all__ = ["_own_folder"]

FOUND = "Eicar-Test-Signature"


def nothing(content):
    return ""


def something(content):
    return FOUND


def away(content):
    raise ConnectionRefusedError


@pytest.fixture
def scanned_by(settings):
    def use(name):
        settings.UPLOAD_SCANNER = f"{__name__}.{name}"

    return use


@pytest.fixture
def queued(monkeypatch):
    sent = []
    monkeypatch.setattr(uploads, "_queue", sent.append)
    return sent


@pytest.mark.django_db
def test_a_file_waits_until_it_is_found_clean(
    scanned_by, queued, django_capture_on_commit_callbacks
):
    scanned_by("nothing")
    practice = whole_practice()
    with django_capture_on_commit_callbacks(execute=True):
        kept = send(practice)
    assert kept.scan == Attachment.Scan.WAITING
    assert queued == [kept.pk]
    services.scan_attachment(kept.pk)
    kept.refresh_from_db()
    assert kept.scan == Attachment.Scan.CLEAN
    assert kept.scanned_at is not None


@pytest.mark.django_db
def test_what_is_found_is_deleted_everywhere_and_its_authors_are_told(
    scanned_by, queued, django_capture_on_commit_callbacks
):
    scanned_by("something")
    practice, other = whole_practice(), whole_practice()
    kept, same = send(practice), send(other)
    with django_capture_on_commit_callbacks(execute=True):
        services.scan_attachment(kept.pk)
    for row in (kept, same):
        row.refresh_from_db()
        assert row.scan == Attachment.Scan.INFECTED
        assert not row.is_current
    assert not default_storage.exists(kept.file.name)
    told = set(Notice.objects.values_list("user", flat=True))
    assert told == {lead_of(practice).pk, lead_of(other).pk}
    assert kept.name in Notice.objects.first().body


@pytest.mark.django_db
def test_without_an_answer_a_file_goes_on_waiting(scanned_by, queued):
    scanned_by("away")
    kept = send(whole_practice())
    with pytest.raises(ConnectionRefusedError):
        services.scan_attachment(kept.pk)
    kept.refresh_from_db()
    assert kept.scan == Attachment.Scan.WAITING
    assert services.queue_waiting() == 1
    assert queued == [kept.pk]


@pytest.fixture
def clamd():
    """A server that speaks INSTREAM; ``heard`` is what it was sent."""
    server = socket.create_server(("127.0.0.1", 0))
    heard, answer = [], []

    def serve():
        connection, _address = server.accept()
        with connection, connection.makefile("rb") as stream:
            heard.append(stream.read(len(b"zINSTREAM\0")))
            content = b""
            while size := int.from_bytes(stream.read(4), "big"):
                content += stream.read(size)
            heard.append(content)
            connection.sendall(answer[0])

    def start(said):
        answer.append(said)
        Thread(target=serve, daemon=True).start()
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"

    with server:
        yield start, heard


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b"stream: OK\0", ""),
        (b"stream: Eicar-Test-Signature FOUND\0", FOUND),
    ],
)
def test_clamd_is_sent_the_whole_file_and_understood(clamd, settings, said, found):
    start, heard = clamd
    settings.CLAMD_URL = start(said)
    content = made.image() * 2000
    assert len(content) > scanning.CHUNK
    assert scanning.scanner()(content) == found
    assert heard == [b"zINSTREAM\0", content]


def test_an_answer_that_is_none_leaves_the_file_waiting(clamd):
    start, _heard = clamd
    with pytest.raises(OSError, match="size limit"):
        scanning.ask_clamd(start(b"INSTREAM size limit exceeded. ERROR\0"), b"a")


@pytest.mark.parametrize("address", ["clamd", "http://clamd:3310", "unix:", "tcp://:x"])
def test_a_wrong_address_is_named(settings, address):
    settings.CLAMD_URL = address
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        scanning.scanner()


def test_a_wrong_callable_is_named(settings):
    settings.UPLOAD_SCANNER = "nowhere.at_all"
    with pytest.raises(ImproperlyConfigured, match="UPLOAD_SCANNER=nowhere"):
        scanning.scanner()
