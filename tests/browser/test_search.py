"""A misspelt word, walked with keys, and the page of results by kind."""

import re

from playwright.sync_api import expect


def test_a_misspelt_word_is_typed_and_its_suggestion_chosen_with_keys(page):
    page.goto("/")
    box = page.get_by_role("main").get_by_role("combobox")
    box.focus()
    page.keyboard.type("tosacna")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Toscana")
    expect(option.locator("mark")).to_have_text("Toscana")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/regions/ITI1/"))


def test_results_are_narrowed_to_a_kind(page):
    page.goto("/search/?q=inovation")
    expect(page.locator("#meant")).to_contain_text("innovation")
    kinds = page.get_by_role("navigation", name="Kinds of results")
    kinds.get_by_role("link", name=re.compile("^Projects")).click()
    expect(page).to_have_url(re.compile(r"q=inovation&kind=project"))
    chips = page.locator(".hits .chip")
    assert set(chips.all_inner_texts()) == {"Project"}
