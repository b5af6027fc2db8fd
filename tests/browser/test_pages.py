"""Every page, wide and narrow: drawn, accessible, and no wider than the screen."""

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.browser.figures import draw_all

PAGES = {
    "home": "/",
    "regions": "/regions/",
    "regions-tiles": "/regions/?layout=tile&indicator=tertiary-25-64&country=ES",
    "region": "/regions/ES21/",
    "country": "/regions/ES/",
    "region-without-figures": "/regions/XK00/",
    "old-code": "/regions/FR41/",
    "split-code": "/regions/HU10/",
    "indicators": "/indicators/",
    "indicator": "/indicators/gerd-pc-gdp/?year=2021&region=ES21",
    "derived-indicator": "/indicators/gdp-per-head/",
    "compare-empty": "/compare/",
    "compare": "/compare/?region=ES21&region=ITI1&region=EE00",
    "compare-bars": "/compare/?region=ES21&region=ITI1&view=bar",
    "search": "/search/?q=toscana",
    "search-nothing": "/search/?q=zzzz",
    "sources": "/sources/",
    "run": "/sources/runs/1/",
    "programmes": "/programmes/?region=ES21&area=research",
    "programme": "/programmes/h2020-2014-2020/",
    "calls": "/programmes/calls/",
    "support": "/programmes/support/",
    "methods": "/methods/",
    "accessibility": "/accessibility/",
}
MISSING = {
    "region": "/regions/QQ99/",
    "indicator": "/indicators/no-such-thing/",
    "page": "/no-such-page/",
}
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.looks
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_is_whole_and_accessible(page, path, viewport, check_accessibility):
    assert page.goto(path).ok
    draw_all(page)
    assert page.locator("h1").count() == 1
    assert page.evaluate(WIDTH) <= viewport["width"]
    check_accessibility(page)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", MISSING.values(), ids=MISSING.keys())
def test_what_is_not_there_is_said_helpfully(
    page, path, viewport, complaints, check_accessibility
):
    complaints.allow(404, path)
    assert page.goto(path).status == 404
    assert page.get_by_role("searchbox").or_(page.get_by_role("combobox")).count() > 0
    assert page.evaluate(WIDTH) <= viewport["width"]
    check_accessibility(page)


@pytest.mark.parametrize(
    "path", ["/?layout=globe", "/regions/?sort=shoe-size", "/compare/?view=pie"]
)
def test_a_wrong_parameter_is_named(page, path, complaints):
    complaints.allow(400, path.partition("?")[0])
    assert page.goto(path).status == 400
    name = path.partition("?")[2].partition("=")[0]
    assert name in page.get_by_role("main").inner_text()


@pytest.mark.looks
def test_all_tables_open(page, check_accessibility):
    page.goto("/regions/ES21/")
    draw_all(page)
    for summary in page.get_by_text("Show as a table").all():
        summary.click()
    assert page.locator("details.table-twin[open] tbody tr").count() > 50
    check_accessibility(page)
