"""A curator imports a sheet with errors, loads the good rows and undoes it."""

from playwright.sync_api import Page, expect

from tests.browser.test_upload import command, desk

__all__ = ["command", "desk"]  # fixtures: a curator who is signed in

SHEET = "name,country,town\nLab of Imports,ES,Derio\nLost Lab,Atlantis,Nowhere\n"


def test_errors_then_the_good_rows_then_undo(desk: Page) -> None:
    desk.goto("/admin/exchange/importbatch/new/")
    desk.get_by_label("Kind of records").select_option("organisations")
    file = {"name": "labs.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    desk.get_by_label("File:").set_input_files(file)
    desk.get_by_role("button", name="Show preview").click()

    expect(desk.locator("[data-error]")).to_have_count(1)
    expect(desk.locator("[data-error]")).to_contain_text("Atlantis")
    expect(desk.locator("[data-count=new]")).to_have_text("1")
    desk.get_by_role("button", name="Load the good rows").click()

    expect(desk.locator("[data-state=loaded]")).to_be_visible()
    expect(desk.locator("[data-count=rejected]")).to_have_text("1")
    desk.get_by_role("button", name="Undo this import").click()
    expect(desk.locator("[data-state=undone]")).to_be_visible()
