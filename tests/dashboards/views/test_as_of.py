"""Pages and API about the past: what was held then, said plainly, on every link."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from dashboards.exhibits.registry import INDICATOR_KINDS
from indicators.models import Dataflow, Indicator, Vintage
from indicators.services.ingest import ingest_file

pytestmark = pytest.mark.usefixtures("starter")

TABLE = """freq,sectperf,unit,geo\\TIME_PERIOD\t2021
A,TOTAL,PC_GDP,ES21\t{value}
"""
PAGES = [
    "/", "/regions/", "/regions/ES21/", "/indicators/", "/indicators/gerd-pc-gdp/",
    "/indicators/gerd-pc-gdp/revisions/", "/indicators/gdp-per-head/",
    "/compare/?region=ES21&region=ES", "/search/?q=vasco", "/sources/", "/methods/",
    "/accessibility/",
]  # fmt: skip
# Places of today only: they know no moment.
TIMELESS = (
    "/static/", "/admin/", "/account/", "/api/docs/", "/status.json", "/corrections/",
    "/privacy/", "/watch/", "/match/", "/practices/share/",
)  # fmt: skip
SLUG = "gerd-pc-gdp"


@pytest.fixture
def then(tmp_path, settings) -> str:
    """A moment before ES21's expenditure on R&D was revised from 2.2 to 99 per cent."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    path = tmp_path / "tgs00042.tsv"
    moment = timezone.now()
    path.write_text(TABLE.format(value="99 p"))
    ingest_file(path, code="tgs00042")
    return moment.isoformat().replace("+00:00", "Z")


def with_moment(address: str, moment: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}asOf={quote(moment)}"


def value(client, **query) -> float:
    query = {"indicator": SLUG, "geo": "ES21", "time_period": "2021", **query}
    (row,) = client.get("/api/v1/observations/", query).json()["results"]
    return row["obs_value"]


def test_observations_are_those_held_then(client, then):
    old, new = value(client, asOf=then), value(client)
    assert new == 99 != old
    today = timezone.now().astimezone(UTC).date().isoformat()
    assert value(client, asOf=today) == 99


def test_profile_and_figures_answer_for_the_past(client, then):
    address = "/api/v1/regions/ES21/profile/"
    for moment, is_revised in ((then, False), (None, True)):
        query = {"asOf": moment} if moment else {}
        assert client.get(address, query).json()["key_figures"]
        query |= {"indicator": SLUG, "region": "ES21"}
        trend = client.get("/api/v1/figures/trend/", query).json()
        me = next(line for line in trend["data"] if line["name"] == "Pa\u00eds Vasco")
        assert (99 in me["y"]) is is_revised
        assert ("as held on" in trend["subtitle"]) is not is_revised


def test_regions_of_the_api_take_the_parameter(client):
    assert client.get("/api/v1/regions/ES21/?asOf=2020-01-01").status_code == 200
    assert client.get("/api/v1/regions/?asOf=2020-01-01").status_code == 200
    assert client.get("/api/v1/regions/?asOf=soon").status_code == 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "is no date such as"),
        ("2026-03-01T12:00:00", "is no date such as"),
        ("yesterday", "is no date such as"),
        ("9999-12-31", "is in the future"),
        ("9999-12-31T23:59:59-05:00", "is no date such as"),
    ],
)
def test_a_moment_that_cannot_be_answered_is_refused(client, text, said):
    answer = client.get("/api/v1/observations/", {"asOf": text})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "asOf"
    assert said in error["detail"]
    page = client.get("/regions/ES21/", {"asOf": text})
    assert page.status_code == 400
    assert said in page.content.decode()


def test_tomorrow_is_refused_and_an_unescaped_zone_is_read(client):
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()
    assert client.get(f"/regions/?asOf={tomorrow}").status_code == 400
    assert client.get("/regions/?asOf=2020-01-01T12:00:00+02:00").status_code == 404


def test_before_the_first_load_the_portal_held_nothing(client):
    answer = client.get("/api/v1/observations/?asOf=2020-01-01")
    assert answer.status_code == 404
    assert "held nothing then" in answer.json()["detail"]
    page = client.get("/regions/ES21/?asOf=2020-01-01")
    assert page.status_code == 404
    assert "The portal held nothing then." in page.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_so_and_every_link_carries_the_moment(page, then, address):
    found = page(with_moment(address, then))
    assert "Figures as the portal held them on" in found.text
    for link in found.links:
        place = urlsplit(link)
        internal = not place.netloc and place.path.startswith("/")
        if not internal or place.path.startswith(TIMELESS) or link == back(address):
            continue
        # Links to a state before a load carry the moment of that load.
        assert "asOf" in parse_qs(place.query), link
    for url in found.figures:
        assert parse_qs(urlsplit(url).query)["asOf"] == [then]


def back(address: str) -> str:
    """Where "back to today" leads."""
    return address if "?" in address else f"{address}?"


def test_today_nothing_speaks_of_the_past(page):
    found = page("/indicators/gerd-pc-gdp/")
    assert "Figures as the portal held them" not in found.text
    assert not any("asOf" in url for url in found.figures)


