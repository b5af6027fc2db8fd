"""Fetching against a real server on this machine, and all the ways it can fail."""

import time

import pytest
from django.utils.http import http_date

from sources.exceptions import IngestError, RunCancelled, TransientError
from sources.http import (
    fetch_snapshot,
    fetch_text,
    has_changed,
    refuse_elsewhere,
)
from sources.models import Snapshot
from sources.progress import Progress, Told
from tests.sources.eurostat import (
    MISSING,
    cut_off,
    drip,
    redirect,
    send,
    serving,
    status,
    web_page,
)

pytestmark = pytest.mark.django_db

BODY = b"\x1f\x8b" + bytes(range(256)) * 100


@pytest.fixture
def eurostat(settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    with serving() as server:
        server.datasets["TGS00042"] = BODY
        yield server


def fetch(server, **options: object) -> Snapshot:
    return fetch_snapshot(server.url("TGS00042"), name="tgs00042.tsv.gz", **options)


def refusal(server) -> str:
    with pytest.raises(IngestError) as caught:
        fetch(server)
    assert Snapshot.objects.count() == 0
    return str(caught.value)


def test_the_snapshot_is_what_the_server_sent(eurostat):
    snapshot = fetch(eurostat)
    assert snapshot.path.read_bytes() == BODY
    assert snapshot.name == "tgs00042.tsv.gz"
    assert snapshot.url == eurostat.url("TGS00042")
    (headers,) = eurostat.headers
    assert headers["Accept-Encoding"] == "identity"
    assert headers["User-Agent"].startswith("s3portal/")


def test_bytes_compressed_on_the_way_are_kept_as_sent(eurostat):
    eurostat.upcoming = [
        lambda handler: send(handler, 200, BODY, "text/plain", Content_Encoding="gzip")
    ]
    assert fetch(eurostat).path.read_bytes() == BODY


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503, 504])
def test_a_fault_that_may_pass_is_tried_again(eurostat, code):
    eurostat.upcoming = [status(code), status(code)]
    said: list[str] = []
    assert fetch(eurostat, progress=Told(said.append)).path.read_bytes() == BODY
    assert len(eurostat.asked) == 3
    assert said == [
        f"attempt {n} failed (answered {code}), again in 0 s" for n in (1, 2)
    ]


def test_after_the_last_attempt_the_reason_is_told(eurostat, settings):
    settings.FETCH_ATTEMPTS = 3
    eurostat.upcoming = [status(503)] * 3
    message = refusal(eurostat)
    assert message.startswith(eurostat.url("TGS00042"))
    assert "answered 503 (3 attempts). Try again later; the data held now" in message
    assert len(eurostat.asked) == 3


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """How long each wait would have been."""
    found: list[float] = []
    monkeypatch.setattr("sources.http.wait", lambda seconds, _: found.append(seconds))
    return found


def test_the_server_says_how_long_to_wait(eurostat, settings, waits):
    settings.FETCH_ATTEMPTS = 5
    eurostat.upcoming = [
        status(429, Retry_After="7"),
        status(429, Retry_After="100000"),
        status(503, Retry_After=http_date(time.time() + 90)),
        status(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    ]
    fetch(eurostat)
    assert waits[:2] == [7.0, 600.0]
    assert 80 < waits[2] <= 90
    assert 0 < waits[3] < 1


def test_a_wait_that_takes_too_long_is_left_to_the_next_run(eurostat, settings, waits):
    settings.FETCH_DEADLINE = 60
    eurostat.upcoming = [status(429, Retry_After="61")]
    assert "answered 429 (1 attempts). Try again later" in refusal(eurostat)
    assert waits == []


def test_a_cancelled_run_does_not_wait_for_its_publisher(eurostat):
    class Cancelled(Progress):
        def advance(self, done: int, rows: int = 0) -> None:
            raise RunCancelled("The run was cancelled.")

    eurostat.upcoming = [status(429, Retry_After="600")]
    with pytest.raises(RunCancelled):
        fetch(eurostat, progress=Cancelled())


def test_a_slow_drip_is_given_up_at_the_deadline(eurostat, settings):
    """Each byte comes in time; all of them would take hours."""
    settings.FETCH_DEADLINE = 0.5
    eurostat.upcoming = [drip(BODY, every=0.05)]
    message = refusal(eurostat)
    assert "not complete after 0 seconds" not in message
    assert "Raise FETCH_DEADLINE" in message
    assert list(settings.SNAPSHOT_DIR.iterdir()) == []
    eurostat.upcoming = [drip(BODY, every=0.05)]
    with pytest.raises(TransientError, match="FETCH_DEADLINE"):
        fetch_text(eurostat.url("TGS00042"))


def test_too_much_at_once_is_said_with_what_to_do(eurostat):
    eurostat.upcoming = [status(413)]
    message = refusal(eurostat)
    assert "answered 413. That is too much at once" in message
    assert "manage.py ingest" in message
    assert len(eurostat.asked) == 1


def test_waits_grow(eurostat, settings, waits):
    settings.FETCH_BACKOFF = 1.0
    settings.FETCH_ATTEMPTS = 5
    eurostat.upcoming = [status(500)] * 4
    fetch(eurostat)
    for number, wait in enumerate(waits):
        assert 2**number <= wait <= 2**number + 1


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 501])
def test_a_fault_that_stays_is_not_tried_again(eurostat, code):
    eurostat.upcoming = [lambda handler: send(handler, code, MISSING, "text/xml")]
    said = f"answered {code}. Check the code of the dataset, or its address where"
    assert said in refusal(eurostat)
    assert len(eurostat.asked) == 1


