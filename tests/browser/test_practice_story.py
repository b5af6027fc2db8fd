"""Four people, four browsers: written, reviewed twice, published, asked, adopted."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, WIDE
from tests.browser.people import SESSION
from tests.browser.test_desk import run

TITLE = "Probe of a story"
SLUG = "probe-of-a-story"
PREPARE = (
    SESSION
    + """
from regions.models import Region
galicia = Region.objects.current().get(code="ES11")
for name, role, region in (("Anna", "", None), ("Cora", "curator", None),
                           ("Edu", "expert", None),
                           ("Rosa", "regional_editor", galicia)):
    print(signed_in(person(name, "story", role, region)), end=" ")
"""
)
# The fields that the story does not type; test_practice_share goes through the form.
FILL = f"""
from accounts.models import Organisation, User
from practices.models import GoodPractice
from practices.services import autosave
from strategies.models import Domain, Theme
row = GoodPractice.objects.get(title="{TITLE}")
domain = Domain.objects.first()
long = " ".join(["word"] * 60)
autosave(row, {{
    "summary": long, "description": long, "difficulties": long, "not_worked": long,
    "resources_needed": long, "evidence_of_success": long, "transfer_potential": long,
    "contact_office": "Innovation office", "start": "2015", "regions": ["ES21"],
    "organisation": Organisation.objects.public().first().slug,
    "themes": [Theme.objects.first().slug],
    "domains": [f"{{domain.kind}}:{{domain.code}}"],
    "evidence": [{{"indicator": "Firms helped", "note": "A report says so."}}],
}}, row.revision, by=User.objects.get(email="anna@story.example"))
"""
CLEAN = f"""
from accounts.models import User
from practices.models import GoodPractice
GoodPractice.objects.filter(title="{TITLE}").delete()
User.objects.filter(email__endswith="@story.example").delete()
"""


@pytest.fixture
def people(browser, portal_url, complaints):
    """A page for each of them, signed in, in a browser context of its own."""
    run(portal_url, CLEAN)
    keys = run(portal_url, PREPARE).split()
    contexts, pages = [], {}
    for name, key in zip(("author", "curator", "expert", "reader"), keys, strict=True):
        context = browser.new_context(
            base_url=portal_url, viewport=WIDE, locale="en-GB", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
        pages[name] = context.new_page()
        complaints.listen(pages[name])
        contexts.append(context)
    yield SimpleNamespace(**pages)
    for context in contexts:
        context.close()
    run(portal_url, CLEAN)
    assert complaints.heard == []


def decide(page, choice):
    page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Do it").click()


def submit(page):
    page.get_by_label("What is told is true").check()
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_text("It is submitted.")).to_be_visible()


def test_from_a_draft_to_what_another_region_learnt(people, portal_url):
    author, curator = people.author, people.curator
    expert, reader = people.expert, people.reader

    author.goto("/practices/share/")
    author.get_by_label("Title of the practice").fill(TITLE)
    author.get_by_role("button", name="Begin").click()
    expect(author).to_have_url(f"{portal_url}/practices/work/{SLUG}/basics/")
    run(portal_url, FILL)
    author.goto("/practices/mine/")
    author.get_by_role("link", name="Submit it: nothing is missing").click()
    submit(author)

    curator.goto("/practices/review/")
    curator.get_by_role("button", name=f"Take it {TITLE}").click()
    expect(curator.get_by_text("You have it.")).to_be_visible()
    curator.get_by_text("Comment: Summary", exact=True).click()
    curator.get_by_label("Comment on: Summary").fill("Which town is it in?")
    decide(curator, "Ask for changes")
    expect(curator.get_by_text("The authors were asked for changes.")).to_be_visible()

    author.goto("/account/notices/")
    author.get_by_role("link", name=TITLE).first.click()
    expect(author.get_by_text("Which town is it in?").first).to_be_visible()
    author.get_by_role("link", name="Summary", exact=True).click()
    told = "In Bilbao, " + "word " * 30
    author.get_by_label("Summary").fill(told)
    author.get_by_role("button", name="Save and go to the overview").click()
    author.get_by_role("button", name=re.compile("Mark as done")).click()
    expect(author.get_by_text("Marked as done.")).to_be_visible()
    submit(author)

    curator.goto(f"/practices/review/{SLUG}/")
    expect(curator.locator("#field-summary .badge-ok")).to_have_text("resolved")
    decide(curator, "Pass it on to the experts")
    expert.goto("/practices/review/")
    expert.get_by_role("link", name=TITLE).click()
    expert.get_by_text("Sign an opinion").click()
    expert.get_by_label("Role").fill("Expert for clusters")
    expert.get_by_label("Opinion", exact=True).fill("Well done and well told.")
    expert.get_by_role("button", name="Sign", exact=True).click()
    decide(expert, "Approve")
    expect(expert.get_by_text("Nothing is yours to decide")).to_be_visible()

    curator.goto(f"/practices/review/{SLUG}/")
    decide(curator, "Publish now")
    expect(curator.get_by_text("Published.")).to_be_visible()

    reader.goto("/practices/?q=probe+story")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text("In Bilbao, word")).to_be_visible()
    expect(reader.get_by_text("Well done and well told.")).to_be_visible()
    reader.get_by_role("link", name="Ask a question").first.click()
    reader.get_by_label("Your question").fill("How many firms took part?")
    reader.get_by_role("button", name="Ask", exact=True).click()
    reader.get_by_role("link", name="We adapted this").click()
    reader.get_by_label("Region that adapted it").select_option(label="ES11 Galicia")
    reader.get_by_label("Since which year").fill("2024")
    reader.get_by_label("What you changed").fill("Smaller vouchers.")
    reader.get_by_role("button", name="Tell of the adoption").click()
    expect(reader.get_by_text("Thank you. It is shown here once")).to_be_visible()

    author.goto("/practices/mine/")
    author.get_by_role("link", name="Answer 1 question").click()
    expect(author.locator("main")).not_to_contain_text("rosa@story.example")
    author.get_by_label("Your answer").fill("Forty firms.")
    author.get_by_label("All may read question and answer").check()
    author.get_by_role("button", name=re.compile("^Answer")).click()
    author.get_by_role("button", name="Show public answers").click()
    author.get_by_role("button", name=re.compile("We know of it: confirm")).click()
    expect(author.get_by_text("Confirmed: it is shown")).to_be_visible()

    reader.goto(f"/practices/{SLUG}/")
    expect(reader.get_by_text("Forty firms.")).to_be_visible()
    expect(reader.locator("#adoptions .trail")).to_contain_text("Galicia")
    for code in ("ES11", "ES21"):
        reader.goto(f"/regions/{code}/")
        expect(reader.locator(".trail")).to_contain_text(TITLE)
