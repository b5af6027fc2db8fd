"""The API explorer works on a closed network."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.looks


def test_explorer_lists_the_operations(page):
    page.goto("/api/docs/", wait_until="networkidle")
    expect(page.get_by_text("/api/v1/regions/{code}/profile/").first).to_be_visible()
    expect(page.get_by_text("/api/v1/observations/").first).to_be_visible()


def test_explorer_asks_the_api(page):
    page.goto("/api/docs/", wait_until="networkidle")
    operation = page.locator(".opblock").filter(has_text="/api/v1/indicators/").first
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text("gerd-pc-gdp")
