"""A practice is begun, saves itself, meets a co-author's change, and is submitted."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.people import SESSION
from tests.browser.test_desk import run

pytestmark = pytest.mark.looks

PREPARE = f'{SESSION}\nprint(signed_in(person("Anna", "share")))'
# What the browser does not type: the other fields, and a co-author who changes one.
FILL = """
from accounts.models import Organisation, User
from practices.models import Authorship, GoodPractice
from practices.services import autosave, content_in_work
from strategies.models import Domain, Theme
row = GoodPractice.objects.get(title="Probe of sharing")
kept = content_in_work(row)
assert kept["regions"] == ["ES21@2024"], kept["regions"]
assert kept["evidence"][0]["figure"].startswith("/api/v1/figures/trend/"), kept
ben = User.objects.create_user("ben@share.example", "unguessable-0815", name="Ben")
Authorship.objects.create(practice=row, user=ben, role="co_author")
domain = Domain.objects.first()
long = " ".join(["word"] * 60)
autosave(row, {
    "summary": "Ben says " + long, "description": long, "difficulties": long,
    "not_worked": long, "resources_needed": long, "evidence_of_success": long,
    "transfer_potential": long, "contact_office": "Innovation office",
    "organisation": Organisation.objects.public().first().slug, "start": "2015",
    "themes": [Theme.objects.first().slug],
    "domains": [f"{domain.kind}:{domain.code}"],
}, row.revision, by=ben)
"""
CLEAN = """
from accounts.models import User
from practices.models import GoodPractice
GoodPractice.objects.filter(title="Probe of sharing").delete()
User.objects.filter(email__endswith="@share.example").delete()
"""


@pytest.fixture
def author(context, portal_url):
    """The browser is signed in as Anna."""
    run(portal_url, CLEAN)
    key = run(portal_url, PREPARE)
    context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
    yield
    run(portal_url, CLEAN)


def fits(page):
    """No sideways scrolling on a small phone."""
    wide = page.viewport_size
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(wide)
    return width <= NARROW["width"]


def test_from_a_title_to_review(
    page, portal_url, author, complaints, check_accessibility
):
    saved = page.locator("[data-save-state][data-kind=ok]")
    work = "/practices/work/probe-of-sharing/"
    complaints.allow(409, f"{work}basics/")
    page.goto("/practices/")
    page.get_by_role("link", name="Share a practice").click()
    page.get_by_label("Title of the practice").fill("Probe of sharing")
    region = page.get_by_role("combobox", name="Region")
    region.fill("vasco")
    page.get_by_role("option", name="País Vasco (ES21)").click()
    expect(region).to_have_value("País Vasco (ES21)")
    page.get_by_role("button", name="Begin").click()
    check_accessibility(page)

    # Evidence: a second piece, an indicator chosen by keyboard, a figure of it.
    page.goto(f"{work}evidence/")
    page.get_by_label("What it shows").fill("Spending on research")
    page.get_by_label("Value before").fill("1.9")
    page.get_by_text("Attach a figure of the portal").click()
    indicator = page.get_by_role("combobox", name="Indicator")
    indicator.fill("r&d")
    expect(page.locator(".suggest-list [role=option]").first).to_be_visible()
    indicator.press("ArrowDown")
    indicator.press("Enter")
    region.fill("ES21")
    page.get_by_role("button", name="Another piece of evidence").click()
    with page.expect_response(
        lambda answer: "Letters of firms" in (answer.request.post_data or "")
    ):
        page.get_by_label("What it shows").last.fill("Letters of firms")
        page.get_by_label("What it shows").last.blur()
    expect(saved).to_be_visible()
    assert fits(page)
    check_accessibility(page)
    page.reload()
    expect(page.get_by_label("What it shows").nth(1)).to_have_value("Letters of firms")

    # Ben changes the summary meanwhile.
    page.goto(f"{work}basics/")
    run(portal_url, FILL)
    page.get_by_label("Summary").fill("Anna says something else")
    expect(page.get_by_text("4 words")).to_be_visible()
    page.get_by_label("Summary").blur()
    expect(page.locator("[data-save-state]")).to_contain_text("Ben changed this")
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator(".conflict")).to_contain_text("Ben says word")
    expect(page.get_by_label("Summary")).to_have_value("Anna says something else")
    assert fits(page)
    page.get_by_label("Keep the text of Ben").check()
    page.get_by_role("button", name="Save and go to the overview").click()

    expect(page.get_by_text("Nothing: all that is needed is told.")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Preview").click()
    page.locator("[data-figure]").first.scroll_into_view_if_needed()
    expect(page.locator("[data-figure] .main-svg").first).to_be_visible()
    page.go_back()
    page.get_by_label("What is told is true").check()
    page.get_by_role("button", name="Submit to review").click()
    expect(page.get_by_text("It is submitted.")).to_be_visible()
