"""The page of all regions, a profile, and codes of other days."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def table_codes(page):
    return page.locator("#table tbody .code").all_inner_texts()


def test_map_layout_is_chosen_and_kept_in_the_address(page):
    page.goto("/regions/")
    draw_all(page)
    page.get_by_label("Map", exact=True).select_option("tile")
    page.get_by_role("button", name="Update").click()
    expect(page).to_have_url(re.compile("layout=tile"))
    expect(page.locator("#map [data-figure]")).to_have_attribute(
        "data-figure", re.compile("layout=tile")
    )
    assert draw_all(page) == 1


def test_table_sorts_by_every_column_and_back_works(page):
    page.goto("/regions/")
    first = table_codes(page)
    page.locator("#table").get_by_role("link", name="Code").click()
    expect(page).to_have_url(re.compile("sort=code"))
    by_code = table_codes(page)
    assert by_code == sorted(by_code)
    assert set(by_code) == set(first)
    page.locator("#table").get_by_role("link", name="Code").click()
    expect(page.locator("#table [aria-sort=descending]")).to_have_count(1)
    assert table_codes(page) == by_code[::-1]
    page.go_back()
    assert table_codes(page) == by_code


def test_countries_lead_down_to_their_regions(page):
    page.goto("/regions/")
    page.locator("ul.funnel-countries").get_by_role("link", name="Italy").click()
    expect(page).to_have_url(re.compile("country=IT"))
    assert {code[:2] for code in table_codes(page)} == {"IT"}
    page.locator("ul.funnel").get_by_role("link", name="Toscana").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toscana")


def test_an_old_code_leads_to_todays_region_with_a_note(page):
    page.goto("/regions/FR41/")
    expect(page).to_have_url(re.compile("/regions/FRF3/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lorraine")
    expect(page.get_by_role("status").filter(has_text="FR41")).to_be_visible()


def test_a_split_code_offers_its_successors(page):
    page.goto("/regions/HU10/")
    for name in ("Budapest", "Pest"):
        expect(
            page.get_by_role("main").get_by_role("link", name=name, exact=True)
        ).to_be_visible()


def test_a_profile_says_value_unit_year_and_rank(page):
    page.goto("/regions/ES21/")
    figure = page.locator("article.key-figure").filter(has_text="R&D intensity")
    text = figure.inner_text()
    assert re.search(r"\b20\d\d\b", text)
    assert "% of GDP" in text
    assert re.search(r"\d(st|nd|rd|th) of \d+ in Spain", text)
    assert re.search(r"\d(st|nd|rd|th) of \d+ in the EU", text)


def test_sections_of_a_profile_can_be_reached(page):
    page.goto("/regions/ES21/")
    for link in (
        page.get_by_role("navigation", name="On this page").get_by_role("link").all()
    ):
        target = link.get_attribute("href")
        assert page.locator(target).count() == 1
