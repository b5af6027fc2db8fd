"""A curator publishes a draft that something held back, sees the change, goes back."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser import portal

PREPARE = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import Scope, User
from programmes.models import Programme
from projects.models import Project
user = User.objects.create_user("desk@example.org", "unguessable-0815", is_staff=True)
Scope.objects.create(user=user, role="curator")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
project = Project.objects.create(acronym="PROBE", programme=Programme.objects.first())
print(session.session_key, project.pk)
"""
CLEAN = """
from accounts.models import User
from projects.models import Project
Project.objects.filter(acronym="PROBE").delete()
User.objects.filter(email="desk@example.org").delete()
"""


def run(portal_url, program):
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", program],
        cwd=portal.ROOT,
        env=portal.environments[portal_url],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip().rpartition("\n")[2]


@pytest.fixture
def project(context, portal_url):
    """The address of a draft without a name; the browser is signed in."""
    run(portal_url, CLEAN)
    key, pk = run(portal_url, PREPARE).split()
    context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
    yield f"/admin/projects/project/{pk}/"
    run(portal_url, CLEAN)


def test_from_a_held_back_draft_to_readers_and_back(page, project):
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()
    page.goto(f"{project}change/")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Not done. It has no name.")).to_be_visible()
    page.get_by_role("link", name="It has no name.").click()
    expect(page.locator("#id_name")).to_be_focused()
    page.locator("#id_name").fill("A first name")
    page.locator("#id_is_verified").check(force=True)
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".desk-state")).to_have_text("published")
    page.locator("#id_name").fill("Another name")
    page.locator("#id_change_reason").fill("its programme renamed it")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.goto(f"{project}history/")
    newest = page.locator(".desk-versions > li").first
    expect(newest.locator("del")).to_have_text("A first name")
    expect(newest.locator("ins")).to_have_text("Another name")
    page.locator(".desk-versions > li").nth(1).get_by_role("link").first.click()
    page.get_by_label("Reason").fill("a mistake")
    page.get_by_role("button", name="Yes, restore this version").click()
    expect(page.locator("#id_name")).to_have_value("A first name")
