"""Finding a project, reading it, reporting an error: by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def test_facets_narrow_and_chips_widen(page, check_accessibility):
    page.goto("/projects/")
    found = page.locator("#h-results")
    everything = found.inner_text()
    page.locator("input[name=country][value=ES]").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile("country=ES"))
    expect(found).not_to_have_text(everything)
    check_accessibility(page)
    page.get_by_role("link", name=re.compile("Country of any partner: Spain")).click()
    expect(page).not_to_have_url(re.compile("country=ES"))
    expect(found).to_have_text(everything)


def test_map_and_its_table(page):
    page.goto("/projects/?country=ES&view=map")
    assert draw_all(page) == 1
    page.get_by_text("Show as a table").click()
    expect(page.locator(".table-twin")).to_contain_text("País Vasco")
    page.get_by_role("link", name="List", exact=True).click()
    expect(page).not_to_have_url(re.compile("view=map"))


@pytest.mark.parametrize("viewport", [NARROW], ids=["narrow"])
def test_filters_open_on_a_phone_by_keyboard(page):
    page.goto("/projects/")
    page.get_by_role("link", name="Filters").focus()
    page.keyboard.press("Enter")
    words = page.get_by_label("Words")
    words.fill("cooking")
    words.press("Enter")
    expect(page.locator("#h-results")).to_have_text("1 project")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]


def test_project_page_leads_to_a_report(page, complaints, check_accessibility):
    page.goto("/projects/tres/")
    assert draw_all(page) == 1
    check_accessibility(page)
    page.get_by_role("link", name="Report an error").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("about=project:tres"))
    complaints.allow(400, "/report/")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This field is required")
    check_accessibility(page)
    page.get_by_label("What should it say").fill("The budget is known by now.")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
