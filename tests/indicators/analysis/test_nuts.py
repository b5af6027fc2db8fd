"""Conversion between NUTS versions against published numbers and a slow oracle."""

import csv
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.nuts import MAX_MISSING, convert
from regions.flows import Flow, cleaned

NAN = float("nan")


def records(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def weighted(pairs):
    """Flows from weights in persons: {(source, target): weight}."""
    out_of, into = defaultdict(float), defaultdict(float)
    for (source, target), weight in pairs.items():
        out_of[source] += weight
        into[target] += weight
    return [
        Flow(a, b, weight / out_of[a], weight / into[b])
        for (a, b), weight in pairs.items()
        if weight
    ]


@pytest.fixture(scope="module")
def crosswalk(real_data):
    """Flows by population of 2011, as measured: {target version: flows from 2010}."""
    rows = records(real_data / "methods/nuts_crosswalk/nuts2_crosswalk_flows.csv")
    return {
        version: weighted(
            {
                (row["from_code"], row["to_code"]): float(row["pop11"] or 0)
                for row in rows
                if (row["from_version"], row["to_version"]) == ("2010", version)
            }
        )
        for version in ("2021", "2024")
    }


@pytest.fixture(scope="module")
def patents(real_data):
    """EPO applications in NUTS 2010: codes, years, counts and rates."""
    path = real_data / "methods/nuts_crosswalk/epo_patents_nuts2010_2008_2012.csv"
    rows = records(path)
    codes = sorted({row["geo"] for row in rows})
    years = ["2008", "2012"]
    tables = {}
    for name in ("NR", "P_MHAB"):
        cells = {
            (row["geo"], row["time"]): float(row[name]) for row in rows if row[name]
        }
        tables[name] = np.array(
            [[cells.get((code, year), NAN) for year in years] for code in codes]
        )
    return codes, years, tables


@pytest.fixture(scope="module")
def expected(real_data):
    path = "methods/nuts_crosswalk/epo_patents_converted_nuts2010_to_2024_pop11.csv"
    return records(real_data / path)


def cells(result, years):
    return {
        (code, year): value
        for code, row in zip(result.codes, result.values.tolist(), strict=True)
        for year, value in zip(years, row, strict=True)
    }


@pytest.mark.parametrize(("name", "kind"), [("NR", "count"), ("P_MHAB", "rate")])
def test_patents_in_nuts_2024(crosswalk, patents, expected, name, kind):
    """Without a threshold, as the reference was computed; partial years left out."""
    codes, years, tables = patents
    result = cells(convert(tables[name], codes, crosswalk["2024"], kind), years)
    sources = defaultdict(set)
    for flow in crosswalk["2024"]:
        sources[flow.target].add(flow.source)
    place = {code: i for i, code in enumerate(codes)}
    compared = 0
    for row in expected:
        key = row["to_code"], row["time"]
        year = years.index(row["time"])
        whole = all(
            code in place and not np.isnan(tables[name][place[code], year])
            for code in sources[row["to_code"]]
        )
        if whole:
            assert result[key] == pytest.approx(float(row[name]), rel=1e-8, abs=1e-8)
            compared += 1
    assert compared > 480


def test_patents_in_nuts_2021_keep_their_number_exactly(crosswalk, patents):
    codes, _years, tables = patents
    counts = tables["NR"]
    assert np.count_nonzero(~np.isnan(counts)) == 557
    for flows in (crosswalk["2021"], cleaned(crosswalk["2021"])):
        # Every region is given both years: a count with a missing part is missing.
        silent = sorted({flow.source for flow in flows} - set(codes))
        whole = np.vstack([np.nan_to_num(counts), np.zeros((len(silent), 2))])
        result = convert(whole, [*codes, *silent], flows, "count")
        assert result.values.sum() == pytest.approx(108739.78, rel=1e-12)


def test_patents_of_557_regions_and_years_are_those_of_575(crosswalk, patents):
    codes, years, tables = patents
    reached = {
        (flow.target, year)
        for flow in crosswalk["2021"]
        for year in range(len(years))
        if flow.source in codes
        and not np.isnan(tables["NR"][codes.index(flow.source), year])
    }
    assert len(reached) == 575


def test_noise_of_boundaries_makes_no_split(crosswalk):
    def split(flows):
        parts = defaultdict(set)
        for flow in flows:
            parts[flow.source].add(flow.target)
        return {code for code, targets in parts.items() if len(targets) > 1}

    noisy, clean = split(crosswalk["2021"]), split(cleaned(crosswalk["2021"]))
    assert {"CZ02", "CZ06", "FR22", "NL33"} <= noisy - clean
    assert clean >= {"HU10", "IE01", "IE02", "LT00", "PL12", "HR04", "UKI1", "UKI2"}


def test_the_uk_has_no_target_in_nuts_2024(crosswalk, patents):
    codes, _years, _tables = patents
    lost = set(codes) - {flow.source for flow in crosswalk["2024"]}
    assert len(lost) == 37
    assert {code[:2] for code in lost} == {"UK"}


SPLIT_MERGED = [
    Flow("A", "P", 0.25, 1.0),
    Flow("A", "Q", 0.75, 0.4),
    Flow("B", "Q", 1.0, 0.6),
]


def test_a_count_is_split_and_a_rate_averaged():
    values = np.array([[100.0], [10.0]])
    assert convert(values, ["A", "B"], SPLIT_MERGED, "count").values.tolist() == [
        [25.0], [85.0],
    ]  # fmt: skip
    assert convert(values, ["A", "B"], SPLIT_MERGED, "rate").values.tolist() == [
        [100.0], [pytest.approx(46.0)],
    ]  # fmt: skip


def test_a_count_with_a_missing_part_is_missing():
    result = convert(np.array([[100.0], [NAN]]), ["A", "B"], SPLIT_MERGED, "count")
    assert result.values.tolist() == [[25.0], [pytest.approx(NAN, nan_ok=True)]]
    assert result.missing_share.tolist() == [[0.0], [pytest.approx(0.6)]]


@pytest.mark.parametrize(("share", "is_there"), [(0.19, True), (0.21, False)])
def test_a_rate_bears_a_little_missing_weight(share, is_there):
    flows = [Flow("A", "P", 1.0, 1 - share), Flow("B", "P", 1.0, share)]
    result = convert(np.array([[7.0]]), ["A"], flows, "rate")
    assert result.missing_share.tolist() == [[pytest.approx(share)]]
    wanted = 7.0 if is_there else NAN
    assert result.values[0, 0] == pytest.approx(wanted, nan_ok=True)


def test_without_a_weight_nothing_is_guessed():
    flows = [Flow("A", "P", None, 1.0), Flow("A", "Q", None, 1.0), Flow("B", "R")]
    for kind in ("count", "rate"):
        result = convert(np.array([[1.0], [2.0]]), ["A", "B"], flows, kind)
        assert result.unweighted == {"P", "Q"}
        assert np.isnan(result.values[:2]).all()
        assert result.values[2, 0] == 2.0


# --- an oracle in dictionaries and loops -------------------------------------------


def slow(values, flows, kind):
    """Values {(source, period): number}, one target and one period at a time."""
    found = {}
    periods = {period for _code, period in values}
    for target in {flow.target for flow in flows}:
        mine = [flow for flow in flows if flow.target == target]
        for period in periods:
            parts = [(flow, values.get((flow.source, period))) for flow in mine]
            there = [(flow, x) for flow, x in parts if x is not None]
            if kind == "count":
                if len(there) == len(parts):
                    found[target, period] = sum(x * f.share_of_source for f, x in there)
                continue
            weight = sum(flow.share_of_target for flow, _x in there)
            if weight >= 1 - MAX_MISSING:
                total = sum(x * flow.share_of_target for flow, x in there)
                found[target, period] = total / weight
    return found


@st.composite
def tables(draw):
    """Weights of 1 to 4 sources in 1 to 4 targets, and values of two periods."""
    sources = "ABCD"[: draw(st.integers(1, 4))]
    targets = "PQRS"[: draw(st.integers(1, 4))]
    weights = {
        (a, b): draw(st.integers(0, 20)) * 10.0 for a in sources for b in targets
    }
    number = st.one_of(st.none(), st.integers(-1000, 1000).map(float))
    values = {(a, period): draw(number) for a in sources for period in (0, 1)}
    return sources, weights, values


def matrix(sources, values):
    return np.array(
        [
            [NAN if values[a, p] is None else values[a, p] for p in (0, 1)]
            for a in sources
        ]
    )


@given(tables(), st.sampled_from(["count", "rate"]))
def test_fast_equals_slow(example, kind):
    sources, weights, values = example
    flows = weighted(weights)
    result = cells(convert(matrix(sources, values), sources, flows, kind), (0, 1))
    wanted = slow(values, flows, kind)
    assert {key for key, value in result.items() if value == value} == set(wanted)
    for key, value in wanted.items():
        assert result[key] == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(tables())
def test_counts_are_conserved(example):
    sources, weights, values = example
    flows = cleaned(weighted(weights))
    whole = {key: value or 0.0 for key, value in values.items()}
    table = matrix(sources, whole)
    going = {flow.source for flow in flows}
    result = convert(table, sources, flows, "count")
    rows = [i for i, code in enumerate(sources) if code in going]
    assert result.values.sum(axis=0) == pytest.approx(table[rows].sum(axis=0))


@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=3, max_size=3),
    st.sampled_from(["count", "rate"]),
)
def test_a_recode_leaves_every_bit(values, kind):
    flows = [Flow("FR41", "FRF3"), Flow("FR42", "FRF1"), Flow("X", "X")]
    table = np.array([[value] for value in values])
    result = convert(table, ["FR41", "FR42", "X"], flows, kind)
    found = dict(zip(result.codes, result.values[:, 0], strict=True))
    wanted = dict(zip(["FRF3", "FRF1", "X"], values, strict=True))
    for code, value in wanted.items():
        assert found[code] == value or (np.isnan(found[code]) and np.isnan(value))
    assert result.unweighted == frozenset()
