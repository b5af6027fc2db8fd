"""Freshness where readers meet it: the page of sources, and a mark at each figure."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from indicators.models import Dataflow, Vintage
from sources.models import IngestRun
from tests.dashboards.api.test_figures import sheets_of
from tests.dashboards.pages import read
from tests.factories import DataflowFactory, IngestRunFactory

pytestmark = pytest.mark.usefixtures("starter")
STALE = "edat_lfse_22"  # edition of about 2023
FRESH = "tgs00042"  # edition of May 2026


@pytest.fixture(autouse=True)
def _this_day(starter):
    """The starter set's newer editions are fresh whenever the test runs."""
    now = timezone.now()
    Dataflow.objects.filter(code=FRESH).update(source_updated=now, checked_at=now)
    cache.clear()


def freshness_rows(client, **query):
    page = read(client.get("/sources/", query_params=query))
    head, *rows = page.table("Next expected")
    return [dict(zip(head, row, strict=True)) for row in rows]


def row_of(rows, code):
    (found,) = [row for row in rows if f"ESTAT:{code}" in row["Dataset"]]
    return found


def test_the_page_says_state_and_reason(client):
    rows = freshness_rows(client)
    stale = row_of(rows, STALE)
    assert stale["Publisher"] == "Eurostat"
    assert stale["Source release"] == "edition of about 2023"
    assert stale["Next expected"] == "about Dec 2024"
    assert stale["State"].startswith("Stale")
    assert "expected by 30 December 2024" in stale["State"]
    assert stale["Last checked"] == "not yet"
    assert stale["Last run"].startswith("loaded")
    assert row_of(rows, FRESH)["State"].strip() == "Up to date"
    closed = row_of(rows, "pat_ep_rtot")
    assert closed["State"].startswith("Closed")
    assert closed["Next expected"] == "none"


def test_the_rule_is_on_the_page(client):
    text = read(client.get("/sources/")).text
    assert "When is a dataset stale?" in text
    assert "at least 30 days" in text


def test_a_dataset_that_was_never_fetched_says_so(client):
    DataflowFactory(code="waiting", url="")
    cache.clear()
    row = row_of(freshness_rows(client), "waiting")
    assert row["State"].strip() == "Never fetched"
    assert (row["Fetched"], row["Last run"]) == ("not yet", "none")
    assert row["Source release"] == "not stated"
    assert row["Next expected"] == "not known"


def test_the_last_run_is_linked_whatever_its_end(client):
    run = IngestRunFactory(target=f"ESTAT:{STALE}", state=IngestRun.State.FAILED)
    assert row_of(freshness_rows(client), STALE)["Last run"].startswith("failed")
    assert run.get_absolute_url() in read(client.get("/sources/")).links


@pytest.mark.parametrize(
    "sort", ["name", "publisher", "release", "fetched", "checked", "next", "state"]
)
def test_the_table_is_sorted_as_asked(sort, client):
    up = [row["Dataset"] for row in freshness_rows(client, sort=sort)]
    down = [row["Dataset"] for row in freshness_rows(client, sort=sort, order="desc")]
    assert sorted(up) == sorted(down)
    page = read(client.get("/sources/", query_params={"sort": sort}))
    assert f"/sources/?sort={sort}&order=desc#datasets" in page.links


def test_by_state_what_needs_attention_comes_first(client):
    order = ["Stale", "Closed", "Up to date"]
    states = [row["State"] for row in freshness_rows(client, sort="state")]
    places = [
        next(place for place, word in enumerate(order) if state.startswith(word))
        for state in states
    ]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}


def test_no_date_stays_last_in_either_direction(client):
    for order in ("asc", "desc"):
        rows = freshness_rows(client, sort="next", order=order)
        assert rows[-1]["Next expected"] == "none"


