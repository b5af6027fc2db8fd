"""``manage.py ingest`` on every real file, with the counts its README states."""

from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Dataflow, Indicator, Vintage
from indicators.parsers.reader import open_message
from indicators.queries import indicator_frame
from indicators.reading import Reading
from sources.models import IngestRun
from tests.indicators.conftest import content, counts, history

pytestmark = [pytest.mark.real_files, pytest.mark.usefixtures("starter")]

Spot = tuple[str, str, int, float | None, str]  # key, geo, year, value, flags
CODE = "whole"
# What a file says that it is, it must be loaded as. Spelt unlike the starter's code,
# so that the data held there stay apart.
GDP = "nama_10r2gdp"


@dataclass(frozen=True)
class Stated:
    """What the README says of a file, and cells looked up in it by hand."""

    path: str
    read: int
    values: int
    missing: int
    spots: tuple[Spot, ...]
    told: int | None = None  # series that say anything, where not all do
    agency: str = "ESTAT"
    code: str = CODE

    def __str__(self) -> str:
        return self.path.rpartition("/")[2]


LARGE = [
    Stated(
        "eurostat/tsv-new/estat_demo_r_pjangrp3.tsv.gz", 136_584, 1_125_895, 103_361,
        (
            ("A.T.NR.TOTAL", "FRF3", 2022, 2_318_431.0, "p"),
            ("A.T.NR.TOTAL", "DE", 2014, 80_767_463.0, ""),
        ),
    ),
    Stated(
        "eurostat/tsv-old/sbs_r_nuts06_r2.tsv.gz", 195_227, 1_100_929, 460_887,
        (
            ("A.C25.V16110", "ES21", 2008, 54_184.0, ""),
            ("A.C25.V16110", "FR41", 2014, 11_462.0, "b"),
            ("A.C25.V16110", "FR41", 2008, None, "u"),
            ("A.B05.V11210", "ES21", 2015, None, "C"),
        ),
    ),
]  # fmt: skip
OTHERS = [
    Stated(
        "eurostat/tsv-new/estat_tgs00042.tsv", 373, 2_377, 2_099,
        (("A.TOTAL.PC_GDP", "ES21", 2023, 2.38, ""),
         ("A.TOTAL.PC_GDP", "FR41", 2013, 1.25, "")),
    ),
    Stated(
        "eurostat/tsv-new/edat_lfse_22_tabular.tsv.gz", 4_527, 84_326, 19_795,
        (("A.F.Y15-24.NO_FE_NO_NFE.NEMP.PC", "ES21", 2021, 7.2, "bd"),),
    ),
    Stated(
        "eurostat/tsv-old/nama_10r_2gdp.tsv.gz", 2_564, 37_274, 1_186,
        (("A.MIO_EUR", "ES21", 2014, 63_394.0, ""),
         ("A.MIO_EUR", "FR41", 2000, 46_981.0, "")),
    ),
    Stated(
        "eurostat/tsv-old/lfst_r_lfe2en2.tsv.gz", 28_065, 161_235, 63_285,
        (("A.THS.A.Y15-24", "ES21", 2012, None, "C"),
         ("A.THS.A.Y15-24", "ES21", 2008, None, "bu"),
         ("A.THS.A.Y15-64", "ES21", 2008, 15.8, "b")),
    ),
    Stated(
        "eurostat/tsv-old/trng_lfse_04.tsv.gz", 1_455, 20_125, 3_155,
        (("A.PC.F.Y25-64", "ES21", 2014, 13.1, "b"),),
    ),
    Stated(
        "eurostat/tsv-old/tgs00038.tsv.gz", 318, 3_309, 507,
        (("A", "ES21", 1999, 40.6, "b"),),
    ),
    Stated(
        "eurostat/tsv-old/tgs00040.tsv.gz", 265, 2_929, 251,
        (("A", "ES21", 2007, 41.606, "p"),),
    ),
    Stated(
        "eurostat/sdmx-csv-2.0-labels/eurostat_nama_10r_2gdp.csv.gz", 471, 4_625, 0,
        (("A.MIO_EUR", "ES21", 2023, 87_857.5, "p"),), code=GDP,
    ),
    Stated(
        "eurostat/sdmx-csv-2.0-labels/eurostat_tgs00109_tertiary_education_25_64"
        ".csv.gz", 340, 3_732, 0,
        (("A.PC.ED5-8.Y25-64.T", "ES21", 2024, 56.2, ""),), code="tgs_00109",
    ),
    Stated(
        "eurostat/sdmx-csv-2.0-labels/eurostat_tgs00010_unemployment_rate.csv.gz",
        341, 3_708, 36, (("A.TOTAL.T.Y15-74.PC", "ES21", 2024, 8.1, "d"),),
        code="tgs_00010",
    ),
    Stated(
        "eurostat/sdmx-csv-1.0/estat_isoc_bde15ar2_en.csv", 525, 4_868, 1_117,
        (("A.PC.C261", "ES", 2008, 0.52, ""), ("A.PC.C261", "BE", 2014, None, "C")),
        code="isoc_bde15ar2",
    ),
    Stated(
        "eurostat/jsonstat/eurostat_nama_10r_2gdp.json", 18, 45, 9,
        (("A.MIO_EUR", "ES43", 2024, 26_583.5, "p"),), told=15, code=GDP,
    ),
    Stated(
        "eurostat/sdmx-ml/NAMA_10_GDP-ss.xml", 1, 4, 0,
        (("A.B1GQ.CP_MEUR", "LU", 2012, 46_526.2, ""),), code="nama_10_gdp",
    ),
    Stated(
        # A cross-section: its 18 series are 20 once they run over time.
        "eurostat/sdmx-ml/demography-xs.xml", 18, 55, 5,
        (("A.T.TFRNSI", "BE", 2009, 1.83, "p"),), told=20, code="demography",
    ),
    Stated(
        "oecd/csv-legacy/EDUu.csv", 148, 1_988, 0,
        (("A.EDUPUBEXP.TRY.PC_GDP", "AUT", 2012, 1.661568, ""),), agency="OECD",
    ),
    Stated(
        "oecd/sdmx-json/data-PART2-all-all.json", 7, 7, 0,
        (("A.5CLAT.INI.FOG.MAT.MN", "AUS", 2021, 11.963615756565, ""),),
        agency="OECD", code="part2",
    ),
]  # fmt: skip
NO_DATA = {
    "eurostat/sdmx-ml/footer.xml": "asynchronous answer (413)",
    "eurostat/sdmx-ml/GOV_10Q_GGNFA.xml": "SDMX-ML without data",
    "eurostat/sdmx-ml/demography-structure.xml": "SDMX-ML without data",
    "eurostat/pat_ep_rtot-via-r-package/patents.rda": "binary content",
    "eurostat/pat_ep_rtot-via-r-package/patents.converted.csv.gz": "unknown header",
    "i40-readiness/I40_indicator_db.csv": "unknown header",
}


