"""Frames from the database, against a reading of the vintages one by one."""

from collections import defaultdict

import pytest

from indicators.models import Dataflow, Indicator, ReferenceArea, Vintage
from indicators.periods import format_period
from indicators.queries import (
    indicator_frame,
    indicator_frames,
    region_series,
    slice_frames,
)
from indicators.reading import Reading
from regions.models import Correspondence
from tests import factories

pytestmark = pytest.mark.usefixtures("starter")

RELATED = ("dataflow", "numerator", "denominator")


@pytest.fixture
def indicators(starter) -> list[Indicator]:
    return list(Indicator.objects.select_related(*RELATED))


def slow_cells(indicator: Indicator, version: int) -> dict:
    """(geo, period) -> cell of a plain indicator, read vintage by vintage.

    Candidates for one cell are told apart as documented: the same territory counts
    before a shifted one, a newer code before an older one.
    """
    found = defaultdict(list)
    vintages = Vintage.objects.filter(
        valid_to=None,
        series__slice__dataflow=indicator.dataflow,
        series__slice__key=indicator.slice_key,
    )
    for vintage in vintages.select_related("series__area__region"):
        area = vintage.series.area
        if area.kind == ReferenceArea.Kind.AGGREGATE:
            places = [(area.code, ())]
        elif area.region is None:
            places = []
        else:
            matches = Correspondence.objects.filter(
                source=area.region, target__version=version
            ).select_related("target")
            places = [
                (m.target.code, (m.relation != "same", -area.region.version))
                for m in matches
            ]
        for geo, rank in places:
            for period, cell in slow_vintage(vintage).items():
                found[geo, period].append((rank, cell))
    return {place: min(items)[1] for place, items in found.items()}


def slow_vintage(vintage: Vintage) -> dict:
    cells = {}
    for i, value in enumerate(vintage.values):
        status = vintage.statuses[i] if vintage.statuses else ""
        conf = vintage.confidentiality[i] if vintage.confidentiality else ""
        if value is not None or status or conf:
            period = format_period(vintage.frequency, vintage.start + i)
            cells[period] = (float("-inf") if value is None else value, status, conf)
    return cells


def frame_cells(frame) -> dict:
    return {
        (geo, item.time_period): (
            float("-inf") if item.obs_value is None else item.obs_value,
            item.obs_status,
            item.conf_status,
        )
        for geo in frame.values.index
        for item in frame.observations(geo)
        if item.obs_value is not None or item.obs_status or item.conf_status
    }


@pytest.mark.parametrize("version", [2024, 2013])
def test_frames_are_what_the_vintages_say(indicators, version):
    frames = indicator_frames(indicators, reading=Reading(version))
    plain = [item for item in indicators if not item.is_derived]
    assert len(plain) == 12
    for item in plain:
        assert frame_cells(frames[item.slug]) == slow_cells(item, version), item.slug


def test_the_ratio_is_the_quotient_of_its_parts(indicators):
    frames = indicator_frames(indicators, reading=Reading(2024))
    gdp = slow_cells(Indicator.objects.get(slug="gdp-mio-eur"), 2024)
    people = slow_cells(Indicator.objects.get(slug="population"), 2024)
    both = gdp.keys() & people.keys()
    expected = {
        place: gdp[place][0] * 1_000_000 / people[place][0]
        for place in both
        if min(gdp[place][0], people[place][0]) > 0
    }
    found = {
        place: cell[0]
        for place, cell in frame_cells(frames["gdp-per-head"]).items()
        if cell[0] > 0
    }
    assert found == pytest.approx(expected)
    assert len(found) > 1000


def test_a_value_published_for_an_old_code_stands_at_the_new_one(ingest):
    ingest({"PC,FR41": "1 |2 |: ", "PC,FRF1": ": |: |4 "})
    frame = slice_frames([probe_slice()], reading=Reading(2024))[probe_slice()]
    assert frame.values.loc["FRF3"].tolist()[:2] == [1.0, 2.0]
    (origin,) = frame.origins["FRF3"]
    assert (origin.version, origin.code, origin.relation) == (2013, "FR41", "same")
    assert "FRF1" not in frame.origins
    old = slice_frames([probe_slice()], reading=Reading(2013))[probe_slice()]
    assert old.values.loc["FR41"].tolist()[:2] == [1.0, 2.0]


def test_old_and_new_code_in_one_file_make_one_row(ingest):
    ingest({"PC,FR41": "1 b|2 |: ", "PC,FRF3": ": |9 |4 "})
    frame = slice_frames([probe_slice()], reading=Reading(2024))[probe_slice()]
    assert list(frame.values.index) == ["FRF3"]
    assert frame.values.loc["FRF3"].tolist() == [1.0, 9.0, 4.0]
    assert frame.obs_status.loc["FRF3"].tolist() == ["b", "", ""]


def test_the_same_territory_counts_before_a_shifted_one(ingest):
    shifted = (
        Correspondence.objects.filter(
            relation="shifted", target__version=2024, source__version=2021
        )
        .exclude(source__code__in=_codes(2024))
        .select_related("source", "target")
        .first()
    )
    old, new = shifted.source.code, shifted.target.code
    ingest({f"PC,{old}": "1 |2 |: ", f"PC,{new}": ": |9 |: ", "PC,PT1A": "1 |: |: "})
    frame = slice_frames([probe_slice()], reading=Reading(2024))[probe_slice()]
    assert frame.values.loc[new].tolist() == [1.0, 9.0]
    (origin,) = frame.origins[new]
    assert (origin.code, origin.relation) == (old, "shifted")