def test_a_body_that_stops_early_is_tried_again_and_never_kept(eurostat, settings):
    eurostat.upcoming = [cut_off(BODY)]
    assert fetch(eurostat).path.read_bytes() == BODY
    Snapshot.objects.all().delete()
    eurostat.upcoming = [cut_off(BODY)] * settings.FETCH_ATTEMPTS
    message = refusal(eurostat)
    assert "no complete answer" in message
    kept = [p for p in settings.SNAPSHOT_DIR.rglob("*") if p.suffix == ".part"]
    assert kept == []


def test_a_web_page_is_no_data(eurostat):
    eurostat.upcoming = [web_page]
    assert "answered with a web page instead of data" in refusal(eurostat)
    assert len(eurostat.asked) == 1


def test_a_redirect_on_the_same_host_is_followed(eurostat):
    eurostat.upcoming = [redirect(eurostat.url("TGS00042") + "&moved=1")]
    assert fetch(eurostat).path.read_bytes() == BODY
    assert eurostat.asked[1].endswith("&moved=1")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://127.0.0.2:1/x", "redirected to another host, http://127.0.0.2:1/x"),
        ("//example.org/x", "redirected to another host"),
        ("file:///etc/passwd", "redirected to another host"),
    ],
)
def test_a_redirect_elsewhere_is_refused(eurostat, target, words):
    eurostat.upcoming = [redirect(target)]
    assert words in refusal(eurostat)
    assert len(eurostat.asked) == 1


def test_a_redirect_to_nowhere_is_an_answer_that_failed(eurostat):
    eurostat.upcoming = [redirect("http://localhost:port/x")]
    assert fetch(eurostat).path.read_bytes() == BODY


def test_an_address_that_is_none_is_told():
    with pytest.raises(IngestError, match="no address of a server"):
        fetch_snapshot("http://localhost:port/x", name="x")


def test_an_unprotected_redirect_is_refused():
    """Only from https to http; the server of these tests speaks http alone."""
    secure, plain = "https://example.org/a", "http://example.org/a"
    with pytest.raises(IngestError, match="redirected to an unprotected address"):
        refuse_elsewhere(secure, plain)
    refuse_elsewhere(plain, secure)
    refuse_elsewhere(secure, "https://example.org/b")


def test_a_circle_of_redirects_ends(eurostat):
    eurostat.upcoming = [redirect(eurostat.url("TGS00042"))] * 9
    assert "more than 3 redirects" in refusal(eurostat)


def test_an_endless_body_is_cut(eurostat, settings):
    settings.FETCH_MAX_BYTES = 10_000
    message = refusal(eurostat)
    assert "more than 10,000 bytes. Raise FETCH_MAX_BYTES" in message
    assert list(settings.SNAPSHOT_DIR.iterdir()) == []


def test_a_server_that_does_not_answer_is_given_up(eurostat, settings):
    settings.FETCH_TIMEOUT = 0.2
    settings.FETCH_ATTEMPTS = 2

    def silent(handler):
        handler.rfile.read(1)  # until the client hangs up

    eurostat.upcoming = [silent, silent]
    assert "no complete answer" in refusal(eurostat)
    assert len(eurostat.asked) == 2


def test_no_server_at_all_is_told(settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path
    with serving() as gone:
        pass
    message = refusal(gone)
    assert "no complete answer" in message
    assert "(4 attempts)" in message


def changed(server) -> bool | None:
    return has_changed(server.url("TGS00042"), etag='"held"', last_modified="")


def test_asking_whether_something_changed_is_as_patient(eurostat, waits):
    eurostat.upcoming = [
        status(429, Retry_After="7"),
        redirect(eurostat.url("TGS00042") + "&moved=1"),
        status(304),
    ]
    assert changed(eurostat) is False
    assert waits == [7.0]
    assert changed(eurostat) is True
    eurostat.upcoming = [status(503)] * 4
    with pytest.raises(TransientError, match=r"answered 503 \(4 attempts\)"):
        changed(eurostat)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (status(413), "too much at once"),
        (status(404), "Check the code"),
        (redirect("//example.org/x"), "redirected to another host"),
        (web_page, "a web page instead of data"),
    ],
)
def test_asking_does_not_repeat_what_will_not_pass(eurostat, answer, words):
    eurostat.upcoming = [answer]
    with pytest.raises(IngestError, match=words) as caught:
        changed(eurostat)
    assert not isinstance(caught.value, TransientError)
    assert len(eurostat.asked) == 1