@pytest.fixture
def folder(real_data, settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    return real_data / "indicators"


def ingest(path, *, code: str = CODE, **options: object) -> IngestRun:
    call_command("ingest", path, dataflow=code, **options)
    return IngestRun.objects.first()


def stored_values(code: str = CODE) -> int:
    rows = Vintage.objects.current().filter(series__slice__dataflow__code=code)
    arrays = rows.values_list("values", flat=True).iterator()
    return sum(value is not None for values in arrays for value in values)


def check_spot(spot: Spot, code: str = CODE) -> None:
    key, geo, year, value, flags = spot
    row = Vintage.objects.current().get(
        series__slice__dataflow__code=code,
        series__slice__key=key,
        series__area__code=geo,
    )
    place = year - row.start
    status = row.statuses[place] if row.statuses else ""
    conf = row.confidentiality[place] if row.confidentiality else ""
    assert (row.frequency, row.values[place], status + conf) == ("A", value, flags)


def check_load(stated: Stated, run: IngestRun) -> None:
    told = stated.read if stated.told is None else stated.told
    assert (run.state, run.read) == ("loaded", stated.read)
    assert run.observations == stated.values + stated.missing
    assert counts(run) == (told, 0, 0, 0)
    assert stored_values(stated.code) == stated.values
    for spot in stated.spots:
        check_spot(spot, stated.code)


@pytest.mark.parametrize("stated", LARGE, ids=str)
def test_large_files_load_with_the_counts_stated(folder, stated):
    check_load(stated, ingest(folder / stated.path, code=stated.code))


@pytest.mark.parametrize("stated", OTHERS, ids=str)
def test_real_files_load_with_the_counts_stated_and_a_repeat_is_unchanged(
    folder, stated
):
    path = folder / stated.path
    options = {"agency": stated.agency, "code": stated.code}
    check_load(stated, ingest(path, **options))
    vintages = Vintage.objects.count()
    again = ingest(path, **options)
    told = stated.read if stated.told is None else stated.told
    assert (again.state, again.read) == ("unchanged", stated.read)
    assert counts(again) == (0, 0, told, 0)
    assert Vintage.objects.count() == vintages
    assert again.snapshot.path.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", NO_DATA)
def test_real_files_that_are_no_data_are_refused(folder, path):
    with pytest.raises(CommandError) as caught:
        ingest(folder / path)
    name = path.rpartition("/")[2]
    assert str(caught.value).startswith(name)
    assert NO_DATA[path] in str(caught.value)
    assert IngestRun.objects.first().state == "failed"
    assert not Dataflow.objects.filter(code=CODE).exists()


def test_every_data_file_is_covered(folder):
    """A file added to the collection must be loaded or refused above."""
    data = {".tsv", ".gz", ".csv", ".json", ".xml", ".rda"}
    no_message = ("rankings.csv", "I40_indicator_db_column_description.csv")
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in data and path.name not in no_message
    }
    assert found == {item.path for item in [*LARGE, *OTHERS]} | set(NO_DATA)


