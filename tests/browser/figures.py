"""Waiting for what scripts draw: figures appear as they come near the screen."""

from playwright.sync_api import Page

ALL_DRAWN = """() => [...document.querySelectorAll('[data-figure]')].every(
  element => element.querySelector('svg') && !element.hasAttribute('aria-busy'))"""


def draw_all(page: Page) -> int:
    """Scroll past every figure until all are drawn; how many there are."""
    figures = page.locator("[data-figure]")
    for number in range(figures.count()):
        figures.nth(number).scroll_into_view_if_needed()
    page.wait_for_function(ALL_DRAWN)
    page.evaluate("scrollTo(0, 0)")
    return figures.count()
