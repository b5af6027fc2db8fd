"""Persons employed by NACE activity: the matrix behind the location quotients."""

from collections.abc import Collection

import pandas as pd
from django.core.cache import cache

from indicators.analysis.employment import employment_profile, section_total
from indicators.analysis.nace import is_division
from indicators.models import Dataflow
from indicators.queries import CACHE_SECONDS, region_series
from indicators.reading import Reading
from indicators.revisions import revision_of

AGENCY, DATAFLOW = "ESTAT", "sbs_r_nuts06_r2"
# Key of the slices: freq.nace_r2.indic_sb, persons employed.
PREFIX, SUFFIX = "A.", ".V16110"
REFERENCE_CACHE = "employment-reference"


def employment_dataflow() -> Dataflow | None:
    """The dataflow behind the matrix with its source, or None before it is loaded."""
    return (
        Dataflow.objects.select_related("source")
        .filter(agency=AGENCY, code=DATAFLOW)
        .first()
    )


def employment_by_year(
    dataflow: Dataflow, geos: Collection[str], *, reading: Reading
) -> dict[str, pd.DataFrame]:
    """Year -> regions (rows) by NACE codes (columns), persons; hidden cells are NaN."""
    cells: dict[str, dict[str, dict[str, float | None]]] = {}
    for key, geo, observations in region_series(
        dataflow, geos, reading=reading, prefix=PREFIX, suffix=SUFFIX
    ):
        nace = key.removeprefix(PREFIX).removesuffix(SUFFIX)
        for year, value in enumerate(observations.values, start=observations.start):
            row = cells.setdefault(str(year), {}).setdefault(geo, {})
            row[nace] = value
    return {
        year: pd.DataFrame.from_dict(rows, orient="index")
        .astype(float)
        .sort_index(axis=1)
        for year, rows in sorted(cells.items())
    }


def reference_by_year(
    dataflow: Dataflow, countries: Collection[str], *, reading: Reading
) -> dict[str, pd.DataFrame]:
    """The matrix of the reference countries; the same for every region, so cached."""
    revision = revision_of([dataflow.pk])
    key = f"{REFERENCE_CACHE}:{revision}:{reading}:{'-'.join(sorted(countries))}"
    found: dict[str, pd.DataFrame] | None = cache.get(key)
    if found is None:
        found = employment_by_year(dataflow, countries, reading=reading)
        cache.set(key, found, CACHE_SECONDS)
    return found


def specialisation_profile(
    row: pd.Series, reference: pd.DataFrame
) -> tuple[pd.DataFrame, float, tuple[str, ...]]:
    """Location quotients of a region's divisions, its total, its incomplete sections.

    ``row`` is NACE code -> persons; ``reference`` has countries as rows. The frame is
    that of ``employment_profile``, highest quotient first.
    """
    total = section_total(row)
    divisions = [code for code in row.index if is_division(code)]
    totals = reference.apply(lambda country: section_total(country).value, axis=1)
    profile = employment_profile(
        row[divisions],
        total.value,
        reference.reindex(columns=divisions),
        totals,
    )
    return (
        profile.sort_values("lq", ascending=False, kind="stable"),
        total.value,
        total.incomplete,
    )
