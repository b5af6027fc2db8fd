"""Ranks, medians and the default period against a slow oracle, on real data."""

import gzip

import pytest

from dashboards.exhibits.base import all_indicators, overview_of
from dashboards.overview import Overview
from indicators.frames import IndicatorFrame
from indicators.models import Indicator
from indicators.reading import Reading
from indicators.series import Observations
from regions.atlas import Atlas, Territory
from tests.dashboards.oracle import oracles

SLUGS = [
    "gerd-pc-gdp",  # higher is better, every second year, confidential cells
    "gdp-per-head",  # derived
    "unemployment-rate",  # lower is better, rounded to one decimal: many ties
    "neet-15-29",  # lower is better, totals published
    "population",  # neutral
    "epo-patents-per-million",  # published in NUTS 2010
]
NUTS = 2024


@pytest.fixture
def overviews(starter):
    return {
        item.slug: overview_of(item, reading=Reading(NUTS))
        for item in all_indicators()
        if item.slug in SLUGS
    }


@pytest.fixture
def slow(starter):
    return oracles()


def published(root, dataflow, start):
    """Year -> cell of one line of the file as Eurostat wrote it."""
    path = root / "indicators" / "starter" / f"{dataflow}.tsv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    years = [text.strip() for text in lines[0].split("\t")[1:]]
    (line,) = [line for line in lines if line.startswith(start + "\t")]
    return dict(zip(years, map(str.strip, line.split("\t")[1:]), strict=True))


@pytest.mark.parametrize("slug", SLUGS)
def test_coverage_and_default_period(slug, overviews, slow):
    found = overviews[slug]
    counted = {period: n for period, n in slow[slug].coverage(2).items() if n}
    assert {p: n for p, n in found.coverage.items() if n} == counted
    assert found.periods == list(counted)
    assert found.default_period == slow[slug].default_period(2)


@pytest.mark.parametrize("slug", SLUGS)
def test_ranks_of_every_region_in_every_period(slug, overviews, slow):
    found, oracle = overviews[slug], slow[slug]
    eu = oracle.peers(2)
    for period in found.periods:
        rows = found.standings(period)
        assert sorted(row.code for row in rows) == sorted(found.level_codes)
        for row in rows:
            in_country = oracle.peers(2, row.country)
            assert row.value == oracle.values.get((row.code, period))
            assert (row.rank, row.of) == oracle.place(row.code, eu, period)
            assert (row.rank_in_country, row.of_in_country) == oracle.place(
                row.code, in_country, period
            )


@pytest.mark.parametrize("slug", SLUGS)
def test_standings_run_from_best_to_worst_with_missing_last(slug, overviews):
    found = overviews[slug]
    rows = found.standings(found.default_period)
    values = [row.value for row in rows]
    known = [value for value in values if value is not None]
    assert values[len(known) :] == [None] * (len(values) - len(known))
    assert known == sorted(known, reverse=found.direction != "lower")


@pytest.mark.parametrize("slug", SLUGS)
def test_medians(slug, overviews, slow):
    eu = slow[slug].peers(2)
    for period in overviews[slug].periods:
        median = slow[slug].median(eu, period)
        assert overviews[slug].median(period) == pytest.approx(median, rel=1e-12)


@pytest.mark.parametrize("code", ["ES21", "NO02", "ES2", "ES", "EE", "EE00", "XK00"])
@pytest.mark.parametrize("slug", SLUGS)
def test_one_region_stands_where_the_whole_table_has_it(slug, code, overviews, slow):
    found, oracle = overviews[slug], slow[slug]
    region = oracle.regions[code]
    period = found.default_period
    row = found.standing_of(code, period)
    assert (row.rank, row.of) == oracle.place(code, oracle.peers(region.level), period)
    assert (row.rank_in_country, row.of_in_country) == oracle.place(
        code, oracle.peers(region.level, region.country), period
    )
    if region.level == 2:
        assert row == next(
            item for item in found.standings(period) if item.code == code
        )


def test_ties_share_the_best_rank(overviews):
    rows = overviews["unemployment-rate"].standings("2023")
    by_value = {}
    for row in rows:
        if row.rank is not None:
            by_value.setdefault(row.value, set()).add(row.rank)
    shared = [value for value in by_value if sum(r.value == value for r in rows) > 1]
    assert len(shared) > 10
    assert all(len(ranks) == 1 for ranks in by_value.values())