def _codes(version: int) -> set[str]:
    rows = Correspondence.objects.filter(target__version=version)
    return set(rows.values_list("target__code", flat=True))


def test_territory_that_was_split_is_never_joined(ingest):
    """PT17 of 2021 became PT1A and PT1B and more: no region has its value."""
    ingest({"PC,PT17": "1 |2 |3 ", "PC,PT1A": "5 |: |: "})
    frame = slice_frames([probe_slice()], reading=Reading(2024))[probe_slice()]
    assert list(frame.values.index) == ["PT1A"]


def test_regions_come_first_and_what_has_no_territory_is_left_out(ingest):
    codes = ["EU27_2020", "ESZZ", "ES21", "ES211", "US", "AT"]
    ingest({f"PC,{code}": "1 |: |: " for code in codes})
    frame = slice_frames([probe_slice()], reading=Reading(2024))[probe_slice()]
    assert list(frame.values.index) == ["AT", "ES21", "EU27_2020"]


def test_an_indicator_without_data_has_an_empty_frame():
    indicator = factories.IndicatorFactory(slice_key="A.NOTHING")
    assert indicator_frame(indicator, reading=Reading(2024)).is_empty
    derived = factories.DerivedIndicatorFactory(numerator=indicator)
    assert indicator_frame(derived, reading=Reading(2024)).is_empty


@pytest.mark.parametrize("count", [1, 13])
def test_the_number_of_queries_does_not_grow_with_indicators(
    indicators, count, django_assert_num_queries
):
    # The revision, the regions' rows, the aggregates' rows; those of other territory,
    # the codes and their changes.
    with django_assert_num_queries(6):
        frames = indicator_frames(indicators[:count], reading=Reading(2024))
    assert len(frames) == count
    with django_assert_num_queries(1):
        indicator_frames(indicators[:count], reading=Reading(2024))


def test_a_cached_frame_equals_a_built_one(indicators):
    first = indicator_frames(indicators, reading=Reading(2024))
    again = indicator_frames(indicators, reading=Reading(2024))
    for slug, frame in first.items():
        assert frame_cells(again[slug]) == frame_cells(frame)
        assert again[slug].origins == frame.origins


def test_a_new_load_changes_the_frame_at_once(ingest):
    ingest({"PC,ES21": "1 |2 |3 "})
    indicator = factories.IndicatorFactory(
        dataflow=Dataflow.objects.get(code="probe"), slice_key="A.PC"
    )
    assert (
        indicator_frame(indicator, reading=Reading(2024)).latest("ES21").obs_value == 3
    )
    ingest({"PC,ES21": "1 |2 |30 "})
    assert (
        indicator_frame(indicator, reading=Reading(2024)).latest("ES21").obs_value == 30
    )


def test_an_indicator_cut_anew_does_not_meet_its_old_frame(ingest):
    ingest({"PC,ES21": "1 |2 |3 ", "EUR,ES21": "1 |2 |30 "})
    indicator = factories.IndicatorFactory(
        dataflow=Dataflow.objects.get(code="probe"), slice_key="A.PC"
    )
    other = factories.IndicatorFactory(dataflow=indicator.dataflow, slice_key="A.PC")
    ratio = factories.DerivedIndicatorFactory(numerator=indicator, denominator=other)
    assert (
        indicator_frame(indicator, reading=Reading(2024)).latest("ES21").obs_value == 3
    )
    assert indicator_frame(ratio, reading=Reading(2024)).latest("ES21").obs_value == 1
    indicator.slice_key = "A.EUR"
    indicator.save()
    assert (
        indicator_frame(indicator, reading=Reading(2024)).latest("ES21").obs_value == 30
    )
    assert indicator_frame(ratio, reading=Reading(2024)).latest("ES21").obs_value == 10
    ratio.factor = 100
    assert (
        indicator_frame(ratio, reading=Reading(2024)).latest("ES21").obs_value == 1000
    )


def test_versions_have_frames_of_their_own(indicators):
    gerd = [item for item in indicators if item.slug == "gerd-pc-gdp"]
    now = indicator_frames(gerd, reading=Reading(2024))["gerd-pc-gdp"]
    then = indicator_frames(gerd, reading=Reading(2013))["gerd-pc-gdp"]
    assert "FRF3" in now.values.index
    assert "FRF3" not in then.values.index


def test_region_series_takes_the_regions_and_slices_asked_for(ingest):
    ingest(
        {
            "PC,ES21": "1 |: |: ", "PC,FR41": "2 |: |: ", "PC,FRF3": ": |3 |: ",
            "EUR,ES21": "4 |: |: ", "PC,ITI1": "5 |: |: ",
        }
    )  # fmt: skip
    dataflow = Dataflow.objects.get(code="probe")
    rows = list(
        region_series(
            dataflow, ["ES21", "FRF3"], reading=Reading(2024), prefix="A.", suffix="PC"
        )
    )
    assert [(key, geo, item.values) for key, geo, item in rows] == [
        ("A.PC", "ES21", (1.0,)),
        ("A.PC", "FRF3", (3.0,)),
    ]


def test_region_series_is_one_query(ingest, django_assert_num_queries):
    ingest({f"U{i},ES21": "1 |: |: " for i in range(5)})
    dataflow = Dataflow.objects.get(code="probe")
    with django_assert_num_queries(1):
        assert len(list(region_series(dataflow, ["ES21"], reading=Reading(2024)))) == 5


def probe_slice() -> tuple[int, str]:
    return Dataflow.objects.get(code="probe").pk, "A.PC"
