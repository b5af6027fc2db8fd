"""Figures: one view as JSON, as CSV, as XLSX and as the table on the page."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from dashboards.exhibits.registry import INDICATOR_KINDS
from indicators.models import Indicator
from tests.dashboards.pages import read
from tests.factories import IndicatorFactory

pytestmark = pytest.mark.usefixtures("starter")

FIGURES = "/api/v1/figures"
# Where each kind stands on a page, and which of its figures it is.
SHOWN = {
    "map": "/?indicator=unemployment-rate&year=2023",
    "ranking": "/indicators/gerd-pc-gdp/?year=2018&region=BE10",
    "distribution": "/indicators/gdp-per-head/?region=ES21",
    "trend": "/compare/?region=BE21&region=ES21&indicator=gerd-pc-gdp",
    "comparison": "/compare/?region=BE21&region=ES21&year=2018&view=bar",
    "specialisation": "/regions/ES21/",
    "revisions": "/indicators/gerd-pc-gdp/revisions/",
}
# The first heading of a figure's table twin, where it is not the code of a region.
FIRST_HEADING = {"specialisation": "NACE", "revisions": "Date"}
SPARE = {"ranking": f"{FIGURES}/ranking/?indicator=gerd-pc-gdp&year=2018&region=BE10"}
every_kind = pytest.mark.parametrize("kind", INDICATOR_KINDS)
WORDS = {"no data", "confidential", "not ranked"}


def figure_on_page(client, kind):
    """The address of the figure on its page, and the rows of its table twin."""
    found = read(client.get(SHOWN[kind]))
    urls = [url for url in found.figures if f"/figures/{kind}/" in url]
    if not urls:
        return SPARE[kind], None
    # Twins come in the order of their figures; other tables have no such heading.
    kinds = [url.split("/figures/")[1].split("/")[0] for url in found.figures]
    first = FIRST_HEADING.get(kind, "Code")
    twins = [rows for rows in found.tables if rows[0][0] == first]
    place = 0 if kind in FIRST_HEADING else kinds.index(kind)
    return urls[0], twins[place]


def as_rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def sheets_of(content):
    book = load_workbook(io.BytesIO(content))
    return {
        name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames
    }


def same(text, value, cell):
    """Whether a cell of the page, of the CSV and of the workbook are one value."""
    if value == "":
        return cell is None and (text == "" or text in WORDS)
    if isinstance(cell, int | float):
        decimals = len(text.partition(".")[2])
        shown = abs(float(text.replace(",", "")) - float(value))
        # A workbook keeps the 15 digits that spreadsheets have.
        return (
            cell == pytest.approx(float(value), rel=1e-14)
            and shown <= 0.5001 * 10**-decimals
        )
    return text == value == cell


def test_every_kind_is_shown_somewhere():
    assert set(SHOWN) == set(INDICATOR_KINDS)


@every_kind
def test_page_csv_and_workbook_hold_the_same_table(kind, client):
    url, twin = figure_on_page(client, kind)
    rows = as_rows(client.get(f"{url}&format=csv").content)
    data = sheets_of(client.get(f"{url}&format=xlsx").content)["data"]
    assert len(rows) == len(data) > 1
    twin = rows if twin is None else twin
    assert len(twin) == len(rows)
    for texts, values, cells in zip(twin[1:], rows[1:], data[1:], strict=True):
        for text, value, cell in zip(texts, values, cells, strict=True):
            assert same(text, value, cell), (text, value, cell)


@every_kind
def test_the_workbook_says_where_the_data_come_from(kind, client):
    url, _twin = figure_on_page(client, kind)
    workbook = sheets_of(client.get(f"{url}&format=xlsx").content)
    about = dict(workbook["metadata"])
    assert "Eurostat" in about["Source"]
    assert "CC BY 4.0" in about["Licence"]
    assert about["Source release"]
    assert any("(" in str(v) for k, v in about.items() if str(k).startswith("Column"))
    if kind != "specialisation":
        assert about["Unit"]
        assert about["Flag c"] == "confidential"
    again = client.get(about["Address of this view"])
    assert again.json() == client.get(url).json()


@every_kind
def test_a_figure_is_plotly_json_with_its_words(kind, client):
    url, _twin = figure_on_page(client, kind)
    response = client.get(url)
    assert response["Content-Type"] == "application/json"
    figure = json.loads(response.content, parse_constant=pytest.fail)
    assert figure["data"]
    assert figure["layout"]["height"]
    assert all(figure[name] for name in ("question", "subtitle", "summary", "sources"))
    assert b"bdata" not in response.content


@every_kind
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_accept_decides_as_format_does(kind, accept, media_type, client):
    url, _twin = figure_on_page(client, kind)
    response = client.get(url, headers={"accept": accept})
    assert response["Content-Type"] == media_type
    assert response.content[:4] != b"data"
    if media_type.startswith("text/csv"):
        assert response.content == client.get(f"{url}&format=csv").content


def test_a_download_has_a_name_that_says_what_it_is(client):
    response = client.get(f"{FIGURES}/trend/?region=ES21&format=csv")
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="gerd-pc-gdp_ES21_')
    assert name.endswith('.csv"')


def test_confidential_is_a_status_and_never_a_number(client):
    url = f"{FIGURES}/comparison/?indicator=gerd-pc-gdp&region=BE21&year=2018"
    content = client.get(f"{url}&format=csv").content.decode()
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["obs_value"], row["conf_status"], row["rank"]) == ("", "C", "")
    figure = client.get(url)
    assert figure.json()["summary"] == "Prov. Antwerpen: confidential."
    traces = client.get(f"{FIGURES}/map/?indicator=gerd-pc-gdp&year=2018").json()[
        "data"
    ]
    (antwerp,) = [trace for trace in traces if trace.get("name") == "BE21"]
    assert antwerp["text"].endswith("<br>confidential")
    assert antwerp["fillpattern"]["shape"] == "/"


@pytest.mark.parametrize("layout", ["dorling", "tile"])
@pytest.mark.parametrize("version", ["2021", "2024"])
def test_the_map_draws_each_region_once(layout, version, client):
    query = f"indicator=gdp-per-head&layout={layout}&version={version}"
    url = f"{FIGURES}/map/?{query}"
    drawn = [t["name"] for t in client.get(url).json()["data"] if t.get("fill")]
    table = csv.DictReader(
        io.StringIO(client.get(f"{url}&format=csv").content.decode())
    )
    values = {row["geo"] for row in table if row["obs_value"]}
    assert len(drawn) == len(set(drawn)) > 200
    assert values <= set(drawn)


def test_another_nuts_version_stays_in_the_addresses(client):
    found = read(client.get("/compare/?region=PT17&version=2021"))
    assert found.figures
    for url in found.figures:
        assert "version=2021" in url
        assert client.get(url).status_code == 200


def test_a_figure_without_data_is_still_a_figure(client):
    """An indicator may wait for its dataset."""
    slug = IndicatorFactory().slug
    for kind in ("map", "ranking", "distribution", "trend", "comparison"):
        for form in ("json", "csv", "xlsx"):
            query = {"indicator": slug, "region": "ES21", "format": form}
            response = client.get(f"{FIGURES}/{kind}/", query_params=query)
            assert response.status_code == 200, (kind, form)
    for page in (f"/indicators/{slug}/", f"/?indicator={slug}", "/indicators/"):
        assert client.get(page).status_code == 200


WRONG = [
    ("map", {"indicator": "none-such"}, "indicator", "gerd-pc-gdp"),
    ("map", {"layout": "globe"}, "layout", "dorling"),
    ("map", {"layout": "boundaries"}, "layout", "tile"),
    ("map", {"classes": "jenks"}, "classes", "equal"),
    ("map", {"year": "1900"}, "year", "2023"),
    ("map", {"year": "last"}, "year", None),
    ("map", {"version": "2010"}, "version", "2021"),
    ("map", {"region": "QQ99"}, "region", None),
    ("map", {"x": "1"}, "x", "indicator"),
    ("map", {"year": ["2018", "2019"]}, "year", None),
    ("map", {"format": "pdf"}, "format", "csv"),
    ("trend", {}, "region", None),
    ("trend", {"region": ["ES21", "QQ99"]}, "region", None),
    ("trend", {"region": [f"ES{n}" for n in range(11, 18)]}, "region", None),
    ("trend", {"region": "ES21", "year": "2020"}, "year", "indicator"),
    ("comparison", {"region": "ES21", "year": "1900"}, "year", "2023"),
    ("specialisation", {}, "region", None),
    ("specialisation", {"region": "ES21", "year": "2011"}, "year", "2014"),
    ("specialisation", {"region": "ES21", "indicator": "x"}, "indicator", "region"),
]


@pytest.mark.parametrize(("kind", "query", "parameter", "allowed"), WRONG)
def test_a_wrong_parameter_is_a_problem_that_names_it(
    kind, query, parameter, allowed, client
):
    response = client.get(f"{FIGURES}/{kind}/", query_params=query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert error["detail"]
    if allowed:
        assert allowed in error["allowed"]


@pytest.mark.parametrize("path", [f"{FIGURES}/pie/", f"{FIGURES}/", "/api/v2/"])
def test_what_does_not_exist_is_a_problem_too(path, client):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_a_region_without_employment_figures_has_no_specialisation(client):
    response = client.get(f"{FIGURES}/specialisation/?region=UA11")
    assert response.status_code == 404
    assert response.json()["detail"] == "No data are held for this figure."


def test_a_figure_follows_what_a_curator_changes(client):
    """The drawing is kept, but not longer than what it says is true."""
    url = f"{FIGURES}/ranking/?indicator=gerd-pc-gdp&year=2023"
    before = client.get(url).json()
    assert client.get(url).json() == before
    Indicator.objects.filter(slug="gerd-pc-gdp").update(name="Effort", decimals=0)
    after = client.get(url).json()
    assert "Effort" in after["subtitle"]
    assert "." in before["data"][0]["text"][0]
    assert "." not in after["data"][0]["text"][0]
