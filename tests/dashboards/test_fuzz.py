"""Whatever stands in an address, the portal answers or refuses; it never fails."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboards.exhibits.registry import INDICATOR_KINDS, KINDS
from indicators.models import Indicator

pytestmark = pytest.mark.usefixtures("starter")

VALUES = {
    "indicator": [
        "gerd-pc-gdp",
        "gdp-per-head",
        "epo-patents-per-million",
        "population",
    ],
    "region": [
        "ES21",
        "es21",
        "ES",
        "ES2",
        "UA11",
        "NO02",
        "PT17",
        "FR41",
        "XK00",
        "EU27_2020",
    ],
    "geo": ["ES21", "EU27_2020", "ES21+ITI1", "FR41"],
    "year": ["2010", "2018", "2023", "0000", "\u0662\u0660\u0662\u0660"],
    "time_period": ["2018", "2020-Q1", "2020-W53", "2020-02-30"],
    "version": ["2010", "2013", "2021", "2024"],
    "asOf": ["2020-01-01", "2026-03-01T12:00:00Z", "2020-01-01T00:00", "9999-12-31"],
    "series": ["reported", "converted"],
    "layout": ["dorling", "tile", "boundaries"],
    "classes": ["quantile", "equal"],
    "country": ["ES", "UK", "ZZ"],
    "sort": ["value", "name", "code"],
    "order": ["asc", "desc"],
    "show": ["all"],
    "view": ["trend", "bar", "table"],
    "was": ["FR41"],
    "q": ["vasco", "FR41", "%", "\\"],
    "level": ["0", "1", "2"],
    "bloc": ["EU", "EFTA"],
    "page": ["1", "2", "99999999999999999999"],
    "page_size": ["1", "7"],
    "format": ["json", "csv", "xlsx", "html"],
}
NASTY = [
    "",
    " ",
    "\0",
    "-1",
    "1e9",
    "NaN",
    "None",
    "'",
    '"><script>',
    "../..",
    "é" * 60,
]
PATHS = [
    "/", "/regions/", "/regions/ES21/", "/regions/FR41/", "/indicators/",
    "/indicators/gerd-pc-gdp/", "/compare/", "/search/", "/search/suggest/",
    "/sources/", "/methods/", "/accessibility/", "/api/v1/", "/api/v1/regions/",
    "/api/v1/regions/ES21/", "/api/v1/regions/ES21/profile/", "/api/v1/indicators/",
    "/api/v1/indicators/gdp-per-head/", "/api/v1/observations/",
    *(f"/api/v1/figures/{kind}/" for kind in KINDS),
]  # fmt: skip
FUZZ = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ANSWERS = (200, 301, 302, 400, 404)


def names_and_values():
    """Mostly known names with known values, so that pages get past their forms."""
    known = st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))
    )
    odd = st.tuples(st.sampled_from(sorted(VALUES)), st.sampled_from(NASTY) | st.text())
    wild = st.tuples(st.text(max_size=9), st.text(max_size=9))
    return st.one_of(known, known, known, known, odd, wild)


QUERIES = st.lists(names_and_values(), max_size=4)


def encoded(pairs):
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


@FUZZ
@given(path=st.sampled_from(PATHS), pairs=QUERIES)
@example(path="/compare/", pairs=[("region", "ES21"), ("region", "ES")])
@example(path="/api/v1/observations/", pairs=[("geo", "\0")])
@example(path="/api/v1/figures/trend/", pairs=[("region", "PT17"), ("version", "2021")])
def test_no_query_makes_a_page_fail(path, pairs, client):
    response = client.get(path, query_params=encoded(pairs))
    assert response.status_code in ANSWERS
    if response.status_code == 400 and path.startswith("/api/"):
        assert response.json()["errors"]


@FUZZ
@given(kind=st.sampled_from(sorted(INDICATOR_KINDS)), data=st.data())
def test_no_right_query_is_refused_for_its_form(kind, data, client):
    """Values of the right form: an answer, or a refusal for what is not held."""
    fields = KINDS[kind].form.base_fields
    names = data.draw(st.lists(st.sampled_from(sorted(fields)), unique=True))
    pairs = [(name, data.draw(st.sampled_from(VALUES[name]))) for name in names]
    response = client.get(f"/api/v1/figures/{kind}/", query_params=encoded(pairs))
    assert response.status_code in (200, 400, 404)


@FUZZ
@given(code=st.text(min_size=1, max_size=12))
@example(code="\0")
@example(code="ＥＳ２１")  # noqa: RUF001  # full-width letters are the point
@example(code="ß")
@example(code="GR30")
def test_no_code_makes_a_region_page_fail(code, client):
    for path in ("/regions/{}/", "/api/v1/regions/{}/", "/indicators/{}/"):
        path_info = path.format(code.replace("/", "").replace("?", "").replace("#", ""))
        assert client.get(path_info).status_code in ANSWERS


def test_every_indicator_draws_every_kind_for_all_levels(client):
    """Each indicator and kind once, with a region that exists but may have no data."""
    regions = ["ES21", "ES", "ES2", "UA11", "TR10", "EE00"]
    for place, slug in enumerate(Indicator.objects.values_list("slug", flat=True)):
        for kind in set(INDICATOR_KINDS) - {"specialisation"}:
            asked = {"indicator": slug, "region": regions[place % len(regions)]}
            known = INDICATOR_KINDS[kind].form.base_fields
            query = {name: value for name, value in asked.items() if name in known}
            response = client.get(f"/api/v1/figures/{kind}/", query_params=query)
            assert response.status_code == 200, (kind, query)
