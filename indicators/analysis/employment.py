"""One region's employment by NACE division against a reference made of countries."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.analysis.nace import BUSINESS_ECONOMY, divisions_of

# Below so many persons a quotient says little about a place.
MINIMUM_EMPLOYED = 100


@dataclass(frozen=True, slots=True)
class SectionTotal:
    """Persons employed in the business economy of one territory.

    ``incomplete`` names the sections whose own figure is missing or confidential;
    only their published divisions are in ``value``, which is then too low. NaN
    when nothing at all is published.
    """

    value: float
    incomplete: tuple[str, ...] = ()


def section_total(row: pd.Series) -> SectionTotal:
    """Sum of the sections of ``row`` (NACE code -> persons, NaN = not published)."""
    published = row.dropna()
    parts = [code for code in BUSINESS_ECONOMY if code in published.index]
    incomplete = tuple(code for code in BUSINESS_ECONOMY if code not in parts)
    for section in incomplete:
        parts += divisions_of(section, published.index)
    if not parts:
        return SectionTotal(float("nan"), incomplete)
    return SectionTotal(float(published[parts].sum()), incomplete)


def employment_profile(
    divisions: pd.Series,
    total: float,
    reference_divisions: pd.DataFrame,
    reference_totals: pd.Series,
    *,
    minimum: float = MINIMUM_EMPLOYED,
) -> pd.DataFrame:
    """Location quotients of one region's divisions, in their order.

    Columns: employed (persons), share (of ``total``, the sum of the region's
    sections, so that confidential divisions do not inflate the others),
    reference_share, lq (share over reference share) and small (fewer employed
    than ``minimum``). ``reference_divisions`` has countries as rows and divisions
    as columns. NaN is missing or confidential, there and in the result.
    """
    employed = divisions.astype(float)
    _refuse_negative(employed, reference_divisions)
    reference = _reference_share(reference_divisions, reference_totals)
    profile = pd.DataFrame({"employed": employed})
    profile["share"] = employed / total if total > 0 else np.nan
    profile["reference_share"] = reference.reindex(employed.index)
    denominator = profile["reference_share"]
    profile["lq"] = profile["share"] / denominator.where(denominator > 0)
    profile["small"] = employed < minimum
    return profile


def _reference_share(divisions: pd.DataFrame, totals: pd.Series) -> pd.Series:
    """Of each division, over the countries that publish both it and a total.

    Numerator and denominator hold the same countries: one that keeps a division
    confidential must not pull its share towards zero.
    """
    totals = totals.reindex(divisions.index).astype(float)
    known = divisions.notna().mul(totals.gt(0), axis=0)
    covered = known.mul(totals.fillna(0), axis=0).sum()
    counted = divisions.astype(float).where(known).sum()
    return counted / covered.where(covered > 0)


def _refuse_negative(employed: pd.Series, reference: pd.DataFrame) -> None:
    if (employed < 0).any() or (reference < 0).any(axis=None):
        raise ValueError("a number of persons is at least 0")
