"""A reader watches a region, finds it in the list, and stops."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import SESSION
from tests.browser.test_desk import run

pytestmark = pytest.mark.looks

CLEAN = """
from accounts.models import User
User.objects.filter(email__endswith="@watch.example").delete()
"""


@pytest.fixture
def key(portal_url):
    """The session of somebody who is signed in."""
    run(portal_url, CLEAN)
    edu = 'print(signed_in(person("Edu", "watch", "expert")))'
    yield run(portal_url, SESSION + edu).strip()
    run(portal_url, CLEAN)


def test_watch_a_region_and_stop(page, context, portal_url, key):
    page.goto("/regions/ES21/")
    page.get_by_role("link", name="Watch País Vasco").click()
    expect(page.get_by_role("link", name="/watch/region/ES21.atom")).to_be_visible()
    context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
    page.reload()
    page.get_by_label("How often").select_option("daily")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("heading", name="País Vasco (ES21)")).to_be_visible()
    page.get_by_role("button", name="Stop País Vasco (ES21)").click()
    expect(page.get_by_text("You watch nothing yet")).to_be_visible()
