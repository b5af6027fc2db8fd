"""Each file of Plotly.js that is here will do: the small bundle, the package's own."""

from pathlib import Path

import plotly
import pytest
from playwright.sync_api import expect

from tests.browser.figures import draw_all

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = {
    "small-bundle": ROOT / "node_modules/plotly.js-basic-dist-min/plotly-basic.min.js",
    "python-package": Path(plotly.__file__).parent / "package_data/plotly.min.js",
}


PRESENT = {name: path for name, path in FILES.items() if path.exists()}


@pytest.mark.looks
@pytest.mark.parametrize("file", PRESENT.values(), ids=PRESENT.keys())
def test_a_page_is_drawn_under_the_same_policy(page, file):
    page.route(
        "**/plotly/*.js",
        lambda route: route.fulfill(path=file, content_type="text/javascript"),
    )
    page.goto("/regions/ES21/")
    assert draw_all(page) > 5
    expect(page.locator("[data-figure] .main-svg").first).to_be_visible()
