"""The partnership network by keyboard: the map, the order of the table, a filter."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def test_sort_and_filter_by_keyboard(page, check_accessibility):
    page.goto("/network/")
    assert draw_all(page) == 1
    check_accessibility(page)
    heading = page.get_by_role("link", name="Partner", exact=True)
    heading.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=b"))
    column = page.get_by_role("columnheader", name="Partner", exact=True)
    expect(column).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("Level").select_option("0")
    page.get_by_label("Shared projects, at least").fill("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("level=0.*at_least=2"))
    expect(page.locator("#table")).to_contain_text("Spain")


def test_from_a_profile_to_the_partners_of_partners(page, check_accessibility):
    page.goto("/regions/ES21/")
    page.get_by_role("link", name="All its partners").press("Enter")
    expect(page).to_have_url(re.compile("/regions/ES21/network/"))
    assert draw_all(page) == 1
    check_accessibility(page)
    expect(page.locator("#partners")).to_contain_text("KNOW-HUB")
