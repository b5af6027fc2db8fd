"""The publishers' own files, with the counts their README states."""

import gzip
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indicators.parsers.errors import ParseError
from indicators.parsers.reader import open_message
from indicators.periods import format_period

pytestmark = pytest.mark.real_files


@dataclass(frozen=True)
class Stated:
    """What the README says of a file; flags are checked where it counts them."""

    path: str
    series: int
    values: int
    missing: int
    periods: tuple[str, str]
    dimensions: tuple[str, ...]
    on_values: dict[str, int] = field(default_factory=dict)
    on_missing: dict[str, int] = field(default_factory=dict)
    geos: int = 0

    def __str__(self) -> str:
        return Path(self.path).name


TSV = [
    Stated(
        "tsv-new/estat_tgs00042.tsv", 373, 2_377, 2_099, ("2013", "2024"),
        ("freq", "sectperf", "unit"),
        {"e": 98, "b": 36, "p": 19}, {"C": 194}, 373,
    ),
    Stated(
        "tsv-new/edat_lfse_22_tabular.tsv.gz", 4_527, 84_326, 19_795, ("2000", "2022"),
        ("freq", "sex", "age", "training", "wstatus", "unit"),
        {}, {"u": 5_023},
    ),
    Stated(
        "tsv-new/estat_demo_r_pjangrp3.tsv.gz", 136_584, 1_125_895, 103_361,
        ("2014", "2022"), ("freq", "sex", "unit", "age"),
    ),
    Stated(
        "tsv-old/nama_10r_2gdp.tsv.gz", 2_564, 37_274, 1_186, ("2000", "2014"),
        ("freq", "unit"), {"e": 130}, {"e": 14},
    ),
    Stated(
        "tsv-old/lfst_r_lfe2en2.tsv.gz", 28_065, 161_235, 63_285, ("2008", "2015"),
        ("freq", "unit", "nace_r2", "age"), {}, {"u": 27_063, "C": 7_496},
    ),
    Stated(
        "tsv-old/sbs_r_nuts06_r2.tsv.gz", 195_227, 1_100_929, 460_887, ("2008", "2015"),
        ("freq", "nace_r2", "indic_sb"), {}, {"C": 93_421},
    ),
    Stated(
        "tsv-old/trng_lfse_04.tsv.gz", 1_455, 20_125, 3_155, ("2000", "2015"),
        ("freq", "unit", "sex", "age"),
    ),
    Stated(
        "tsv-old/tgs00038.tsv.gz", 318, 3_309, 507, ("1998", "2009"), ("freq",),
        {"b": 697}, {}, 318,
    ),
    Stated(
        "tsv-old/tgs00040.tsv.gz", 265, 2_929, 251, ("1996", "2007"), ("freq",),
        {"p": 253}, {}, 265,
    ),
]  # fmt: skip
CSV = [
    Stated(
        "sdmx-csv-2.0-labels/eurostat_nama_10r_2gdp.csv.gz", 471, 4_625, 0,
        ("2014", "2023"), ("freq", "unit"), {"p": 977, "b": 141, "e": 38},
    ),
    Stated(
        "sdmx-csv-2.0-labels/eurostat_tgs00109_tertiary_education_25_64.csv.gz",
        340, 3_732, 0, ("2013", "2024"),
        ("freq", "unit", "isced11", "age", "sex"),
        {"b": 806, "u": 16, "bu": 4}, {}, 340,
    ),
    Stated(
        "sdmx-csv-2.0-labels/eurostat_tgs00010_unemployment_rate.csv.gz",
        341, 3_708, 36, ("2013", "2024"),
        ("freq", "isced11", "sex", "age", "unit"), {}, {"u": 23, "bu": 13}, 341,
    ),
    Stated(
        "sdmx-csv-1.0/estat_isoc_bde15ar2_en.csv", 525, 4_868, 1_117,
        ("2005", "2024"), ("freq", "unit", "nace_r2"), {}, {"C": 1_117},
    ),
]  # fmt: skip
OTHERS = [
    Stated(
        "jsonstat/eurostat_nama_10r_2gdp.json", 18, 45, 9, ("2022", "2024"),
        ("freq", "unit"), {"p": 25},
    ),
    Stated(
        "sdmx-ml/NAMA_10_GDP-ss.xml", 1, 4, 0, ("2012", "2015"),
        ("freq", "na_item", "unit"), {}, {}, 1,
    ),
    Stated(
        "sdmx-ml/demography-xs.xml", 18, 55, 5, ("2007", "2009"),
        ("freq", "sex", "demo"), {"p": 23, "m": 1}, {"m": 5}, 2,
    ),
    Stated(
        "../oecd/csv-legacy/EDUu.csv", 148, 1_988, 0, ("1995", "2020"),
        ("freq", "indicator", "subject", "measure"),
    ),
    Stated(
        "../oecd/sdmx-json/data-PART2-all-all.json", 7, 7, 0, ("2021", "2021"),
        ("freq", "ind", "per", "grd", "fld", "msr"), {"x": 1, "w": 1, "y": 1},
    ),
]  # fmt: skip


@pytest.fixture
def eurostat(real_data) -> Path:
    return real_data / "indicators" / "eurostat"


