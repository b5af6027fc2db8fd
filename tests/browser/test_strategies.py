"""Priorities, the matrix and the guide in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.looks

PAGES = {
    "priorities": "/priorities/",
    "matrix": "/priorities/matrix/?country=ES",
    "strategy": "/strategies/es12-2021-2027/",
    "domain": "/domains/economic/energy/",
    "domains": "/domains/",
    "glossary": "/guide/glossary/",
    "step": "/guide/steps/4/?region=ES21",
    "list": "/guide/lists/peer-review/",
}
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.looks
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_fits_and_is_accessible(page, check_accessibility, path, viewport):
    page.goto(path)
    assert page.evaluate(WIDTH) <= viewport["width"]
    check_accessibility(page)


def test_facets_narrow_and_chips_take_back(page):
    page.goto("/priorities/")
    page.get_by_label(re.compile("^Energy production")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("economic=energy"))
    expect(
        page.get_by_role("heading", name=re.compile(r"^\d+ priorities$"))
    ).to_have_text("41 priorities")
    page.get_by_role("link", name="Energy production").first.click()
    expect(page).not_to_have_url(re.compile("economic=energy"))


def test_matrix_keeps_the_choice_in_the_address(page):
    page.goto("/priorities/matrix/")
    page.get_by_label("Country").select_option("ES")
    page.get_by_label("Domains").select_option("policy")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("country=ES.*kind=policy"))
    expect(page.get_by_label("Country")).to_have_value("ES")
    expect(page.get_by_role("row", name=re.compile("ES21"))).to_be_visible()


def test_the_path_is_walked_by_keyboard_with_my_region(page):
    page.goto("/guide/steps/")
    page.get_by_label("My region").focus()
    page.get_by_label("My region").select_option("ES21")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("region=ES21"))
    page.get_by_role("link", name=re.compile("^Analysis")).focus()
    page.keyboard.press("Enter")
    for number in range(2, 7):
        page.get_by_role("link", name="Next step").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"/guide/steps/{number}/.*region=ES21"))
    expect(page.get_by_role("link", name="Next step")).to_have_count(0)
