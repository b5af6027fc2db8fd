"""Pages, feeds, files and API of programmes, calls and support."""

import csv
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from programmes.eligibility import eligible_programmes, without_area
from programmes.models import Programme
from regions.models import Region
from sources.curation import Publication
from tests.factories.catalogue import (
    CallFactory,
    EligibleAreaFactory,
    ProgrammeFactory,
    SupportActivityFactory,
)

H2020 = "h2020-2014-2020"
ADDRESSES = [
    "/programmes/",
    "/programmes/?period=2014-2020&area=research&funding=grants&applicant=firms",
    "/programmes/?region=ES21&part_of=none",
    f"/programmes/{H2020}/",
    "/programmes/interreg-ivc-2007-2013/",
    "/programmes/interreg-ivc-2007-2013/calls/1/",
    "/programmes/calls/",
    "/programmes/calls/?state=closed&area=research&area=innovation",
    "/programmes/support/",
    "/programmes/support/?kind=platform",
    "/programmes/support/smart-specialisation-platform/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_whole(address, page):
    found = page(address)
    assert not found.unclosed
    assert not found.inline
    assert len(found.ids) == len(set(found.ids))


def test_matrix_counts_what_the_list_finds(page):
    rows = page("/programmes/").table("Policy area")
    programmes = Programme.objects.public().filter(period="2014-2020")
    expected = programmes.filter(policy_areas__code="research").count()
    assert next(row for row in rows if row[0] == "Research")[2].split()[0] == str(
        expected
    )
    narrowed = page("/programmes/?period=2014-2020&area=research")
    assert f"{expected} programmes" in narrowed.text


def test_line_says_what_followed(page):
    text = page(f"/programmes/{H2020}/").text
    assert "was followed by horizon europe" in text.casefold()
    assert "FP7 2007–2013 was followed by" in text


def test_drafts_are_nowhere(page, client):
    draft = ProgrammeFactory(acronym="SECRETFUND", state=Publication.DRAFT)
    CallFactory(programme=draft, title="Secret call")
    page(f"/programmes/{draft.slug}/", status=404)
    for address in (
        "/programmes/?q=SECRETFUND",
        "/programmes/calls/",
        "/programmes/calls.ics",
        "/programmes/calls.atom",
        "/api/v1/calls/",
        "/api/v1/programmes/?period=2014-2020",
    ):
        body = client.get(address).content.decode()
        assert "Secret call" not in body
        assert "Fund number" not in body


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/programmes/?region=XX99", 400),
        ("/programmes/?colour=red", 400),
        ("/programmes/nothing/", 404),
        ("/programmes/support/nothing/", 404),
    ],
)
def test_wrong_addresses_are_refused(address, status, page):
    page(address, status=status)


def test_region_gets_its_programmes_with_the_reason(starter):
    region = Region.objects.current().get(code="ES21")
    found = eligible_programmes(region, year=2026)
    reasons = {item.programme.slug: item.reason for item in found}
    assert reasons["interreg-europe-2021-2027"].startswith("Spain takes part in")
    assert all(item.programme.last_year >= 2026 for item in found)


def test_eligible_area_of_a_part_reaches_only_that_part(starter):
    wide = Region.objects.current().get(code="ES2")
    programme = ProgrammeFactory(period="2021-2027", first_year=2021, last_year=2027)
    EligibleAreaFactory(programme=programme, country="ES", region=wide)

    def reached(code):
        region = Region.objects.current().get(code=code)
        items = eligible_programmes(region, year=2026)
        return [item.reason for item in items if item.programme == programme]

    assert "is in the eligible area" in reached("ES21")[0]
    assert not reached("ES30")
    assert not reached("ES")


def test_calendar_parses_back_with_stable_identifiers(starter, client):
    call = CallFactory(title="Call; with, marks")

    def events():
        body = client.get("/programmes/calls.ics").content
        found = Calendar.from_ical(body)
        return {str(e["uid"]): e for e in found.walk("VEVENT")}

    first = events()
    closes = f"{call.programme.slug}-{call.code}-closes@calls.s3portal"
    assert first[closes].decoded("dtstart") == call.closes
    assert "Call; with, marks" in str(first[closes]["summary"])
    call.title = "Renamed"
    call.save()
    assert events().keys() == first.keys()


def test_open_calls_come_first(page):
    CallFactory(title="The open one")
    text = page("/programmes/calls/").text
    assert text.index("The open one") < text.index("First call")


@pytest.mark.parametrize("name", ["", "calls/", "support/"])
def test_csv_has_as_many_rows_as_the_api(name, starter, client):
    body = client.get(f"/programmes/{name}?format=csv").content.decode()
    api = name or "programmes/"
    listed = client.get(f"/api/v1/{api}").json()
    assert len(list(csv.DictReader(io.StringIO(body)))) == listed["count"]


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/",
        "/programmes/calls/",
        "/programmes/calls.ics",
        "/programmes/support/",
        "/api/v1/programmes/",
        "/api/v1/calls/",
    ],
)
def test_statements_do_not_grow(address, starter, client):
    def count():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    CallFactory()
    before = count()
    CallFactory.create_batch(4)
    SupportActivityFactory.create_batch(4)
    assert count() == before


def test_block_of_a_region_names_reason_and_source(starter):
    region = Region.objects.current().get(code="ES21")
    context = {
        "territory": region,
        "eligible": eligible_programmes(region, year=2026),
        "no_area": without_area(2026),
    }
    text = render_to_string("regions/_region_programmes.html", context)
    assert "Spain takes part in" in text
    assert "/programmes/?region=ES21" in text
    assert without_area(2026)
    for programme in without_area(2026):
        assert programme.get_absolute_url() in text