def test_the_published_facts_of_the_basque_country(root, overviews):
    gerd = published(root, "tgs00042", "A,TOTAL,PC_GDP,ES21")
    row = overviews["gerd-pc-gdp"].standing_of("ES21", "2023")
    assert gerd["2023"] == "2.38"
    assert (row.value, row.rank, row.of) == (2.38, 47, 227)
    assert (row.rank_in_country, row.of_in_country) == (1, 19)


def test_gdp_per_head_is_that_of_the_two_published_files(root, overviews):
    gdp = published(root, "nama_10r_2gdp", "A,MIO_EUR,ES21")["2022"]
    people = published(root, "demo_r_pjangrp3", "A,T,NR,TOTAL,ES21")["2022"]
    assert (gdp, people) == ("80481 p", "2176918")
    row = overviews["gdp-per-head"].standing_of("ES21", "2022")
    assert row.value == pytest.approx(80481 * 1_000_000 / 2176918, rel=1e-12)
    assert row.status == "p"


def test_published_totals_come_before_medians(root, overviews, slow):
    gdp = published(root, "nama_10r_2gdp", "A,MIO_EUR,EU27_2020")["2022"]
    people = published(root, "demo_r_pjangrp3", "A,T,NR,TOTAL,EU27_2020")["2022"]
    assert people == "446735291 bep"
    per_head = float(gdp) * 1_000_000 / 446735291
    found = overviews["gdp-per-head"]
    assert found.eu_value("2022") == (pytest.approx(per_head, rel=1e-12), False)
    gerd, oracle = overviews["gerd-pc-gdp"], slow["gerd-pc-gdp"]
    assert gerd.eu_value("2023") == (oracle.median(oracle.peers(2), "2023"), True)
    in_spain = oracle.peers(2, "ES")
    assert gerd.country_value("ES", "2023") == (oracle.median(in_spain, "2023"), True)


def test_a_confidential_cell_has_no_value_and_says_so(root, overviews):
    cells = published(root, "tgs00042", "A,TOTAL,PC_GDP,BE21")
    assert cells["2018"].startswith(":")
    row = overviews["gerd-pc-gdp"].standing_of("BE21", "2018")
    assert (row.value, row.confidential, row.rank) == (None, True, None)


# What follows needs no data of a publisher: three regions of two countries.


def atlas_of(*codes, bloc="EU"):
    return Atlas(
        NUTS,
        {
            code: Territory(
                code, code, code, len(code) - 2, code[:2], code[:-1][:4], bloc
            )
            for code in codes
        },
    )


def small(rows, *, direction="higher"):
    series = {
        geo: Observations("A", 2020, tuple(values)) for geo, values in rows.items()
    }
    return Overview(
        Indicator(slug="x", direction=direction),
        IndicatorFrame.from_series(series),
        atlas_of("AA01", "AA02", "AA03", "AA04", "AA05", "BB01"),
        Reading(NUTS),
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 5, 5), "2022"),
        ((5, 5, 4), "2022"),  # exactly 80 %
        ((5, 5, 3), "2021"),
        ((5, 2, 3), "2020"),
        ((1, 0, 0), "2020"),
    ],
)
def test_the_newest_well_covered_period(counts, expected):
    rows = {
        f"AA0{i}": [1.0 if i <= count else None for count in counts]
        for i in range(1, 6)
    }
    assert small(rows).default_period == expected


def test_an_indicator_without_data_has_no_period_and_ranks_nobody():
    empty = small({})
    assert (empty.periods, empty.default_period) == ([], "")
    assert empty.median("2020") is None
    assert empty.eu_value("2020") == (None, True)
    assert [row.value for row in empty.standings("")] == [None] * 6
    assert empty.standing_of("AA01", "").rank is None


@pytest.mark.parametrize(
    ("direction", "ranks"), [("higher", [3, 1, 1]), ("lower", [1, 2, 2])]
)
def test_direction_decides_who_is_first(direction, ranks):
    found = small({"AA01": [1.0], "AA02": [2.0], "BB01": [2.0]}, direction=direction)
    by_code = {row.code: row.rank for row in found.standings("2020")}
    assert [by_code[code] for code in ("AA01", "AA02", "BB01")] == ranks
    assert by_code["AA03"] is None


def test_a_country_of_one_region_has_no_median_of_its_own():
    found = small({"AA01": [1.0], "AA02": [2.0], "BB01": [2.0]})
    assert found.country_value("AA", "2020") == (1.5, True)
    assert found.country_value("BB", "2020") == (None, True)
