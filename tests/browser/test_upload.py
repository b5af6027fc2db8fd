"""A curator uploads a table: errors first, then a preview, then it is loaded."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import portal
from tests.browser.complaints import Complaints

UPLOAD = "/admin/indicators/dataflow/upload/"
HEADER = "geo,sectperf,unit,time_period,obs_value,obs_status\n"
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
user = User.objects.create_superuser("curator@example.org", "unguessable-0815")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
WORK = """
from sources.models import IngestRun
from sources.services import execute
print(execute(IngestRun.objects.latest("pk").pk).state)
"""
CLEAN = """
from accounts.models import User
from indicators.models import Dataflow, DataflowState, Vintage
from sources.models import IngestRun, Snapshot, Source
Vintage.objects.filter(series__slice__dataflow__agency="TEST").delete()
DataflowState.objects.filter(dataflow__agency="TEST").delete()
Dataflow.objects.filter(agency="TEST").delete()
Source.objects.filter(code="office-of-tests").delete()
IngestRun.objects.filter(fetcher="upload").delete()
User.objects.filter(email="curator@example.org").delete()
"""

Command = Callable[[str], str]


@pytest.fixture
def command(portal_url: str) -> Command:
    """Runs a program beside the portal; returns its last line."""

    def run(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", program],
            cwd=portal.ROOT,
            env=portal.environments[portal_url],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip().rpartition("\n")[2]

    return run


@pytest.fixture
def desk(
    page: Page, context: BrowserContext, command: Command, portal_url: str
) -> Iterator[Page]:
    """The upload page, signed in; what the test wrote is removed."""
    command(CLEAN)
    cookie = {"name": "sessionid", "value": command(SIGN_IN), "url": portal_url}
    context.add_cookies([cookie])
    page.goto(UPLOAD)
    yield page
    command(CLEAN)


def give(page: Page, text: str) -> None:
    file = {"name": "data.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File:").set_input_files([file])
    page.get_by_role("button", name="Show preview").click()


def look(page: Page, complaints: Complaints, check: Callable[[Page], None]) -> None:
    """axe-core on the page; the styles it measures with are not the page's own."""
    assert complaints.heard == []
    check(page)
    complaints.heard.clear()


def fits(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    )


def test_errors_then_preview_then_discarded(desk, complaints, check_accessibility):
    complaints.allow(422, UPLOAD)  # the form with its errors
    desk.get_by_label("Dataflow:").select_option(label="ESTAT:tgs00042")
    give(desk, HEADER + "ES21,TOTAL,PC_GDP,2019,x,\nES22,TOTAL,PC_GDP,20x9,2,\n")
    expect(desk.get_by_text("data.csv, line 3: unreadable period")).to_be_visible()
    look(desk, complaints, check_accessibility)
    give(desk, HEADER + "ES2l,TOTAL,PC_GDP,2019,1,\n")
    expect(desk.get_by_role("cell", name="ES2l").first).to_be_visible()
    expect(desk.get_by_role("button", name="Load")).to_have_count(0)
    desk.goto(UPLOAD + "?dataflow=")
    desk.get_by_label("Dataflow:").select_option(label="ESTAT:tgs00042")
    give(desk, HEADER + "ES21,TOTAL,PC_GDP,2019,99.5,e\nES21,TOTAL,PC_GDP,2031,1,\n")
    expect(desk.locator("[data-count=revised]")).to_have_text("1")
    expect(desk.locator("[data-count=new]")).to_have_text("1")
    changed = desk.get_by_role("row").filter(has_text="2019").first
    expect(changed).to_contain_text("País Vasco")
    expect(changed).to_contain_text("99.5 e")
    look(desk, complaints, check_accessibility)
    desk.get_by_role("button", name="Discard").click()
    expect(desk.get_by_text("cancelled").first).to_be_visible()


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}])
def test_a_new_dataflow_is_loaded_from_a_narrow_window(desk, command):
    assert fits(desk)
    for label, text in (
        ("Agency", "TEST"), ("Code", "probe"), ("Name:", "A probe"),
        ("Licence", "CC BY 4.0"), ("Name of the new publisher", "Office of tests"),
    ):  # fmt: skip
        desk.get_by_label(label).fill(text)
    give(desk, HEADER + "ES21,TOTAL,PC,2020,1.5,\nES22,TOTAL,PC,2020,2.5,\n")
    expect(desk.locator("[data-count=new]")).to_have_text("2")
    assert fits(desk)
    desk.get_by_role("button", name="Load").click()
    expect(desk.get_by_role("heading", name="TEST:probe")).to_be_visible()
    assert command(WORK) == "loaded"
    desk.reload()
    expect(desk.get_by_text("loaded").first).to_be_visible()
