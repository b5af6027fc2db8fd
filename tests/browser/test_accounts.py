"""The whole life of an account, and a passkey, as a person meets them."""

import json
import os
import re
import shutil
import uuid
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS
from tests.browser.test_desk import run

pytestmark = pytest.mark.looks

PASSWORD = "correct horse battery staple"  # noqa: S105  # of invented people
CLEAN = """
from accounts.models import User
User.objects.filter(email__endswith="@life.example").delete()
"""
PREPARE = f"""{CLEAN}
from importlib import import_module
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
chief = User.objects.create_superuser("chief@life.example", "{PASSWORD}")
eve = User.objects.create_user("eve@life.example", "{PASSWORD}", name="Eve")
EmailAddress.objects.create(user=eve, email=eve.email, verified=True, primary=True)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(chief.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = chief.get_session_auth_hash()
session.create()
print(session.session_key)
"""


@pytest.fixture(scope="module")
def key(portal_url):
    """The session of an administrator."""
    yield run(portal_url, PREPARE)
    run(portal_url, CLEAN)


def code_of(secret, later=0):
    """What the app shows; ``later`` steps on, as a code is taken only once."""
    counter = max(totp.yield_hotp_counters_from_time()) - 1 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def sign_in(page, email):
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def confirm_password(page):
    """What pages ask that change how one signs in, or show everything."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def link_in_outbox(browser, portal_url, key, email):
    """The path in the mail to that address, as the administrator reads it."""
    context = browser.new_context(base_url=portal_url)
    context.add_cookies([{"name": "sessionid", "value": key, "url": portal_url}])
    page = context.new_page()
    page.goto("/admin/outbox/")
    page.locator("tr", has_text=email).get_by_role("link").click()
    page.wait_for_url("**/outbox/*.*/")
    found = re.search(r"http\S+/account/confirm-email/\S+", page.inner_text("main"))
    context.close()
    return urlsplit(found[0]).path


def test_an_account_from_sign_up_to_its_end(page, browser, portal_url, key):
    email = f"ada-{uuid.uuid4().hex[:8]}@life.example"
    page.goto("/account/signup/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/account/confirm-email/")
    page.goto(link_in_outbox(browser, portal_url, key, email))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("You have confirmed")).to_be_visible()

    page.goto("/account/login/?next=/account/2fa/")
    sign_in(page, email)
    page.get_by_role("link", name="Activate").click()
    confirm_password(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    sign_out(page)
    page.goto("/account/login/?next=/account/data/")
    sign_in(page, email)
    page.get_by_label("Code").fill(code_of(secret, later=1))
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("link", name="Delete the account").click()
    confirm_password(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your data first").click()
    held = json.loads(download.value.path().read_text())["data"]
    assert held["account"][0]["email"] == email
    assert held["second_factors"]

    page.get_by_label("Yes, delete my account").check()
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_text("Your account was deleted.")).to_be_visible()
    page.goto("/account/login/")
    sign_in(page, email)
    expect(page.get_by_role("alert")).to_be_visible()


@pytest.fixture
def device(browser, portal_url, key):
    """A page of a browser that holds passkeys; they need a host with a name."""
    url = portal_url.replace("127.0.0.1", "localhost")
    rules = [
        f"{each}, EXCLUDE localhost" if "EXCLUDE" in each else each
        for each in ARGUMENTS
    ]
    program = browser.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
        args=rules,
    )
    context = program.new_context(base_url=url, locale="en-GB")
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    program.close()


def test_a_passkey_is_made_and_opens_the_account(device):
    page = device
    page.goto("/account/login/?next=/account/2fa/webauthn/add/")
    sign_in(page, "eve@life.example")
    confirm_password(page)
    page.get_by_label("Name").fill("Eve's phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    sign_out(page)
    page.goto("/account/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
