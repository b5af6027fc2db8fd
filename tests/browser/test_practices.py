"""A reader looks for a practice, asks its authors, and ranks practices for a region."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import SESSION
from tests.browser.test_desk import run

pytestmark = pytest.mark.looks

CLEAN = """
from accounts.models import User
from practices.models import Question
Question.objects.filter(user__email__endswith="@review.example").delete()
User.objects.filter(email__endswith="@review.example").delete()
"""


@pytest.fixture
def key(portal_url):
    """The session of somebody known, whose words reach the authors at once."""
    run(portal_url, CLEAN)
    edu = 'print(signed_in(person("Edu", "review", "expert")))'
    yield run(portal_url, SESSION + edu).strip()
    run(portal_url, CLEAN)


def test_from_a_filter_to_a_question(page, context, portal_url, key):
    page.goto("/practices/")
    page.get_by_role("checkbox", name=re.compile("^documented")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("evidence=documented"))
    found = page.locator(".practice-cards h3 a").first
    title = found.inner_text()
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    question = page.get_by_role("main").get_by_role("link", name="Ask a question")
    question.first.click()
    expect(page).to_have_url(re.compile(r"/account/login/\?next=/practices/.*/ask/"))
    context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
    page.go_back()
    question.first.click()
    page.get_by_label("Your question").fill("How many firms took part?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Your question is with the authors.")).to_be_visible()


def test_weights_of_the_ranking_stand_in_its_address(page):
    page.goto("/practices/transfer/")
    page.get_by_label("Region", exact=True).select_option("FRF3")
    page.get_by_label("Weight: Shared domains").fill("0")
    page.get_by_role("button", name="Rank").click()
    expect(page).to_have_url(re.compile("region=FRF3.*w_domains=0"))
    first = page.locator(".transfers tbody tr").first
    expect(first.locator(".reasons li")).to_have_count(4)
    expect(first).to_contain_text("by closeness in structure")
