"""A page without scripts still says everything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE

pytestmark = pytest.mark.looks


@pytest.fixture
def plain(browser, portal_url) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal_url, viewport=WIDE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_the_numbers_of_a_figure_are_in_its_table(plain):
    plain.goto("/regions/ES21/")
    twin = plain.locator("details.table-twin").first
    twin.get_by_text("Show as a table").click()
    expect(twin.locator("tbody tr").first).to_be_visible()
    assert twin.locator("tbody tr").count() > 5


def test_search_is_a_form(plain):
    plain.goto("/")
    plain.get_by_role("searchbox").fill("lorraine")
    plain.get_by_role("main").get_by_role("button", name="Search").click()
    expect(plain.get_by_role("link", name="Lorraine").first).to_be_visible()


def test_the_year_is_a_choice(plain):
    plain.goto("/indicators/gerd-pc-gdp/?year=2021")
    plain.get_by_label("Year", exact=False).first.select_option("2020")
    plain.get_by_role("button", name="Update").click()
    expect(plain.locator("#ranking-sub")).to_contain_text("2020")
