import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.codes import (
    EARLIER_CODES,
    NUTS_COUNTRIES,
    GeoKind,
    classify_geo,
    level_2_parent,
    nuts_country,
    resolve,
    resolve_version,
)
from regions.services.nuts import STARTER

YEARS = (2010, 2013, 2016, 2021, 2024)


@pytest.fixture(scope="module")
def codes_by_version():
    text = gzip.decompress((STARTER / "nuts.csv.gz").read_bytes()).decode()
    found = {year: set() for year in YEARS}
    for row in csv.DictReader(io.StringIO(text)):
        found[int(row["version"])].add(row["code"])
    return found


@pytest.fixture(scope="module")
def known(codes_by_version):
    return set().union(*codes_by_version.values())


def plain_text(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode("utf-8-sig")


def geo_codes(path: Path) -> set[str]:
    """Every geo code of a file, by the plainest reading of each form."""
    text = plain_text(path)
    if ".tsv" in path.name:
        return {line.split("\t")[0].split(",")[-1] for line in text.splitlines()[1:]}
    if ".csv" in path.name:
        rows = csv.DictReader(io.StringIO(text))
        return {row.get("geo") or row.get("LOCATION") for row in rows}
    if path.suffix == ".xml":
        return set(re.findall(r'\b(?:geo|GEO|REF_AREA|COUNTRY)="([^"]+)"', text))
    document = json.loads(text)
    if "structure" in document:
        dimensions = document["structure"]["dimensions"]["observation"]
        return {value["id"] for value in dimensions[0]["values"]}
    return set(document["dimension"]["geo"]["category"]["index"])


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("agency", "folder", "least"),
    [("ESTAT", "eurostat", 2600), ("OECD", "oecd", 60)],
)
def test_every_code_of_the_publishers_files_is_known(
    real_data, known, agency, folder, least
):
    files = [
        path
        for path in (real_data / "indicators" / folder).rglob("*.*")
        if path.is_file() and path.suffix != ".rda"
    ]
    codes = set().union(*(geo_codes(path) for path in files))
    unknown = {
        code
        for code in codes
        if classify_geo(code, known, agency=agency) is GeoKind.UNKNOWN
    }
    assert len(codes) > least
    assert unknown == set()


@pytest.mark.real_files
def test_every_level_3_and_extra_regio_code_of_nuts_is_told_apart(real_data, known):
    for year in YEARS:
        with (real_data / "nuts" / f"nuts_{year}.csv").open() as file:
            for row in csv.DictReader(file):
                wanted = "below_level_2" if row["level"] == "3" else "region"
                assert classify_geo(row["code"], known) == wanted, row["code"]
                if row["level"] == "3":
                    assert level_2_parent(row["code"]) == row["parent"]
    with (real_data / "nuts" / "nuts_extra_regio.csv").open() as file:
        kinds = {classify_geo(row["code"], known) for row in csv.DictReader(file)}
    assert kinds == {GeoKind.EXTRA_REGIO}


@pytest.mark.parametrize(
    "code",
    [
        "ES99",
        "XX11",
        "ZZ9",
        "Total",
        "es21",
        "ES2?",
        "",
        "ES21 ",
        "ES2111",
        "QQZZ",
        ":",
    ],
)
@pytest.mark.parametrize("agency", ["ESTAT", "OECD"])
def test_slips_are_unknown(known, code, agency):
    assert classify_geo(code, known, agency=agency) is GeoKind.UNKNOWN


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ES21", "region"),
        ("UKI1", "region"),
        ("UKN10", "below_level_2"),
        ("ESZZ", "extra_regio"),
        ("CZZ", "extra_regio"),
        ("PTXXX", "extra_regio"),
        ("EU27_2020", "aggregate"),
        ("EA20", "aggregate"),
        ("EFTA", "aggregate"),
        ("CN_X_HK", "aggregate"),
        ("GR11", "earlier"),
        ("ITD", "earlier"),
        ("DE411", "earlier"),
        ("JP", "country"),
        ("GR", "region"),
    ],
)
def test_classify_geo(known, code, kind):
    assert classify_geo(code, known) == kind


def test_the_agency_decides_where_code_lists_clash(known):
    assert classify_geo("LUX", known, agency="ESTAT") is GeoKind.EXTRA_REGIO
    assert classify_geo("LUX", known, agency="OECD") is GeoKind.REGION
    assert classify_geo("MEX", known, agency="OECD") is GeoKind.COUNTRY
    assert nuts_country("LUX") is None
    assert nuts_country("LUX", agency="OECD") == "LU"


def test_no_code_from_before_2010_is_in_use_again(known):
    assert EARLIER_CODES.isdisjoint(known)


def test_nuts_countries_are_those_of_the_classification(known):
    assert {code for code in known if len(code) == 2} == NUTS_COUNTRIES


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("GR", "EL"),
        ("GRC", "EL"),
        ("GB", "UK"),
        ("GBR", "UK"),
        ("AUT", "AT"),
        ("EL", "EL"),
        ("XKV", "XK"),
        ("US", None),
        ("USA", None),
        ("ES21", None),
        ("at", None),
        ("", None),
    ],
)
def test_nuts_country(code, country):
    assert nuts_country(code) == country


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("tsv-old/nama_10r_2gdp.tsv.gz", 2013),
        ("tsv-new/edat_lfse_22_tabular.tsv.gz", 2021),
        ("tsv-old/tgs00038.tsv.gz", 2010),
    ],
)
def test_resolve_version_of_real_files(real_data, codes_by_version, path, version):
    codes = geo_codes(real_data / "indicators" / "eurostat" / path)
    assert resolve_version(codes, codes_by_version) == version


def test_resolve_version_prefers_the_newest_of_equals(codes_by_version):
    assert resolve_version(["ES21", "EU27_2020"], codes_by_version) == 2024
    assert resolve_version([], codes_by_version) == 2024
    # Statistical regions outside the EU do not count.
    assert resolve_version(["NO01", "NO03", "ES21"], codes_by_version) == 2024
    with pytest.raises(ValueError, match="no NUTS version"):
        resolve_version(["ES21"], {})


def test_resolve(codes_by_version):
    assert resolve("ES21", 2016, codes_by_version) == 2016
    assert resolve("FR41", 2024, codes_by_version) == 2013
    with pytest.raises(LookupError, match="ES99"):
        resolve("ES99", 2024, codes_by_version)


@given(st.text(max_size=8))
def test_any_text_has_a_kind(text):
    assert classify_geo(text, {"ES", "ES2", "ES21"}) in GeoKind