@pytest.mark.parametrize(
    "stated", [item for item in OTHERS if item.read < 5_000], ids=str
)
def test_an_independent_reading_finds_the_same_cells_in_the_database(folder, stated):
    """Every series in the database is a row of the file, cell by cell."""
    ingest(folder / stated.path, agency=stated.agency, code=stated.code)
    found = {
        key: {int(start) + i: cell for i, cell in enumerate(cells)}
        for key, (start, cells) in content(stated.code).items()
    }
    for row in open_message(folder / stated.path).series:
        held = found.pop(f"{'.'.join(row.key)}.{row.geo}")
        blank = ("",) * len(row.values)
        flags = zip(row.statuses or blank, row.confidentiality or blank, strict=True)
        for i, (value, (status, conf)) in enumerate(
            zip(row.values, flags, strict=True)
        ):
            cell = (value, status + conf) if status or conf else value
            assert held.get(row.start + i) == cell
    assert found == {}


def test_a_real_file_over_the_starter_data_adds_and_keeps(folder):
    """The starter has the whole of tgs00042: only its other form is new."""
    run = ingest(folder / "eurostat/tsv-new/estat_tgs00042.tsv", code="tgs00042")
    assert run.retired == 0
    assert run.new + run.revised + run.unchanged == 373
    frame = indicator_frame(
        Indicator.objects.get(slug="gerd-pc-gdp"), reading=Reading(2024)
    )
    assert frame.values.at["FRF3", "2013"] == 1.25
    assert frame.values.at["FRF3", "2023"] == 1.22
    origins = [(item.version, item.code) for item in frame.origins["FRF3"]]
    assert origins == [(2013, "FR41")]


def test_the_command_says_what_it_did(folder, capsys):
    path = folder / "eurostat/tsv-old/tgs00038.tsv.gz"
    call_command("ingest", path, dataflow=CODE, dry_run=True)
    told = capsys.readouterr().out
    assert told == (
        "ESTAT:whole: dry run; 318 read, 318 new, 0 revised, 0 unchanged, "
        "0 retired, 0 rejected\n"
    )
    assert not Dataflow.objects.filter(code=CODE).exists()


def test_a_complete_edition_retires_what_it_lacks(folder):
    old = folder / "eurostat/tsv-old/nama_10r_2gdp.tsv.gz"
    ingest(old, code=GDP)
    new = folder / "eurostat/sdmx-csv-2.0-labels/eurostat_nama_10r_2gdp.csv.gz"
    with pytest.raises(CommandError, match="36,951 of the 37,274 values"):
        ingest(new, code=GDP, complete=True)
    assert stored_values(GDP) == 37_274
    run = ingest(new, code=GDP, complete=True, confirm=True)
    assert run.new + run.revised == 471
    assert run.retired == 2_564 - run.revised
    assert [len(row.values) for row in history("A.MIO_EUR", "ES21", GDP)] == [15, 10]
    assert stored_values(GDP) == 4_625
