"""A person watches a run, cancels it, and rolls another one back."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import portal
from tests.browser.test_upload import SIGN_IN

TABLE = "freq,sectperf,unit,geo\\TIME_PERIOD\t2021\nA,TOTAL,PC_GDP,ES21\t99 p\n"
# A process that works as a worker does, and goes on when it is told a line.
PROGRAM = f"""
import sys, time
from pathlib import Path
from accounts.models import User
User.objects.filter(email="curator@example.org").delete()
{SIGN_IN}
from indicators.services.ingest import ingest_file
from sources.services import execute, queue_run
from tests.sources import probe

def work(request):
    request.progress.stage("fetching", 100)
    request.progress.advance(20)
    sys.stdin.readline()
    request.progress.stage("reading", 100)
    while True:
        request.progress.advance(80, rows=800)
        time.sleep(0.05)

with probe.registered() as fetcher:
    fetcher.steps = [work]
    run = queue_run("probe", "live")
    print(run.pk, flush=True)
    execute(run.pk)
sys.stdin.readline()
path = Path(settings.VAR_DIR) / "revised.tsv"
path.write_text({TABLE!r})
print(ingest_file(path, code="tgs00042").pk, flush=True)
sys.stdin.readline()
run.delete()
user.delete()
"""
OBSERVATIONS = "/api/v1/observations/?indicator=gerd-pc-gdp&page_size=10000"


class Worker:
    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", PROGRAM],
            cwd=portal.ROOT,
            env={**portal.environments[url], "RUN_HEARTBEAT": "0.1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(os.linesep)
        self.process.stdin.flush()


@pytest.fixture
def worker(portal_url: str, context: BrowserContext) -> Iterator[Worker]:
    """It has signed the browser in."""
    found = Worker(portal_url)
    cookie = {"name": "sessionid", "value": found.says(), "url": portal_url}
    context.add_cookies([cookie])
    yield found
    found.process.kill()
    found.process.wait()


def test_a_run_is_watched_and_cancelled_and_another_rolled_back(
    page: Page, worker: Worker
):
    page.goto(f"/sources/runs/{worker.says()}/")
    bar = page.get_by_role("progressbar", name="Fetching")
    expect(bar).to_have_attribute("value", "20")
    worker.go_on()
    bar = page.get_by_role("progressbar", name="Reading")
    expect(bar).to_have_attribute("value", "80")
    expect(page.locator("[data-run-count]")).to_have_text("800 rows")
    page.get_by_role("button", name="Cancel this run").click()
    expect(page.get_by_text("Cancelled in the stage 'reading'").first).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)

    before = page.request.get(OBSERVATIONS).json()["results"]
    worker.go_on()
    page.goto(f"/sources/runs/{worker.says()}/")
    assert page.request.get(OBSERVATIONS).json()["results"] != before
    page.get_by_role("link", name="Roll this run back").click()
    page.get_by_role("button", name="Roll back").click()
    expect(page.get_by_text("has been rolled back.").first).to_be_visible()
    assert page.request.get(OBSERVATIONS).json()["results"] == before
    worker.go_on()
    assert worker.process.wait(60) == 0
