"""What every test may ask for: real files, the starter data, a closed network."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from tests import databases, network

ROOT = Path(__file__).resolve().parent.parent
# A busy machine is no failure: how long an example takes says nothing here.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    network.block()


DATABASE_FIXTURES = {
    "db",
    "django_db_setup",
    "own_portal",
    "portal_url",
    "starter",
    "transactional_db",
}


def touches_database(item: pytest.Item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


def is_of_pages(item: pytest.Item) -> bool:
    """Whether it reads pages or the API on the starter data."""
    folders = item.path.relative_to(ROOT).parts
    return "starter" in getattr(item, "fixturenames", ()) and (
        "dashboards" in folders or "api" in folders
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on an empty database first, then on the starter data, the browser last.

    The starter data are loaded once and stay; Playwright's event loop, once it runs,
    keeps Django's ORM out of its thread.
    """
    for item in items:
        if not touches_database(item):
            item.add_marker("no_database")
    items.sort(
        key=lambda item: (
            item.get_closest_marker("browser") is not None,
            "starter" in getattr(item, "fixturenames", ()),
        )
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """CI leaves out nothing: a skipped test there is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    if skipped := len(reporter.stats.get("skipped", [])):
        reporter.write_line(f"{skipped} tests were skipped, which CI does not allow")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test meets what another one cached.

    Only tests of pages and API leave the cache warm to the next of their kind, as
    long as they write nothing: computing all figures anew takes a second a page.
    """
    if not is_of_pages(request.node):
        cache.clear()
        yield
        cache.clear()
        return
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield
    if writes:
        cache.clear()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The publishers' own files, which lie beside the project and never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.fail(f"the publishers' files are not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is there already, a copy of one that was migrated."""
    return True


@pytest.fixture(scope="session")
def database_url(django_db_modify_db_settings_parallel_suffix: None) -> str:
    """The address of this process's own test database, there or not yet."""
    given = connection.settings_dict
    name = given["TEST"].get("NAME") or f"test_{given['NAME']}"
    if connection.vendor == "sqlite":
        return f"{databases.SQLITE}{name}"
    return databases.beside(os.environ["DATABASE_URL"], name)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_url: str) -> Iterator[None]:
    databases.create(database_url)
    yield
    if not database_url.startswith(databases.SQLITE):
        connection.close()
        databases.drop(database_url)


@pytest.fixture(scope="session")
def _starter_once(django_db_setup, django_db_blocker, database_url: str) -> None:
    with django_db_blocker.unblock():
        connection.close()
        databases.create_with_starter(database_url, settings.VAR_DIR)
    cache.clear()
    # It has the keys of the database whose place was taken.
    ContentType.objects.clear_cache()


@pytest.fixture
def starter(request: pytest.FixtureRequest, _starter_once, db) -> None:
    """The starter data in the database; what the test writes is rolled back."""
    if "transactional_db" in request.fixturenames:
        pytest.fail("a transactional test would flush the starter data for all others")
