"""The sitemap lists what readers may see, and every address of it answers."""

import re

import pytest

from sources.curation import Publication
from tests.factories import ProjectFactory

pytestmark = pytest.mark.usefixtures("starter")


def places(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r"<loc>http://testserver(.*?)</loc>", response.content.decode())


def test_the_index_leads_to_parts_whose_pages_answer(client):
    parts = places(client, "/sitemap.xml")
    assert len(parts) == 11
    for part in parts:
        listed = places(client, part)
        assert listed, part
        assert client.get(listed[-1]).status_code == 200, listed[-1]
    for address in places(client, "/sitemap-pages.xml"):
        assert client.get(address).status_code == 200, address


def test_drafts_are_not_in_it(client):
    ProjectFactory(slug="in-waiting", state=Publication.DRAFT)
    ProjectFactory(slug="for-all")
    listed = places(client, "/sitemap-projects.xml")
    assert "/projects/for-all/" in listed
    assert "/projects/in-waiting/" not in listed


def test_a_part_that_is_none_is_not_found(client):
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_are_told_where_it_is(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
