"""Missing and confidential values are words, never numbers."""

import pytest


def row_of(found, code):
    """The row of a region in the table twin of a figure, heading -> cell."""
    rows = found.table("Code")
    return dict(zip(rows[0], next(row for row in rows if row[0] == code), strict=True))


def test_a_confidential_cell_says_so_in_the_twin_of_the_map(page):
    row = row_of(page("/indicators/gerd-pc-gdp/?year=2018&region=BE21"), "BE21")
    value = next(cell for heading, cell in row.items() if "R&D intensity" in heading)
    assert value == "confidential"
    assert row["Rank in the EU"] == row["Rank in the country"] == "not ranked"
    assert row["Confidentiality"] == "C"


def test_a_missing_value_is_no_data(page):
    row = row_of(page("/indicators/gerd-pc-gdp/?year=2018"), "FRY5")
    value = next(cell for heading, cell in row.items() if "R&D intensity" in heading)
    assert value == "no data"
    assert row["Confidentiality"] == ""


def test_a_confidential_year_says_so_in_the_twin_of_the_trend(page):
    for rows in page("/regions/BE21/").tables:
        cells = [row for row in rows if row[:1] == ["BE21"] and row[2] == "2018"]
        if cells and "R&D intensity" in " ".join(rows[0]):
            assert cells[0][3] == "confidential"
            break
    else:
        pytest.fail("the trend has no table")


def test_a_confidential_value_says_so_in_the_table_of_all_regions(page):
    found = page("/regions/?year=2018&country=BE")
    rows = [row for rows in found.tables for row in rows if "BE21" in row]
    assert rows
    assert all("confidential" in " ".join(row) for row in rows)


def test_a_comparison_says_which_region_has_no_figure(page):
    text = page("/compare/?region=BE21&region=ES21&view=bar&year=2018").text
    assert "No figure for Prov. Antwerpen in this year." in text


def test_a_region_without_any_figure_says_so(page):
    text = page("/regions/UA11/").text
    assert "No figures yet" in text or "no data" in text.lower()
