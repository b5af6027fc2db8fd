"""Regions side by side."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def test_two_regions_are_compared_and_one_removed(page):
    page.goto("/compare/")
    page.get_by_label("Add a region").fill("ES21")
    page.get_by_role("checkbox", name="R&D intensity").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_label("Add a region").fill("ITI1")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile("region=ES21.*region=ITI1"))
    assert draw_all(page) == page.locator("input[name=indicator]:checked").count()
    table = page.locator("[aria-labelledby=h-table]")
    expect(table).to_contain_text("País Vasco")
    expect(table).to_contain_text("Toscana")
    page.get_by_role("link", name=re.compile("Toscana.*remove")).click()
    expect(page).not_to_have_url(re.compile("ITI1"))


def test_bars_can_be_chosen(page):
    page.goto("/compare/?region=ES21&region=ITI1&indicator=gerd-pc-gdp")
    page.get_by_label("Show as").select_option("bar")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile("view=bar"))
    assert draw_all(page) == 1
    assert page.locator("[data-figure] .bars path").count() >= 2


def test_a_seventh_region_is_refused_in_words(page, complaints):
    complaints.allow(400, "/compare/")
    codes = ["ES21", "ES22", "ES23", "ES24", "ES30", "ES41", "ES42"]
    page.goto("/compare/?" + "&".join(f"region={code}" for code in codes))
    expect(page.get_by_role("main")).to_contain_text("At most 6 regions")
