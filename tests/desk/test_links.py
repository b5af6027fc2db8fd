"""Links asked on a real server of this machine."""

import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from desk.addresses import curated_addresses
from desk.analysis.link_state import Answer, Failing, after, wait_days
from desk.broken import broken_links
from desk.models import LinkCheck
from desk.probe import probe
from desk.services.links import check_links, note
from desk.usage import users_of
from practices.models import GoodPractice
from sources.curation import Publication
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    ReferenceFactory,
)

DAY = date(2026, 3, 1)


@pytest.fixture
def server(settings):
    """Answers by path; ``asked`` are method, path and headers of each request."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            asked.append((self.command, self.path, dict(self.headers)))
            status = {
                "/robots.txt": found.robots_status,
                "/gone": 404,
                "/no-head": 405,
                "/there": 200,
            }.get(self.path, 302)
            if self.path == "/no-head" and self.command == "GET":
                status = 200
            self.send_response(status)
            if status == 302:
                target = "/loop" if self.path == "/loop" else "/there"
                if self.path == "/inside":
                    target = "http://127.0.0.2/secret"
                self.send_header("Location", target)
            self.end_headers()
            if self.path == "/robots.txt" and self.command == "GET":
                self.wfile.write(found.robots)

        do_GET = do_HEAD  # noqa: N815  # the name is http.server's

        def log_message(self, *args):
            pass

    settings.LINK_CHECK_PRIVATE_HOSTS = ["127.0.0.1"]
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.asked = asked
    found.robots, found.robots_status = b"", 200
    found.root = f"http://127.0.0.1:{found.server_port}"
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


@pytest.mark.parametrize(
    ("path", "status", "is_there"),
    [("/there", 200, True), ("/gone", 404, False), ("/no-head", 200, True)],
)
def test_answers(server, path, status, is_there):
    answer = probe(server.root + path, private_hosts=["127.0.0.1"])
    assert (answer.status, answer.is_there) == (status, is_there)
    assert "s3portal" in server.asked[0][2]["User-Agent"]
    assert server.asked[0][0] == "HEAD"


def test_redirects_are_followed_and_told(server):
    answer = probe(server.root + "/moved", private_hosts=["127.0.0.1"])
    assert answer == Answer(200, "", server.root + "/there")
    assert not probe(server.root + "/loop", private_hosts=["127.0.0.1"]).is_there


def test_a_private_network_is_never_contacted(server):
    assert "private" in probe(server.root + "/there").problem
    assert server.asked == []
    answer = probe(server.root + "/inside", private_hosts=["127.0.0.1"])
    assert not answer.is_there
    assert probe("http://[::1").status is None


@pytest.mark.django_db
def test_only_addresses_of_public_records_are_asked(server, settings):
    settings.LINK_CHECK_DELAY = 1.5
    ProjectFactory(website=f"{server.root}/there")
    ProjectFactory(website=f"{server.root}/draft", state=Publication.DRAFT)
    organisation = OrganisationFactory()
    organisation.references.add(ReferenceFactory(url=f"{server.root}/gone"))
    ReferenceFactory(url=f"{server.root}/unused")
    assert curated_addresses() == {f"{server.root}/there", f"{server.root}/gone"}
    pauses = []
    assert check_links(sleep=pauses.append) == 2
    assert len(pauses) == 1
    assert 1 < pauses[0] <= 1.5
    assert check_links(sleep=pauses.append) == 0  # neither is due today
    gone = LinkCheck.objects.get(url=f"{server.root}/gone")
    assert (gone.status, gone.failed_days, gone.is_broken) == (404, 1, False)


@pytest.mark.django_db
def test_a_broken_link_is_marked_for_readers(client):
    organisation = OrganisationFactory(website="https://example.org/gone")
    check = LinkCheck.objects.create(url=organisation.website)
    for days in (3, 2, 1):
        check.last_failed = timezone.localdate() - timedelta(days=days)
        note(check, Answer(404))
    assert check.is_broken
    assert list(broken_links()) == [check.url]
    page = client.get(organisation.get_absolute_url()).text
    assert "did not answer on" in page


def asked_for(server):
    return [path for _method, path, _headers in server.asked]


@pytest.fixture
def hidden(db, server):
    """A link that the host's robots.txt keeps programs from; its check."""
    ProjectFactory(website=f"{server.root}/hidden/file.pdf")
    server.robots = b"User-agent: *\nDisallow: /*.pdf$\nCrawl-delay: 9\n"
    return lambda: LinkCheck.objects.get(url__endswith=".pdf")


def test_what_robots_txt_forbids_is_not_asked(server, hidden, settings):
    ProjectFactory(website=f"{server.root}/there")
    OrganisationFactory(website=f"{server.root}/no-head")
    pauses = []
    assert check_links(sleep=pauses.append) == 3
    assert sorted(set(asked_for(server))) == ["/no-head", "/robots.txt", "/there"]
    assert asked_for(server).count("/robots.txt") == 1
    (pause,) = pauses  # as long as the host asks for, not LINK_CHECK_DELAY
    assert 8 < pause <= 9
    check = hidden()
    assert (check.status, check.failed_days, check.answered_at) == (None, 0, None)
    assert "robots.txt" in check.problem
    assert check.next_at > timezone.now()


def test_a_host_that_cannot_say_what_it_allows_is_left_alone(server, hidden):
    server.robots_status = 503
    check_links(sleep=lambda _seconds: None)
    assert asked_for(server) == ["/robots.txt"]


def test_a_host_without_robots_txt_is_asked(server, hidden):
    server.robots_status = 404
    check_links(sleep=lambda _seconds: None)
    assert "/hidden/file.pdf" in asked_for(server)


@pytest.mark.django_db
def test_a_host_that_is_away_fails(settings):
    settings.LINK_CHECK_PRIVATE_HOSTS = ["127.0.0.1"]
    ProjectFactory(website="http://127.0.0.1:9/")
    check_links(sleep=lambda _seconds: None)
    assert LinkCheck.objects.get().failed_days == 1


@pytest.mark.django_db
def test_what_a_practice_rests_on_is_asked_once_it_is_public(client):
    for state, host in (("published", "shown"), ("draft", "hidden")):
        practice = GoodPracticeFactory(state=state)
        practice.references.add(ReferenceFactory(url=f"https://{host}.example.org/a"))
        practice.evidence_items.create(source_url=f"https://{host}.example.org/b")
    shown = {"https://shown.example.org/a", "https://shown.example.org/b"}
    assert curated_addresses() == shown
    practice = GoodPractice.objects.public().get()
    assert users_of(shown)["https://shown.example.org/b"] == [practice]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=30))
def test_failed_days_are_different_days_since_it_last_answered(answers):
    today, held, days = DAY, Failing(), set()
    for step, is_there in answers:
        today += timedelta(days=step)
        held = after(held, Answer(200 if is_there else 404), today)
        days = set() if is_there else days | {today}
        assert held.days == len(days)
        assert held.first == (min(days) if days else None)


def test_what_is_broken_is_asked_ever_more_rarely():
    waits = [
        wait_days(Failing(DAY, DAY, n), usual=7, broken=3)
        for n in (1, 2, 3, 4, 5, 6, 60)
    ]
    assert waits == [1, 1, 7, 14, 28, 28, 28]
    assert wait_days(Failing(), usual=7, broken=3) == 7