def test_downloads_hold_the_same(client):
    text = client.get("/sources/?sort=state&format=csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["state"] == "Stale"
    found = {row["dataflow"]: row for row in rows}
    assert found[STALE]["next_expected"] == "2024-12-30"
    assert "expected by" in found[STALE]["reason"]
    assert found[FRESH]["checked_at"]
    about = dict(sheets_of(client.get("/sources/?format=xlsx").content)["metadata"])
    assert "at least 30 days" in about["When a dataset is stale"]


def marks(page):
    return [link for link in page.links if link.startswith("/sources/#")]


@pytest.mark.parametrize(
    "address",
    [
        "/indicators/{}/",
        "/regions/?indicator={}",
        "/compare/?region=ES21&indicator={}",
        "/compare/?region=ES21&indicator={}&view=table",
    ],
)
def test_a_mark_stands_at_stale_figures_only(address, client, slugs):
    stale = read(client.get(address.format(slugs[STALE])))
    assert set(marks(stale)) == {f"/sources/#{STALE}"}
    assert "Older data" in stale.text
    assert marks(read(client.get(address.format(slugs[FRESH])))) == []


@pytest.fixture
def slugs():
    """An indicator of each of the two dataflows."""
    return {
        code: Dataflow.objects.get(code=code).indicators.first().slug
        for code in (STALE, FRESH)
    }


def test_each_figure_bears_one_mark(client, slugs):
    page = read(client.get(f"/indicators/{slugs[STALE]}/"))
    for foot in page.foots:
        assert foot.count("Older data") == 1


def test_a_region_page_marks_its_key_figures(client):
    page = read(client.get("/regions/ES21/"))
    assert f"/sources/#{STALE}" in marks(page)
    assert f"/sources/#{FRESH}" not in marks(page)


def test_a_stated_release_names_the_day(client, slugs):
    old = timezone.now().replace(year=timezone.now().year - 3, month=5, day=2)
    Dataflow.objects.filter(code=FRESH).update(source_updated=old)
    cache.clear()
    page = read(client.get(f"/indicators/{slugs[FRESH]}/"))
    assert "Update overdue since" in page.text


def test_the_api_says_stale_and_why(client, slugs):
    for code, is_stale in ((STALE, True), (FRESH, False)):
        slug = slugs[code]
        figure = client.get(f"/api/v1/figures/map/?indicator={slug}").json()
        indicator = client.get(f"/api/v1/indicators/{slug}/").json()
        for body in (figure, indicator):
            assert body["stale"] is is_stale
            assert bool(body["stale_reason"]) is is_stale
    profile = client.get("/api/v1/regions/ES21/profile/").json()["key_figures"]
    found = {item["indicator"]: item for item in profile}
    assert found[slugs[STALE]]["stale"] is True
    assert "expected by" in found[slugs[STALE]]["stale_reason"]
    assert found[slugs[FRESH]]["stale"] is False


def test_observations_name_their_stale_indicators(client, slugs):
    query = f"indicator={slugs[STALE]},{slugs[FRESH]}&geo=ES21"
    stale = client.get(f"/api/v1/observations/?{query}").json()["stale"]
    assert list(stale) == [slugs[STALE]]
    assert "expected by" in stale[slugs[STALE]]


def test_a_download_says_it_too(client, slugs):
    for code, state in ((STALE, "Stale."), (FRESH, "Up to date.")):
        url = f"/api/v1/figures/ranking/?indicator={slugs[code]}&format=xlsx"
        about = dict(sheets_of(client.get(url).content)["metadata"])
        assert about["Freshness"].startswith(state)


def test_the_past_bears_no_mark_of_today(client, slugs):
    moment = (timezone.now() - timedelta(seconds=1)).isoformat()
    Vintage.objects.update(valid_from=timezone.now() - timedelta(days=400))
    cache.clear()
    query = {"asOf": moment}
    for address in (f"/indicators/{slugs[STALE]}/", "/regions/ES21/"):
        assert marks(read(client.get(address, query_params=query))) == []
        assert marks(read(client.get(address))) != []
    query["indicator"] = slugs[STALE]
    figure = client.get("/api/v1/figures/map/", query_params=query).json()
    assert (figure["stale"], figure["stale_reason"]) == (False, "")
    query["format"] = "xlsx"
    sheets = sheets_of(
        client.get("/api/v1/figures/ranking/", query_params=query).content
    )
    assert "Freshness" not in dict(sheets["metadata"])
