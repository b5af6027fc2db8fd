"""What a reader takes along is exactly what the page shows."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.browser.figures import draw_all

pytestmark = pytest.mark.looks


def take(page, label: str) -> Path:
    """Open the first figure's menu, press an entry, and get the file."""
    page.locator("details.figure-menu summary").first.click()
    menu = page.locator("details.figure-menu[open]")
    with page.expect_download() as download:
        menu.get_by_text(label).first.click()
    path = Path(download.value.path())
    return path.rename(path.with_name(download.value.suggested_filename))


def test_csv_holds_the_view(page):
    page.goto("/regions/?indicator=gerd-pc-gdp&year=2021")
    path = take(page, "CSV")
    assert path.name.startswith("gerd-pc-gdp")
    rows = {row["geo"]: row for row in csv.DictReader(path.open(encoding="utf-8-sig"))}
    shown = page.locator("#table tbody tr").filter(has_text="ES21").inner_text()
    value = float(next(rows["ES21"][key] for key in rows["ES21"] if "value" in key))
    assert f"{value:.2f}" in shown


def test_xlsx_has_data_and_metadata(page):
    page.goto("/regions/ES21/")
    book = load_workbook(take(page, "XLSX"))
    assert len(book.sheetnames) == 2
    words = " ".join(
        str(cell) for row in book.worksheets[1].values for cell in row if cell
    )
    assert "Eurostat" in words
    assert "CC BY 4.0" in words


@pytest.mark.parametrize(("kind", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_figure_is_saved_as_a_picture(page, kind, start):
    page.goto("/indicators/gerd-pc-gdp/")
    draw_all(page)
    assert take(page, kind).read_bytes().startswith(start)
