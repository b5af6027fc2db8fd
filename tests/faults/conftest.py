"""A portal on servers of the tests' own, with a worker that may be killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection

from tests.factories.regions import RegionFactory
from tests.faults import servers
from tests.faults.portal import Crew, Portal, Source
from tests.sources.eurostat import serving

GEO = ("ES21", "ES22", "ES23", "ES24")
PLACE = ("HOST", "PORT", "NAME", "USER", "PASSWORD")


@pytest.fixture(scope="session")
def _portal_of_faults(
    django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[Portal]:
    """Made once, with tables and regions; Django of this process is back elsewhere."""
    log = tmp_path_factory.mktemp("crew") / "worker.log"
    with servers.serving() as (database, queue), serving() as server:
        with _moved_to(database, queue), django_db_blocker.unblock():
            call_command("migrate", verbosity=0)
            for code in GEO:
                RegionFactory(code=code)
            crew = Crew(log, server.host)
        yield Portal(database, queue, Source(server), crew)
        crew.dismiss()


@pytest.fixture(scope="module")
def own_portal(_portal_of_faults: Portal, django_db_blocker) -> Iterator[Portal]:
    """Django of this process works on the own servers, as the workers do."""
    own = _portal_of_faults
    with _moved_to(own.database, own.queue), django_db_blocker.unblock():
        yield own
        own.crew.kill()


@contextmanager
def _moved_to(database: servers.Postgres, queue: servers.Redis) -> Iterator[None]:
    given = {name: connection.settings_dict[name] for name in PLACE}
    own = {"HOST": "127.0.0.1", "PORT": database.port, "NAME": "postgres",
           "USER": "postgres", "PASSWORD": ""}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", database.url)
        patch.setenv("REDIS_URL", queue.url)
        # Celery looks here before it looks at its settings.
        patch.setenv("CELERY_BROKER_URL", queue.url)
        _move(own)
        try:
            yield
        finally:
            _move(given)


def _move(place: dict[str, object]) -> None:
    connection.close()
    connection.settings_dict.update(place)
    current_app._pool = None  # of connections to the broker, and of its producers
    current_app.amqp._producer_pool = None


@pytest.fixture
def portal(own_portal: Portal, settings) -> Iterator[Portal]:
    """With a worker at work, and the source as it should be."""
    settings.EUROSTAT_HOST = own_portal.source.server.host
    settings.RUN_BACKOFF, settings.RUN_MESSAGE_LIFE = 0, 1
    settings.RUN_ATTEMPTS = 3
    connection.close()
    own_portal.crew.start()
    yield own_portal
    own_portal.source.behave()
    log: Path = own_portal.crew.log
    print(log.read_text()[-6000:] if log.exists() else os.strerror(2))  # noqa: T201  # pytest shows it on a failure
