"""A real browser before a real portal; whatever the browser complains of fails."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.browser import portal
from tests.browser.complaints import Complaints

WIDE = {"width": 1280, "height": 900}
PATIENCE = (
    30_000  # ms; a busy machine is slow, and waiting costs nothing when it is not
)
NARROW = {"width": 360, "height": 740}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Even what the browser itself wants to look up stays here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


expect.set_options(timeout=PATIENCE)


def pytest_itemcollected(item: pytest.Item) -> None:
    if Path(__file__).parent in item.path.parents:
        item.add_marker("browser")
        # A busy machine may starve a browser once; what fails twice is a fault.
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def portal_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with the starter data, served by gunicorn."""
    folder = tmp_path_factory.mktemp("portal")
    with portal.served(folder) as url:
        yield url
    log = (folder / "gunicorn.log").read_text()
    assert not re.search("Traceback|ERROR", log), log


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail("no Chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def viewport() -> dict[str, int]:
    """The window's size; a test may parametrise it."""
    return WIDE


@pytest.fixture
def context(
    browser: Browser, portal_url: str, viewport: dict[str, int]
) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=portal_url, viewport=viewport, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def complaints(portal_url: str) -> Complaints:
    """What the browser minded; ``complaints.allow(404, path)`` for what is meant."""
    return Complaints(portal_url)


@pytest.fixture
def page(context: BrowserContext, complaints: Complaints) -> Iterator[Page]:
    """A page whose errors, policy violations and stray requests fail the test."""
    page = context.new_page()
    complaints.listen(page)
    yield page
    assert complaints.heard == []


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    """axe-core on the page as it is now: nothing serious, nothing critical."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        grave = [v for v in found if v["impact"] in ("serious", "critical")]
        assert [
            f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
            for violation in grave
            for node in violation["nodes"]
        ] == []

    return check
