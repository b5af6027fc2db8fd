"""Weight and paint of pages in headless Chromium, each time with an empty cache."""

import os
import shutil
from statistics import median

from playwright.sync_api import Browser, Response, sync_playwright

from bench.result import Result

RUNS = 5
WEIGHT_BOUND = 100.0  # kB of HTML, CSS and own JavaScript, compressed
PAINT_BOUND = 1000.0  # ms to the largest contentful paint
OWN = ("document", "stylesheet", "script")
PAGES = {
    "home": "/",
    "regions": "/regions/",
    "profile": "/regions/ES21/",
    "indicator": "/indicators/gerd-pc-gdp/",
    "comparison": "/compare/?region=ES21&region=ITI1&indicator=gerd-pc-gdp",
    "sources": "/sources/",
}
LARGEST_PAINT = """() => new Promise(resolve => {
  let last = 0;
  new PerformanceObserver(list => { last = list.getEntries().at(-1).startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => resolve(last), 300);
})"""


def measure(url: str) -> list[Result]:
    """Two results a page: its weight and its largest contentful paint."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    results = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        _visit(browser, url)  # the first visit starts the server's caches
        for name, path in PAGES.items():
            visits = [_visit(browser, url + path) for _ in range(RUNS)]
            weight = median(visit[0] for visit in visits)
            paint = median(visit[1] for visit in visits)
            results += [
                Result(f"weight, {name}", weight, "kB", WEIGHT_BOUND),
                Result(f"largest paint, {name}", paint, "ms", PAINT_BOUND),
            ]
        browser.close()
    return results


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Kilobytes as sent and milliseconds to the largest paint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    paint = float(page.evaluate(LARGEST_PAINT))
    weight = sum(
        answer.request.sizes()["responseBodySize"]
        for answer in answers
        if answer.request.resource_type in OWN and "/plotly/" not in answer.url
    )
    context.close()
    return weight / 1000, paint