@pytest.mark.parametrize("kind", sorted(INDICATOR_KINDS))
def test_downloads_say_of_which_moment_they_are(client, then, kind):
    query = {"region": "ES21", "indicator": SLUG, "asOf": then, "format": "xlsx"}
    fields = INDICATOR_KINDS[kind].form.base_fields
    query = {k: v for k, v in query.items() if k in fields or k == "format"}
    answer = client.get(f"/api/v1/figures/{kind}/", query)
    assert answer.status_code == 200
    book = sheets(answer.content)
    words = [str(cell) for row in list(book.values())[1] for cell in row]
    assert "As held on" in words
    assert any(f"asOf={quote(then, safe='')}" in word for word in words)


def sheets(content):
    book = load_workbook(BytesIO(content))
    return {
        name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames
    }


def test_sources_are_described_as_they_were(client, then):
    Dataflow.objects.filter(code="tgs00042").update(edition="The new edition")
    indicator = f"/indicators/{SLUG}/"
    assert "The new edition" in client.get(indicator).content.decode()
    before = client.get(indicator, {"asOf": then}).content.decode()
    assert "The new edition" not in before


def test_a_settled_answer_may_be_kept_and_others_not(client):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Vintage.objects.update(valid_from=long_ago)
    address = f"/api/v1/observations/?indicator={SLUG}&geo=ES21"
    assert "max-age" in client.get(f"{address}&asOf=2026-02-01")["Cache-Control"]
    assert "max-age" not in client.get(address).get("Cache-Control", "")


def test_pages_fall_back_from_a_year_without_figures_and_say_so(client):
    for path in (f"/indicators/{SLUG}/", f"/regions/?indicator={SLUG}"):
        joint = "&" if "?" in path else "?"
        answer = client.get(f"{path}{joint}year=1999")
        assert answer.status_code == 200
        assert "There are no figures for 1999." in answer.content.decode()
    wrong = client.get(f"/api/v1/figures/map/?indicator={SLUG}&year=1999")
    assert wrong.status_code == 400


def test_pages_ignore_what_others_hang_on_an_address(client):
    tail = "utm_source=letter&fbclid=x&gclid=y"
    for path in PAGES:
        joint = "&" if "?" in path else "?"
        assert client.get(f"{path}{joint}{tail}").status_code == 200, path
    assert client.get("/regions/?utmost=1").status_code == 400
    assert client.get("/api/v1/observations/?utm_source=x").status_code == 400


def test_history_gives_each_state_with_its_time(client, then):
    query = {"indicator": SLUG, "geo": "ES21", "includeHistory": "true"}
    rows = client.get("/api/v1/observations/", query | {"page_size": 1000}).json()
    of_2021 = [r for r in rows["results"] if r["time_period"] == "2021"]
    assert [row["obs_value"] for row in of_2021] == [value(client, asOf=then), 99]
    assert of_2021[0]["validTo"] == of_2021[1]["validFrom"]
    assert of_2021[1]["validTo"] is None
    whole = rows["results"]
    paged = []
    for number in range(1, 100):
        answer = client.get(
            "/api/v1/observations/", query | {"page_size": 7, "page": number}
        ).json()
        paged += answer["results"]
        if answer["next"] is None:
            break
    assert paged == whole
    lines = client.get("/api/v1/observations/", query | {"format": "csv"})
    header, *body = lines.content.decode().splitlines()
    assert header.endswith("validFrom,validTo")
    assert len(body) == len(whole)
    past = client.get(
        "/api/v1/observations/", query | {"asOf": then, "page_size": 1000}
    )
    assert all(row["validTo"] is None for row in past.json()["results"])


def test_revisions_list_the_change_with_its_region(client, page, then):
    old = value(client, asOf=then)
    answer = client.get(f"/api/v1/indicators/{SLUG}/revisions/").json()
    last, first = answer["results"]
    assert (last["regions"], last["changed"], last["added"]) == (1, 1, 0)
    assert last["moves"] == [
        {"geo": "ES21", "time_period": "2021", "old": old, "new": 99.0}
    ]
    assert last["largest_absolute"] == last["mean_absolute"] == pytest.approx(99 - old)
    assert last["largest_relative"] == pytest.approx((99 - old) / old)
    assert first["changed"] == 0 < first["added"]
    found = page(f"/indicators/{SLUG}/")
    assert "País Vasco" in found.text
    before = next(link for link in found.links if "asOf" in link)
    assert "Figures as the portal held them on" in page(before).text
    earlier = client.get(f"/api/v1/indicators/{SLUG}/revisions/", {"asOf": then})
    assert [row["run"] for row in earlier.json()["results"]] == [first["run"]]


def test_revisions_of_a_ratio_are_those_of_its_values(client, then):
    ratio = Indicator.objects.exclude(formula="").first()
    answer = client.get(f"/api/v1/indicators/{ratio.slug}/revisions/")
    assert any(row["added"] for row in answer.json()["results"])
    assert client.get(f"/indicators/{ratio.slug}/revisions/").status_code == 200
