"""A region's key figures against a slow oracle, on real data."""

import pytest
from django.utils import timezone

from dashboards.exhibits.base import all_indicators
from dashboards.profile import KeyFigure, build_profile
from indicators.frames import Observation
from indicators.reading import Reading
from regions.atlas import atlas
from tests.dashboards.oracle import oracles
from tests.factories import IndicatorFactory

pytestmark = pytest.mark.usefixtures("starter")

# Regions, a NUTS 1, countries; inside the EU, candidates, EFTA, renamed and split.
CODES = ["ES21", "ES2", "ES", "EE00", "FRY5", "FRF3", "HU11", "PT1A", "NO02", "UA11"]
CODES += ["TR10", "XK00", "CY00", "DE", "HR02", "BE21"]


@pytest.fixture
def slow():
    return oracles()


def profile_of(code, indicators=None):
    return build_profile(
        code,
        atlas=atlas(2024),
        indicators=all_indicators() if indicators is None else indicators,
        reading=Reading(2024),
    )


@pytest.mark.parametrize("code", CODES)
def test_every_key_figure_is_the_newest_value_with_its_ranks(code, slow):
    profile = profile_of(code)
    newest = {slug: oracle.latest(code) for slug, oracle in slow.items()}
    shown = {
        item.indicator.slug: (item.observation.time_period, item.observation.obs_value)
        for item in profile.key_figures
    }
    assert shown == {slug: found for slug, found in newest.items() if found}
    assert {item.slug for item in profile.absent} == set(newest) - set(shown)
    for item in profile.key_figures:
        oracle = slow[item.indicator.slug]
        region, period = oracle.regions[code], item.observation.time_period
        assert (item.standing.rank, item.standing.of) == oracle.place(
            code, oracle.peers(region.level), period
        )
        assert (
            item.standing.rank_in_country,
            item.standing.of_in_country,
        ) == oracle.place(code, oracle.peers(region.level, region.country), period)


@pytest.mark.parametrize("code", CODES)
def test_the_strip_shows_all_peers_of_the_same_year(code, slow):
    for item in profile_of(code).key_figures:
        oracle = slow[item.indicator.slug]
        peers = oracle.peers(oracle.regions[code].level)
        if item.strip:
            known = oracle.known(peers, item.observation.time_period)
            assert len(item.strip.ticks) == len(known)


def test_themes_hold_every_key_figure_once_in_the_order_of_indicators():
    profile = profile_of("ES21")
    grouped = [item for _theme, items in profile.by_theme for item in items]
    assert sorted(map(id, grouped)) == sorted(map(id, profile.key_figures))
    themes = [theme for theme, _items in profile.by_theme]
    assert len(themes) == len(set(themes))
    for theme, items in profile.by_theme:
        assert {item.indicator.theme for item in items} == {theme}


def test_headlines_are_a_part_of_the_key_figures():
    profile = profile_of("ES21")
    slugs = [item.indicator.slug for item in profile.headlines]
    assert "gerd-pc-gdp" in slugs
    assert len(slugs) < len(profile.key_figures)


def test_old_codes_behind_a_figure_are_named():
    origins = {(o.version, o.code) for o in profile_of("FRF3").origins}
    assert (2010, "FR41") in origins or (2013, "FR41") in origins
    assert profile_of("ES21").figure("epo-patents-per-million").origins == ()


def test_an_indicator_without_data_is_named_as_absent():
    waiting = IndicatorFactory(slug="waiting")
    profile = profile_of("ES21", [*all_indicators(), waiting])
    assert waiting in profile.absent
    assert profile.figure("waiting") is None


@pytest.mark.parametrize(("years", "is_older"), [(0, False), (5, False), (6, True)])
def test_a_figure_more_than_five_years_back_is_older_data(years, is_older):
    overview = profile_of("ES21").key_figures[0].overview
    period = str(timezone.localdate().year - years)
    item = KeyFigure(overview, overview.atlas["ES21"], Observation(period, 1.0))
    assert item.is_older is is_older


def test_the_first_period_is_the_first_with_a_value(slow):
    for item in profile_of("ES21").key_figures:
        oracle = slow[item.indicator.slug]
        first = min(period for geo, period in oracle.values if geo == "ES21")
        assert item.first_period == first
