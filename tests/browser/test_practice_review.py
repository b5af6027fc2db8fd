"""Changes are asked for at a field, an expert approves, a curator sets the day."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import run

SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import Scope, User
def person(role, name):
    user = User.objects.create_user(f"{role}@review.example", "unguessable-0815")
    User.objects.filter(pk=user.pk).update(name=name)
    Scope.objects.create(user=user, role=role)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
"""
PREPARE = (
    SESSION
    + """
from practices.models import Authorship, GoodPractice, Review
from practices.stages import Stage
from django.utils import timezone
author = User.objects.create_user("author@review.example", "unguessable-0815")
practice = GoodPractice.objects.create(title="Probe of a review", summary="A probe.",
    state="in_review", stage=Stage.COMPLETENESS)
Authorship.objects.create(practice=practice, user=author, role="lead")
Review.objects.create(practice=practice, step="completeness",
    due=timezone.localdate())
print(person("curator", "Cora"), person("expert", "Edu"))
"""
)
# What the author does on pages of their own: the changes, and the way to substance.
AGAIN = """
from django.utils import timezone
from practices.models import GoodPractice, Review
row = GoodPractice.objects.get(title="Probe of a review")
assert row.stage == "changes_asked", row.stage
row.stage, row.revision = "substance", row.revision + 1
row.save()
row.comments.update(resolved_at=timezone.now())
Review.objects.create(practice=row, step="substance", due=timezone.localdate())
"""
CLEAN = """
from accounts.models import User
from practices.models import GoodPractice
GoodPractice.objects.filter(title="Probe of a review").delete()
User.objects.filter(email__endswith="@review.example").delete()
"""


@pytest.fixture
def keys(portal_url):
    """Sessions of a curator and an expert."""
    run(portal_url, CLEAN)
    yield run(portal_url, PREPARE).split()
    run(portal_url, CLEAN)


def test_from_the_queue_to_a_day_of_publication(
    page, context, portal_url, keys, complaints
):
    def become(key):
        context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
        page.goto("/practices/review/")

    curator, expert = keys
    complaints.allow(400, "/practices/review/probe-of-a-review/")
    become(curator)
    page.get_by_role("button", name="Take it Probe of a review").click()
    expect(page.get_by_text("You have it.")).to_be_visible()
    page.get_by_text("Comment: Summary", exact=True).click()
    page.get_by_label("Comment on: Summary").fill("Which town is it in?")
    page.get_by_label("Ask for changes").check()
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("The authors were asked for changes.")).to_be_visible()
    expect(page.locator("#field-summary")).to_contain_text("Which town is it in?")
    run(portal_url, AGAIN)
    become(expert)
    page.get_by_role("link", name="Probe of a review").click()
    expect(page.locator("#field-summary .badge-ok")).to_have_text("resolved")
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("Nothing is yours to decide")).to_be_visible()
    become(curator)
    page.get_by_role("link", name="Probe of a review").click()
    page.get_by_label("Publish on a day to come").check()
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say on which day")
    page.get_by_label("Day and time of publication (UTC)").fill("2099-05-04T09:30")
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("to be published on 4 May 2099, 09:30 UTC")).to_be_visible()
