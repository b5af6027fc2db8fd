"""Series converted between NUTS versions, from the database to the frame."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.conversion import Method
from indicators.models import Dataflow, Indicator, Vintage
from indicators.periods import format_period
from indicators.queries import indicator_frame, indicator_frames, slice_frames
from indicators.reading import Reading
from indicators.services.definitions import read_definitions
from regions.models import Correspondence, RegionChange

pytestmark = pytest.mark.usefixtures("starter")

CONVERTED = Reading(2024, is_converted=True)
REPORTED = Reading(2024)
PROBE = "A.PC"


def published(slug, code):
    """{period: value} of a code as its file has it."""
    indicator = Indicator.objects.get(slug=slug)
    vintage = Vintage.objects.get(
        valid_to=None,
        series__slice__dataflow=indicator.dataflow,
        series__slice__key=indicator.slice_key,
        series__area__code=code,
    )
    return {
        format_period(vintage.frequency, vintage.start + i): value
        for i, value in enumerate(vintage.values)
        if value is not None
    }


def frame(slug, reading=CONVERTED):
    found = Indicator.objects.select_related(
        "dataflow", "numerator__dataflow", "denominator__dataflow"
    )
    return indicator_frame(found.get(slug=slug), reading=reading)


def values(of_frame, geo):
    return {
        item.time_period: item.obs_value
        for item in of_frame.observations(geo)
        if item.obs_value is not None
    }


def converted(of_frame, geo):
    return {
        item.time_period: item.obs_value
        for item in of_frame.observations(geo)
        if item.is_converted
    }


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [
        ("epo-patents-per-million", "HU10", ["HU11", "HU12"]),
        ("epo-patents-per-million", "PL12", ["PL91", "PL92"]),
        ("epo-patents-per-million", "LT00", ["LT01", "LT02"]),
        ("epo-patents-per-million", "HR04", ["HR02", "HR05", "HR06"]),
        ("epo-patents-per-million", "PT17", ["PT1A", "PT1B"]),
        ("neet-15-29", "PT18", ["PT1C"]),
    ],
)
def test_the_rate_of_a_split_region_is_that_of_its_parts(slug, old, new):
    wanted = published(slug, old)
    assert wanted
    for code in new:
        assert converted(frame(slug), code) == wanted
        assert code not in frame(slug, REPORTED).values.index


def test_a_rate_of_two_sources_is_their_mean_by_population():
    slug = "epo-patents-per-million"
    first, second = published(slug, "IE01"), published(slug, "IE02")
    found = converted(frame(slug), "IE06")
    assert found.keys() == first.keys() & second.keys()
    for period, value in found.items():
        wanted = (0.1804 * first[period] + 0.8196 * second[period]) / 1.0
        assert value == pytest.approx(wanted, rel=1e-3)


def test_the_parts_of_a_count_add_up_to_it():
    slug = "rd-personnel-fte"
    found = frame(slug)
    for old, new in {"HU10": ["HU11", "HU12"], "PL12": ["PL91", "PL92"]}.items():
        whole = published(slug, old)
        parts = [converted(found, code) for code in new]
        assert whole
        for period, value in whole.items():
            assert sum(part[period] for part in parts) == pytest.approx(value, rel=1e-3)


def test_a_recode_is_joined_without_a_mark():
    slug = "epo-patents-per-million"
    assert values(frame(slug), "FRF3") == published(slug, "FR41")
    assert converted(frame(slug), "FRF3") == {}
    assert "FRF3" not in frame(slug).breaks
    same = frame(slug), frame(slug, REPORTED)
    assert same[0].observations("FRF3") == same[1].observations("FRF3")


def test_a_moved_boundary_is_marked_though_the_weights_see_nothing():
    found = frame("neet-15-29")
    assert values(found, "NL35") == published("neet-15-29", "NL31")
    assert converted(found, "NL35") == values(found, "NL35")
    (origin,) = found.origins["NL35"]
    assert (origin.version, origin.code, origin.relation, origin.share) == (
        2021, "NL31", "converted", 1.0,
    )  # fmt: skip


def test_within_one_version_nothing_is_converted():
    assert frame("gdp-mio-eur").conversions == ()
    assert frame("gdp-mio-eur").converted == {}
    assert frame("gdp-mio-eur").values.equals(frame("gdp-mio-eur", REPORTED).values)


def test_a_ratio_converts_its_parts():
    """GDP is given in NUTS 2024, population in NUTS 2021."""
    gdp, people = published("gdp-mio-eur", "PT1A"), published("population", "PT17")
    found = converted(frame("gdp-per-head"), "PT1A")
    assert found
    for period, value in found.items():
        wanted = gdp[period] * 1e6 / (people[period] * 0.7186)
        assert value == pytest.approx(wanted, rel=1e-3)
    assert frame("gdp-per-head", REPORTED).latest("PT1A") is None


def test_new_regions_flow_back_into_old_ones():
    backwards = frame("gdp-mio-eur", Reading(2021, is_converted=True))
    parts = [published("gdp-mio-eur", code) for code in ("PT1A", "PT1B")]
    for period, value in converted(backwards, "PT17").items():
        assert value == pytest.approx(parts[0][period] + parts[1][period], rel=1e-9)
    assert converted(backwards, "PT16")


@pytest.mark.parametrize("version", [2021, 2024])
def test_aggregates_and_countries_never_convert(version):
    reading = Reading(version, is_converted=True)
    for slug, found in indicator_frames(
        Indicator.objects.select_related("numerator", "denominator"), reading=reading
    ).items():
        levels = {len(geo) for geo in found.converted}
        assert levels <= {3, 4}, slug
        assert not {geo for geo in found.converted if geo.startswith("EU")}


def test_what_cannot_be_converted_is_said():
    (conversion,) = frame("population").conversions
    lost = {(item.code, item.reason) for item in conversion.unconverted}
    assert ("UK", "discontinued") in lost
    assert ("UKC1", "discontinued") in lost
    # NO01 and NO03 are there, but not the NO02 of that time: no count of NO08.
    assert ("NO01", "incomplete") in lost
    (rate,) = frame("neet-15-29").conversions
    assert rate.incomplete["NO08"] == pytest.approx(0.0082, abs=1e-3)


def test_the_number_of_statements_does_not_grow():
    indicators = list(Indicator.objects.select_related("numerator", "denominator"))

    def statements(some):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            indicator_frames(some, reading=CONVERTED)
        return len(caught)

    few = statements([item for item in indicators if item.slug == "population"])
    many = statements([item for item in indicators if item.slug != "population"])
    assert few == many


# --- small tables of our own --------------------------------------------------------


def probe(reading, kind="rate", weight="population"):
    dataflow = Dataflow.objects.get(code="probe")
    key = dataflow.pk, PROBE
    found = slice_frames([key], reading=reading, methods={key: Method(kind, weight)})
    return found[key]


# Enough codes of one version for it to prevail.
NUTS_2024 = {f"PC,{code}": "1|1|1" for code in ("HU11", "HU12", "NL35", "NL36")}
NUTS_2013 = {f"PC,{code}": "1|1|1" for code in ("FR41", "FR42", "FR51", "FR52")}


def test_reported_values_come_before_converted_ones(ingest):
    ingest(NUTS_2024 | {"PC,HU10": "7|8|9", "PC,HU11": ":|5|: c"})
    found = probe(CONVERTED)
    assert values(found, "HU11") == {"2020": 7.0, "2021": 5.0}
    assert converted(found, "HU11") == {"2020": 7.0}
    assert found.breaks == {}


def test_a_shifted_boundary_breaks_the_series_as_reported(ingest):
    ingest(NUTS_2024 | {"PC,NL31": "7|8|:", "PC,NL35": ":|:|5"})
    reported = probe(REPORTED)
    assert values(reported, "NL35") == {"2020": 7.0, "2021": 8.0, "2022": 5.0}
    assert reported.breaks == {"NL35": frozenset({"2022"})}
    assert [item.is_new_territory for item in reported.observations("NL35")] == [
        False, False, True,
    ]  # fmt: skip
    found = probe(CONVERTED)
    assert found.breaks == {}
    assert converted(found, "NL35") == {"2020": 7.0, "2021": 8.0}


def test_flags_of_the_sources_go_with_the_value(ingest):
    ingest(NUTS_2013 | {"PC,IE01": "1 p|2|3 e", "PC,IE02": "1 b|2|3"})
    found = probe(CONVERTED)
    assert [item.obs_status for item in found.observations("IE06")] == ["bp", "", "e"]


def test_a_missing_or_hidden_part_leaves_a_count_missing(ingest):
    ingest(NUTS_2013 | {"PC,IE01": "10|: c|10", "PC,IE02": "20|20|:"})
    found = probe(CONVERTED, "count")
    assert values(found, "IE06").keys() == {"2020"}
    assert values(found, "IE05").keys() == {"2020", "2021"}
    assert values(probe(CONVERTED), "IE06") == {
        "2020": pytest.approx(18.196, rel=1e-3),
        "2021": 20.0,  # IE01 is 18 % of the weight: left out
    }


def test_an_area_may_be_the_weight(ingest):
    ingest(NUTS_2013 | {"PC,HU10": "100|100|100"})
    found = probe(CONVERTED, "count", "area")
    assert values(found, "HU11")["2020"] == pytest.approx(7.59, rel=1e-2)
    (conversion,) = found.conversions
    assert (conversion.kind, conversion.weight) == ("count", "area")


def test_without_a_weight_it_is_missing_with_the_reason(ingest):
    RegionChange.objects.filter(code_old="HU10").update(pop_share_of_old=None)
    ingest(NUTS_2013 | {"PC,HU10": "100|100|100"})
    found = probe(CONVERTED)
    assert "HU11" not in found.values.index
    (conversion,) = found.conversions
    assert [(item.code, item.reason) for item in conversion.unconverted] == [
        ("HU10", "unweighted")
    ]


def test_without_a_method_it_stays_as_reported(ingest):
    ingest(NUTS_2013 | {"PC,HU10": "1|1|1", "PC,NL31": "2|2|2"})
    found = probe(CONVERTED, "none")
    assert values(found, "NL35") == {"2020": 2.0, "2021": 2.0, "2022": 2.0}
    assert found.converted == {}
    assert {item.reason for item in found.conversions[0].unconverted} == {"no_method"}


def test_no_correspondence_is_needed_to_convert(ingest):
    ingest(NUTS_2013 | {"PC,HU10": "1|1|1"})
    assert not Correspondence.objects.filter(
        source__code="HU10", source__version=2013, target__version=2024
    ).exists()
    assert converted(probe(CONVERTED), "HU12").keys() == {"2020", "2021", "2022"}


def test_every_definition_says_how_it_converts():
    for entry in read_definitions("indicators"):
        slug = entry["slug"]
        if "numerator" in entry:
            assert entry["conversion"] == "parts", slug
        else:
            assert entry["conversion"] in ("count", "rate", "none"), slug
            assert entry["weight"] in ("population", "area"), slug
        is_share = entry["unit"].startswith("%") or " per " in entry["unit"]
        assert (entry["conversion"] == "count") is not is_share, slug
