"""One indicator through the years."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def test_slider_changes_the_year_in_place_and_in_the_address(page):
    page.goto("/indicators/gerd-pc-gdp/?year=2021&region=ES21")
    draw_all(page)
    before = page.locator("#ranking-rows").inner_text()
    slider = page.get_by_role("slider", name="Year")
    slider.press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2020"))
    expect(page).to_have_url(re.compile("region=ES21"))
    expect(page.locator("#ranking-sub")).to_contain_text("2020")
    expect(page.locator("#map [data-figure]")).to_have_attribute(
        "data-figure", re.compile("year=2020")
    )
    draw_all(page)
    assert page.locator("#ranking-rows").inner_text() != before
    assert page.locator("#ranking-rows tr.me").count() == 1


def test_the_year_is_kept_when_one_goes_on_and_back(page):
    page.goto("/indicators/gerd-pc-gdp/?year=2021")
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    expect(page).to_have_url(re.compile("year=2020"))
    expect(page.locator("#ranking-sub")).to_contain_text("2020")
    page.locator("#ranking-rows").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/regions/"))
    page.go_back()
    expect(page).to_have_url(re.compile("year=2020"))
    expect(page.locator("#ranking-sub")).to_contain_text("2020")


def test_a_slider_year_and_a_loaded_year_show_the_same(page):
    page.goto("/indicators/gerd-pc-gdp/?year=2021")
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    expect(page.locator("#ranking-sub")).to_contain_text("2020")
    moved = page.locator("#ranking-rows").inner_text()
    page.goto("/indicators/gerd-pc-gdp/?year=2020")
    assert page.locator("#ranking-rows").inner_text() == moved


def test_a_derived_indicator_shows_its_formula(page):
    page.goto("/indicators/gdp-per-head/")
    expect(page.get_by_role("heading", name="Formula")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("÷ population on 1 January")
