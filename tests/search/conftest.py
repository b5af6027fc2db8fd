"""Records are found once they are committed; a test's own transaction never is."""

import pytest

from search.queries import find


@pytest.fixture
def committed(db, django_capture_on_commit_callbacks):
    """A block at whose end what was saved in it counts as committed."""

    def block():
        return django_capture_on_commit_callbacks(execute=True)

    return block


@pytest.fixture
def titles():
    """The titles found, best first."""

    def ask(q, *kinds):
        return [document.title for document in find(q, kinds).records]

    return ask
