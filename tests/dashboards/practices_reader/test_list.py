"""The list of practices: its filters, views, files and feed."""

import csv
import io
import re
from itertools import product

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.models import GoodPractice
from practices.stages import Stage
from regions.text import fold
from sources.curation import Publication
from tests.factories import (
    DomainFactory,
    GoodPracticeFactory,
    ProjectFactory,
    RegionFactory,
    ThemeFactory,
)
from tests.factories.practices import whole_practice

pytestmark = pytest.mark.django_db
# In words: a figure might stand in the name of an organisation, too.
NAMES = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho"]


@pytest.fixture
def some():
    """Eight practices that differ in what the filters ask for; one is a draft."""
    part = RegionFactory(code="XX11", level=2, country="XX")
    north = part.parent
    theme, domain = ThemeFactory(), DomainFactory(kind="economic")
    project = ProjectFactory()
    hidden = ProjectFactory(state=Publication.DRAFT)
    places, grades = ([part], [north], []), ("compared", "claimed", "")
    for number, (region, grade) in enumerate(product(places, grades)):
        item = GoodPracticeFactory(
            title=f"Práctica {NAMES[number]}",
            country="XX" if region or number == 8 else "",
            evidence_grade=grade,
            is_failure=number % 4 == 0,
            not_worked="Much" if number % 2 else "",
            project=(project, hidden, None)[number % 3],
            state=Publication.DRAFT if number == 5 else Publication.PUBLISHED,
        )
        item.set_start(str(2008 + 2 * number))
        item.save()
        item.regions.set(region)
        if number % 2:
            item.themes.add(theme)
            item.domains.add(domain)
    return {"theme": theme.slug, "economic": domain.code, "project": project.slug}


def oracle(name, value):
    """Titles by reading every record, as a person would."""
    found = set()
    for item in GoodPractice.objects.all():
        if item.state != Publication.PUBLISHED:
            continue
        codes = {region.code for region in item.regions.all()}
        has = {
            "theme": any(theme.slug == value for theme in item.themes.all()),
            "economic": any(domain.code == value for domain in item.domains.all()),
            "project": bool(
                item.project
                and item.project.state == Publication.PUBLISHED
                and item.project.slug == value
            ),
            "evidence": (item.evidence_grade or "none") == value,
            "country": item.country == value,
            "region": any(code.startswith(value) for code in codes)
            or item.country == value,
            "not_worked": item.is_failure
            if value == "failure"
            else bool(item.not_worked),
            "period": 2014 <= item.start.year <= 2020,
            "q": fold(value) in fold(item.title),
        }
        if has[name]:
            found.add(item.title)
    return found


CASES = [
    ("theme", None),
    ("economic", None),
    ("project", None),
    ("evidence", "compared"),
    ("evidence", "none"),
    ("country", "XX"),
    ("region", "XX"),
    ("region", "XX1"),
    ("region", "XX11"),
    ("not_worked", "failure"),
    ("not_worked", "told"),
    ("period", "2014-2020"),
    ("q", "practica siete"),
]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_filter_finds_what_a_person_would(client, some, name, value):
    value = value or some[name]
    answer = client.get("/api/v1/practices/", {name: value, "page_size": 100}).json()
    wanted = oracle(name, value)
    assert {item["title"] for item in answer["results"]} == wanted
    assert wanted
    page = client.get("/practices/", {name: value}).context
    assert page["found"].total == len(wanted)


def test_the_count_beside_a_value_is_what_it_finds(client, some):
    for facet in client.get("/practices/").context["found"].facets:
        for option in facet.options:
            found = client.get("/practices/", {facet.name: option.value}).context
            assert found["found"].total == option.count, (facet.name, option.value)


def test_drafts_are_nowhere(client):
    GoodPracticeFactory(title="Secret one", state=Publication.DRAFT)
    whole_practice(Stage.SUBSTANCE, title="Secret two")
    for address in (
        "/practices/",
        "/practices/?view=table",
        "/practices/?view=map",
        "/practices/?format=csv",
        "/practices/?format=json",
        "/practices/new.atom",
        "/api/v1/practices/",
        "/api/v1/figures/practices/",
    ):
        assert b"Secret" not in client.get(address).content, address
    assert client.get("/practices/secret-one/").status_code == 404
    assert client.get("/api/v1/practices/secret-two/").status_code == 404
    for part in ("evidence", "versions", "adoptions"):
        address = f"/api/v1/practices/secret-two/{part}/"
        assert client.get(address).status_code == 404


def test_the_file_has_exactly_the_rows_found(client, some):
    rows = list(
        csv.DictReader(
            io.StringIO(
                client.get("/practices/?evidence=compared&format=csv").content.decode(
                    "utf-8-sig"
                )
            )
        )
    )
    assert {row["title"] for row in rows} == oracle("evidence", "compared")
    json = client.get("/practices/?evidence=compared&format=json").json()
    assert [row["slug"] for row in json["results"]] == [row["slug"] for row in rows]
    workbook = client.get("/practices/?evidence=compared&format=xlsx")
    assert workbook.content[:2] == b"PK"


def test_the_feed_takes_the_filters_and_has_the_newest_first(client, some):
    feed = client.get("/practices/new.atom?evidence=compared").content.decode()
    _head, *entries = feed.split("<entry>")
    titles = {re.search("<title>(.*?)</title>", entry)[1] for entry in entries}
    assert titles == oracle("evidence", "compared")
    days = [re.search("<published>(.*?)<", entry)[1] for entry in entries]
    assert days == sorted(days, reverse=True)


def test_the_best_evidence_comes_first(client, some):
    answer = client.get("/api/v1/practices/?sort=evidence").json()["results"]
    grades = [item["evidence_grade"] for item in answer]
    order = ["compared", "measured", "documented", "claimed", ""]
    assert grades == sorted(grades, key=order.index)


@pytest.mark.parametrize(
    "address",
    [
        "/practices/",
        "/practices/?view=table",
        "/practices/?view=map",
        "/practices/new.atom",
        "/practices/transfer/?region=ES21",
        "/api/v1/practices/",
        "/api/v1/regions/ES21/transfer/",
    ],
)
def test_more_practices_take_no_more_statements(client, told, address):
    def count():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = count()
    for number in range(4):
        other = whole_practice(Stage.PUBLISHED, title=f"Other {number}")
        other.regions.set(told.regions.all())
    assert count() <= before
