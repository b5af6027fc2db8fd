"""What holds on every page: it opens, is whole, hides nothing and runs nothing."""

import re
from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

REGIONS = ["ES", "ES2", "ES21", "EE00", "FRY5", "UA11", "TR10", "XK00", "CY00"]
PAGES = [
    "/",
    "/?layout=tile&indicator=unemployment-rate",
    "/regions/",
    "/regions/?country=ES&sort=name&order=desc",
    "/regions/?indicator=epo-patents-per-million&year=2010&classes=equal",
    "/regions/?version=2021&layout=tile",
    *(f"/regions/{code}/" for code in REGIONS),
    "/regions/FRF3/?was=FR41",
    "/regions/HU10/",
    "/indicators/",
    "/indicators/gerd-pc-gdp/",
    "/indicators/gerd-pc-gdp/?year=2018&region=BE21&show=all",
    "/indicators/gdp-per-head/?region=ES21",
    "/indicators/population/?layout=tile",
    "/compare/",
    "/compare/?region=ES21&region=ITI1&indicator=gerd-pc-gdp&indicator=population",
    "/compare/?region=ES21&region=ES&region=EE00",
    "/compare/?region=BE21&region=NO02&view=bar&year=2018",
    "/compare/?region=PT17&version=2021",
    "/compare/?region=ES21&view=table",
    "/sources/",
    "/search/",
    "/search/?q=vasco",
    "/search/?q=nothing-like-this",
    "/methods/",
    "/accessibility/",
]
every_page = pytest.mark.parametrize("address", PAGES)
# "None" may begin a sentence in English; alone between spaces it is Python's.
SLIPS = re.compile(
    r"\bnan\b|\bNaN\b|\bNone\b(?! of )|\bNaT\b|\binf\b|<NA>|\{[{%]|[%}]\}"
)
YEAR = re.compile(r"\b(19|20)\d\d\b")


@pytest.fixture(scope="module")
def shelf():
    """Pages already asked for: each takes a second, and none of them changes."""
    return {}


@pytest.fixture(scope="module")
def followed():
    """Links that another page has as well, and that were tried there."""
    return set()


@pytest.fixture
def shelved(page, shelf):
    def ask(address):
        if address not in shelf:
            shelf[address] = page(address)
        return shelf[address]

    return ask


@every_page
def test_a_page_is_whole_and_shows_nothing_of_its_making(address, shelved):
    found = shelved(address)
    assert found.unclosed == []
    assert not SLIPS.search(found.text), SLIPS.search(found.text)
    said = " ".join(found.spoken)
    assert not SLIPS.search(said), SLIPS.search(said)
    assert [name for name, n in Counter(found.ids).items() if n > 1] == []


@every_page
def test_a_page_runs_nothing_inline_under_a_strict_policy(address, shelved):
    found = shelved(address)
    assert found.inline == []
    policy = found.response["Content-Security-Policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert {rules[name][0] for name in ("script-src", "style-src", "default-src")} == {
        "'self'"
    }
    assert len(rules["script-src"]) == len(rules["style-src"]) == 1
    assert rules["frame-ancestors"] == rules["object-src"] == ["'none'"]


@every_page
def test_every_figure_has_source_unit_and_year(address, shelved):
    found = shelved(address)
    # The ranking is a table in the place of a drawing: as many foots, or more.
    assert len(found.foots) >= len(found.subtitles) >= len(found.figures)
    for foot in found.foots:
        assert "Eurostat" in foot
        assert "CC BY 4.0" in foot
    for subtitle in found.subtitles:
        assert YEAR.search(subtitle), subtitle


@pytest.mark.looks
@every_page
def test_every_figure_of_a_page_can_be_drawn(address, shelved, client):
    for url in shelved(address).figures:
        drawn = client.get(url)
        assert drawn.status_code == 200, url
        assert {"data", "layout", "question", "sources"} <= set(drawn.json())


@pytest.mark.looks
@every_page
def test_links_lead_to_pages(address, shelved, client, followed):
    """One of each kind of link within the portal: same depth, same parameters."""
    kinds = {}
    for link in shelved(address).links:
        parts = urlsplit(urljoin(address, link))
        steps = parts.path.split("/")
        if not urlsplit(link).scheme and not link.startswith("#"):
            names = tuple(sorted(parse_qs(parts.query)))
            kinds[len(steps), steps[1], names] = f"{parts.path}?{parts.query}"
    for target in set(kinds.values()) - followed:
        followed.add(target)
        response = client.get(target)
        # A region of the United Kingdom in NUTS 2021 leads to what became of it.
        is_past = b"and has no successor" in response.content
        assert response.status_code in (200, 302) or is_past, f"{target} on {address}"


@every_page
def test_anchors_within_a_page_exist(address, shelved):
    found = shelved(address)
    anchors = {link[1:] for link in found.links if link.startswith("#") and link[1:]}
    assert anchors <= set(found.ids)


@pytest.mark.parametrize("code", REGIONS)
def test_a_region_page_names_its_region(code, shelved):
    found = shelved(f"/regions/{code}/")
    assert code in found.text
    assert "Territory" in found.text
