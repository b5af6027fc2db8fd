"""From the first page to a region, as a hurried reader does it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.looks


def search_box(page):
    return page.get_by_role("main").get_by_role("combobox")


@pytest.mark.parametrize(
    ("typed", "label", "address"),
    [
        ("pais v", "ES21", "/regions/ES21/"),
        ("toscana", "Toscana", "/regions/ITI1/"),
        ("αττικ", "EL30", "/regions/EL30/"),
        ("FR41", "FRF3", "/regions/FRF3/"),
    ],
    ids=["without-accents", "name", "native-script", "old-code"],
)
def test_search_suggests_and_leads_to_the_region(page, typed, label, address):
    page.goto("/")
    search_box(page).press_sequentially(typed)
    option = page.get_by_role("option").filter(has_text=label).first
    expect(option).to_be_visible()
    option.click()
    page.wait_for_url(lambda url: address in url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_search_suggests_indicators_too(page):
    page.goto("/")
    search_box(page).press_sequentially("patent")
    page.get_by_role("option").filter(has_text="Patent applications").click()
    expect(page).to_have_url(re.compile("/indicators/epo-patents-per-million/"))


def test_search_without_a_choice_shows_all_results(page):
    page.goto("/")
    search_box(page).fill("andal")
    search_box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=andal"))
    expect(page.get_by_role("link", name="Andalucía").first).to_be_visible()


def test_the_map_is_drawn_and_leads_to_a_region(page):
    page.goto("/")
    plot = page.locator("#map [data-figure]")
    expect(plot.locator(".plot-container")).to_be_visible()
    assert plot.locator("path").count() > 200
