"""No practice takes the address of a page that is none."""

import re

import pytest

from dashboards.urls import practice_pages
from practices.models.practice import PAGES
from tests import factories


def first_words():
    """What addresses of practices' pages begin with, but for slugs and files."""
    found = (str(page.pattern).lstrip("^") for page in practice_pages)
    words = {re.match(r"[^/]*", pattern)[0] for pattern in found}
    return {word for word in words if re.fullmatch(r"[-\w]+", word)}


@pytest.mark.looks
def test_all_pages_are_kept_free():
    assert first_words()
    assert first_words() <= PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Mine", "Work", "Transfer"])
def test_a_practice_called_like_a_page_gets_another_address(title):
    made = factories.GoodPracticeFactory(title=title, slug="")
    assert made.slug == f"{title.lower()}-2"