@pytest.mark.parametrize("stated", [*TSV, *CSV, *OTHERS], ids=str)
def test_parse_real_file_gives_the_counts_stated(eurostat, stated, count_flags):
    message = open_message(eurostat / stated.path)
    rows = list(message.series)
    tally = message.tally
    assert (tally.series, tally.values, tally.missing) == (
        stated.series,
        stated.values,
        stated.missing,
    )
    assert message.structure.dimensions == stated.dimensions
    first = min(row.start for row in rows)
    last = max(row.start + len(row.values) for row in rows) - 1
    assert (format_period("A", first), format_period("A", last)) == stated.periods
    assert {row.frequency for row in rows} == {"A"}
    assert sum(v is not None for row in rows for v in row.values) == stated.values
    on_values, on_missing = count_flags(rows)
    assert stated.on_values.items() <= on_values.items()
    assert stated.on_missing.items() <= on_missing.items()
    if stated.geos:
        assert len({row.geo for row in rows}) == stated.geos


@pytest.mark.parametrize("stated", TSV, ids=str)
def test_parse_tsv_agrees_with_a_naive_reading(eurostat, stated):
    """A second, slow and simple reading of every cell gives the same values."""
    path = eurostat / stated.path
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    lines = text.splitlines()
    years = [int(year) for year in lines[0].split("\t")[1:]]
    expected = {}
    for line in lines[1:]:
        key, *cells = line.split("\t")
        for year, cell in zip(years, cells, strict=True):
            number = cell.split()[0]
            if number != ":" and "c" not in cell:
                expected[key, year] = float(number)
    found = {
        (",".join(_as_written(row, lines[0])), row.start + i): value
        for row in open_message(path).series
        for i, value in enumerate(row.values)
        if value is not None
    }
    assert found == expected


def _as_written(row, header):
    key = row.key if header.startswith("freq") else row.key[1:]
    return (*key, row.geo)


def test_flags_of_real_files_are_the_known_runs(eurostat, count_flags):
    rows = list(open_message(eurostat / TSV[2].path).series)
    on_values, on_missing = count_flags(rows)
    assert set(on_values) == {"b", "p", "e", "bp", "bep", "ep"}
    assert not on_missing
    rows = list(open_message(eurostat / TSV[5].path).series)
    on_values, on_missing = count_flags(rows)
    assert set(on_values) == set("bdpir")
    assert {"C", "u", "dC", "bC", "uC", "pC", "iC"} <= set(on_missing)


def test_confidential_cells_of_real_files_keep_no_value(eurostat):
    for stated in (TSV[0], TSV[4], TSV[5], CSV[3]):
        for row in open_message(eurostat / stated.path).series:
            for value, mark in zip(row.values, row.confidentiality or (), strict=False):
                assert mark == "" or value is None


def test_structure_of_sdmx_csv_with_labels(eurostat):
    message = open_message(eurostat / CSV[0].path)
    list(message.series)
    structure = message.structure
    assert (structure.agency, structure.dataflow) == ("ESTAT", "NAMA_10R_2GDP")
    assert structure.name.startswith("Gross domestic product (GDP)")
    assert structure.updated is None
    assert structure.labels["unit"] == {"MIO_EUR": "Million euro"}
    assert structure.labels["freq"] == {"A": "Annual"}
    assert structure.labels["geo"]["AL"] == "Albania"


def test_last_update_of_sdmx_csv_1_is_brussels_time(eurostat):
    message = open_message(eurostat / CSV[3].path)
    assert message.structure.updated == datetime(2026, 3, 18, 22, tzinfo=UTC)
    assert message.structure.dataflow == "ISOC_BDE15AR2"


def test_structure_of_json_stat(eurostat):
    structure = open_message(eurostat / OTHERS[0].path).structure
    assert structure.updated == datetime(2026, 2, 10, 10, tzinfo=UTC)
    assert structure.dataflow == "NAMA_10R_2GDP"
    assert structure.labels["geo"]["TR10"] == "İstanbul"


def test_region_without_data_in_json_stat_gives_no_series(eurostat):
    rows = list(open_message(eurostat / OTHERS[0].path).series)
    assert "NO08" not in {row.geo for row in rows}
    extremadura = [row for row in rows if row.geo == "ES43"]
    assert [row.values for row in extremadura] == [
        (23486.5, 25192.6, 26583.5),
        (24600.0, 26800.0, 28100.0),
    ]
    assert extremadura[0].statuses == ("", "p", "p")


def test_cross_section_is_regrouped_over_time(eurostat):
    folder = eurostat / "sdmx-ml"
    plain = list(open_message(folder / "demography-xs.xml").series)
    message = open_message(
        folder / "demography-xs.xml", structure=folder / "demography-structure.xml"
    )
    rows = list(message.series)
    assert set(rows) == set(plain)
    fertility = next(r for r in rows if r.key == ("A", "T", "TFRNSI") and r.geo == "BE")
    assert (fertility.start, fertility.values) == (2007, (1.82, 1.82, 1.83))
    assert fertility.statuses == ("", "", "p")
    assert message.structure.geo_dimension == "country"
    assert message.structure.labels["country"]["BE"] == "Belgium"


def test_oecd_message_without_time_is_dated_by_its_preparation(eurostat):
    rows = list(open_message(eurostat / OTHERS[4].path).series)
    by_geo = {row.geo: row for row in rows if row.key[3] == "INI" or row.geo == "HUN"}
    assert by_geo["HUN"].start == 2021


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("footer.xml", ["413", "http://ec.europa.eu/eurostat/SDMX/diss-web/file/"]),
        ("GOV_10Q_GGNFA.xml", ["SDMX-ML without data"]),
        ("demography-structure.xml", ["SDMX-ML without data"]),
    ],
)
def test_real_sdmx_ml_without_data_is_refused(eurostat, name, words):
    with pytest.raises(ParseError) as caught:
        open_message(eurostat / "sdmx-ml" / name)
    assert caught.value.file == name
    for word in words:
        assert word in str(caught.value)
