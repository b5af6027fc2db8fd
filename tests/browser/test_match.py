"""An asker, a curator and an author, each in a window of their own, meet."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.people import SESSION
from tests.browser.test_desk import run

pytestmark = pytest.mark.looks

CHALLENGE = "Small firms of ours buy no advice on automation, and vouchers are unknown."
PREPARE = (
    SESSION
    + """
from practices.models import Authorship, GoodPractice
from strategies.models import Domain
people = [person("Ann", "match"), person("Cora", "match", "curator"),
          person("Otto", "match")]
practice = GoodPractice.objects.create(title="Probe of a match", state="published",
    stage="published", summary="Vouchers for advice on automation in small firms.",
    evidence_grade="compared")
practice.domains.add(Domain.objects.get(kind="economic", code="ict"))
Authorship.objects.create(practice=practice, user=people[2], role="lead")
print(*map(signed_in, people))
"""
)
CLEAN = """
from accounts.models import User
from practices.models import GoodPractice, MatchRequest
MatchRequest.objects.filter(user__email__endswith="@match.example").delete()
GoodPractice.objects.filter(title="Probe of a match").delete()
User.objects.filter(email__endswith="@match.example").delete()
"""


@pytest.fixture
def windows(portal_url, browser, complaints):
    """A page of the asker, of the curator and, narrow, of the author."""
    run(portal_url, CLEAN)
    keys = run(portal_url, PREPARE).split()
    contexts = []
    for key, size in zip(keys, (None, None, NARROW), strict=True):
        context = browser.new_context(
            base_url=portal_url, viewport=size, locale="en-GB"
        )
        context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
        contexts.append(context)
    pages = [context.new_page() for context in contexts]
    for page in pages:
        complaints.listen(page)
    yield pages
    for context in contexts:
        context.close()
    run(portal_url, CLEAN)
    assert complaints.heard == []


def test_two_questions_lead_to_a_thread(windows, check_accessibility):
    asker, curator, author = windows
    asker.goto("/match/?region=ES21")
    asker.get_by_label("What is your challenge?").fill(CHALLENGE)
    asker.get_by_label("In which domain?").select_option("economic:ict")
    asker.get_by_role("button", name="See proposals").click()
    expect(asker.get_by_role("link", name="Probe of a match")).to_be_visible()
    check_accessibility(asker)
    asker.get_by_role("button", name="Send it to a curator").click()
    expect(asker.get_by_text("A curator looks at them next")).to_be_visible()
    curator.goto("/match/desk/")
    curator.get_by_role("link", name=CHALLENGE[:30]).click()
    curator.get_by_label("Your note: Probe of a match").fill("They like visits.")
    curator.get_by_role("button", name=re.compile("^Save.*Probe of a match")).click()
    check_accessibility(curator)
    curator.get_by_role("button", name="Send to who asked").click()
    expect(curator.get_by_text("Sent: who asked was told.")).to_be_visible()
    asker.reload()
    expect(asker.get_by_text("They like visits.")).to_be_visible()
    card = asker.get_by_role("listitem").filter(has_text="They like visits.")
    card.get_by_text("Ask to be introduced: Probe of a match").first.click()
    card.get_by_role("button", name="Ask to be introduced").click()
    expect(asker.get_by_text("Introduction: asked")).to_be_visible()
    author.goto("/match/mine/")
    author.get_by_role("link", name="Probe of a match").click()
    expect(author.get_by_text("buy no advice on automation")).to_be_visible()
    author.get_by_role("button", name="Agree").click()
    author.get_by_label("Your message").fill("Come and see us.")
    author.get_by_role("button", name="Send").click()
    expect(author.get_by_text("Come and see us.")).to_be_visible()
    check_accessibility(author)
    asker.reload()
    asker.get_by_role("link", name="Write to each other").click()
    expect(asker.get_by_text("Come and see us.")).to_be_visible()
    expect(asker.get_by_text("Otto agreed.")).to_be_visible()
