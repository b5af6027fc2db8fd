"""SQL statements of a page on a cold cache: few, and never more with more data."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Indicator
from tests.factories import DerivedIndicatorFactory, IndicatorFactory

pytestmark = pytest.mark.usefixtures("starter")

# Two of them, on the freshness of all dataflows, are asked once a minute.
REGION_PAGE = 22
# Those of the catalogue: each of its sections takes two or three.
CATALOGUE = 26
PAGES = [
    "/regions/ES21/",
    "/regions/ES/",
    "/regions/EE00/",
    "/",
    "/regions/",
    "/regions/?country=ES&sort=name",
    "/indicators/",
    "/indicators/gerd-pc-gdp/?region=ES21",
    "/indicators/gerd-pc-gdp/revisions/",
    "/api/v1/indicators/gerd-pc-gdp/revisions/",
    "/compare/?region=ES21&region=ITI1&region=FRF3&region=EE00&region=DEA1&region=CZ01",
    "/sources/",
    "/search/?q=vasco",
    "/network/",
    "/regions/ES21/network/",
    "/api/v1/regions/?page_size=500",
    "/api/v1/regions/ES21/",
    "/api/v1/regions/ES21/profile/",
    "/api/v1/indicators/",
    "/api/v1/observations/",
    "/api/v1/observations/?geo=ES21&page_size=10000",
    "/api/v1/figures/map/",
    "/api/v1/figures/trend/?region=ES21",
]


@pytest.fixture
def statements(client):
    def count(address):
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        return [query["sql"] for query in captured.captured_queries]

    return count


def add_indicators(count):
    """As many more as asked for: slices of what is held, and ratios of them."""
    for place, original in enumerate(Indicator.objects.exclude(dataflow=None)[:count]):
        copy = IndicatorFactory(
            dataflow=original.dataflow,
            slice_key=original.slice_key,
            direction=original.direction,
            is_headline=True,
            theme=f"Theme {place}",
        )
        DerivedIndicatorFactory(numerator=copy, denominator=original)


@pytest.mark.parametrize("address", PAGES)
def test_statements_do_not_grow_with_indicators(address, statements, client):
    client.get(address)  # what a process keeps until a row changes is there
    before = statements(address)
    add_indicators(8)
    after = statements(address)
    assert len(after) == len(before), "\n".join(after)


@pytest.mark.parametrize("code", ["ES21", "ES", "ES2", "EE00", "FRF3", "UA11"])
def test_a_region_page_takes_few_statements(code, statements):
    found = statements(f"/regions/{code}/")
    assert len(found) <= REGION_PAGE + CATALOGUE, "\n".join(found)


@pytest.mark.parametrize(
    "address",
    ["/regions/", "/indicators/", "/indicators/gerd-pc-gdp/", "/sources/"],
)
def test_the_other_pages_take_few_statements_too(address, statements):
    found = statements(address)
    assert len(found) <= REGION_PAGE, "\n".join(found)


def test_the_start_page_takes_few_statements_more(statements):
    """It says what is new and how much there is of each kind of record, besides."""
    found = statements("/")
    assert len(found) <= REGION_PAGE + 8, "\n".join(found)


def test_comparing_six_takes_as_many_statements_as_comparing_one(statements):
    six = "&".join(
        f"region={c}" for c in ("ES21", "ITI1", "FRF3", "EE00", "ES", "CZ01")
    )
    assert len(statements(f"/compare/?{six}")) == len(
        statements("/compare/?region=ES21")
    )


def test_a_longer_page_takes_no_more_statements(statements):
    for address in ("/api/v1/regions/", "/api/v1/indicators/", "/api/v1/observations/"):
        few = statements(f"{address}?page_size=2")
        many = statements(f"{address}?page_size=400")
        assert len(few) == len(many), address


def test_a_warm_page_reads_no_series(client, statements):
    statements("/regions/ES21/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/regions/ES21/")
    series = [q for q in captured.captured_queries if "indicators_vintage" in q["sql"]]
    # Only the region's own employment by industry, which is not cached.
    assert len(series) == 1
