"""The main path without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW

pytestmark = pytest.mark.looks

FOCUSED = "document.activeElement"


def test_skip_link_is_first_and_leads_to_the_content(page):
    page.goto("/regions/ES21/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUSED}.id") == "main"


def test_menu_leads_on_and_marks_the_place(page):
    page.goto("/")
    link = page.get_by_role("navigation", name="Main").get_by_role(
        "link", name="Indicators"
    )
    for _ in range(15):
        page.keyboard.press("Tab")
        if link.evaluate(f"element => element === {FOCUSED}"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/indicators/$"))
    expect(link).to_have_attribute("aria-current", "page")


def test_suggestions_are_walked_with_arrows(page):
    page.goto("/")
    box = page.get_by_role("main").get_by_role("combobox")
    box.focus()
    page.keyboard.type("pais vasco")
    expect(page.get_by_role("option").first).to_be_visible()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/regions/ES21/"))


def test_a_late_answer_leaves_the_chosen_suggestion(page):
    """Arrow keys keep the list they walk in, however slow the next answer is."""
    held = []
    page.route("**/search/suggest/?q=pais+v", lambda route: held.append(route))
    page.goto("/")
    box = page.get_by_role("main").get_by_role("combobox")
    box.focus()
    with page.expect_response("**/search/suggest/?q=pais"):
        page.keyboard.type("pais")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_request("**/search/suggest/?q=pais+v"):
        page.keyboard.type(" v")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    for route in held:
        route.abort()
    page.wait_for_timeout(100)
    expect(chosen).to_have_count(1)


def test_download_menu_opens_and_closes(page):
    page.goto("/")
    summary = page.locator("details.figure-menu summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.figure-menu[open]")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.figure-menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_focus_is_always_visible(page):
    """Each stop of the first thirty shows an outline or a change of its own."""
    page.goto("/regions/")
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate(
            f"(() => {{ const s = getComputedStyle({FOCUSED});"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })()"
        )
        assert style, page.evaluate(f"{FOCUSED}.outerHTML")


class TestNarrow:
    """On a phone's width the menu opens without a script."""

    def test_menu_opens(self, browser, portal_url):
        context = browser.new_context(
            base_url=portal_url, viewport=NARROW, java_script_enabled=False
        )
        page = context.new_page()
        page.goto("/")
        link = page.get_by_role("navigation", name="Main").get_by_role(
            "link", name="Regions"
        )
        expect(link).not_to_be_visible()
        page.get_by_role("link", name="Menu").click()
        expect(link).to_be_visible()
        context.close()
