"""What a region does more of than the EU: location quotients by NACE division."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.exhibits.base import (
    Exhibit,
    SourceLine,
    figure_url,
    freshness_rows,
    held_line,
    source_line,
)
from dashboards.exhibits.lookup import check_region
from dashboards.figures.specialisation import Quotient, specialisation_figure
from dashboards.nace import division_name
from indicators.employment import (
    employment_by_year,
    employment_dataflow,
    reference_by_year,
    specialisation_profile,
)
from indicators.forms import reading_of, reading_params
from indicators.past import describe_as_of
from regions.atlas import atlas
from sources.moments import parse_as_of
from sources.queryforms import InvalidQuery, ParameterError
from sources.tables import Column, Table

SHOWN = 12
FORMULA = (
    "LQ = (persons employed in the division ÷ persons employed in the region) ÷ "
    "(the same share in the EU-27 countries)"
)


def specialisation_exhibit(query: Mapping[str, Any]) -> Exhibit | None:
    """Location quotients of the newest year; None when nothing is held."""
    # Hundreds of small counts with hidden cells: shown as reported, never converted.
    reading = replace(reading_of(query), is_converted=False)
    regions = atlas(reading.version)
    code = query["region"]
    check_region(code, regions)
    dataflow = employment_dataflow()
    if dataflow is None:
        return None
    if reading.as_of:
        describe_as_of([dataflow], reading.as_of)
    by_year = employment_by_year(dataflow, [code], reading=reading)
    years = [year for year, matrix in by_year.items() if matrix.notna().any(axis=None)]
    if not years:
        return None
    year = _year(query.get("year", ""), years)
    countries = [item.code for item in regions.eu(0)]
    reference = reference_by_year(dataflow, countries, reading=reading)[year]
    profile, total, incomplete = specialisation_profile(
        by_year[year].loc[code], reference
    )
    asked = {"region": code, "year": year, **reading_params(reading)}
    return _exhibit(
        asked, regions.name(code), profile, total, incomplete, source_line(dataflow)
    )


def _year(asked: str, years: list[str]) -> str:
    if asked and asked not in years:
        detail = _("There are no employment figures for %(year)s.") % {"year": asked}
        raise InvalidQuery([ParameterError("year", detail, tuple(years))])
    return asked or years[-1]


def _exhibit(
    asked: Mapping[str, str],
    name: str,
    profile: pd.DataFrame,
    total: float,
    incomplete: tuple[str, ...],
    source: SourceLine,
) -> Exhibit:
    known = profile.dropna(subset=["lq"])
    reliable = known[~known["small"]]
    first = reliable.head(SHOWN)
    top = list(
        zip(
            map(str, first.index),
            first["lq"].tolist(),
            first["employed"].tolist(),
            strict=True,
        )
    )
    quotients = [
        Quotient(code, division_name(code), lq, employed) for code, lq, employed in top
    ]
    return Exhibit(
        kind="specialisation",
        query=asked,
        question=_("What does %(region)s do more of than the rest of Europe?")
        % {"region": name},
        subtitle=_(
            "Location quotient of employment, %(shown)d highest of %(all)d divisions "
            "of the business economy, %(year)s. 1 is the same share as in the EU-27."
        )
        % {"shown": len(top), "all": len(known), "year": asked["year"]},
        summary=_summary(name, quotients),
        table=_table(asked, name, profile, source),
        figure=lambda: _figure(quotients),
        sources=(source,),
        note=_note(total, incomplete, profile),
    )


def _figure(quotients: list[Quotient]) -> go.Figure:
    return specialisation_figure(quotients)


def _summary(name: str, quotients: list[Quotient]) -> str:
    if not quotients:
        return _("%(region)s: no location quotient can be computed.") % {"region": name}
    parts = ", ".join(
        f"{item.name} {wording.number(item.lq, 2)}" for item in quotients[:3]
    )
    return _("%(region)s: highest location quotients %(parts)s.") % {
        "region": name,
        "parts": parts,
    }


def _note(total: float, incomplete: tuple[str, ...], profile: pd.DataFrame) -> str:
    hidden = int(profile["employed"].isna().sum())
    parts = [
        FORMULA + ".",
        _("%(total)s persons employed in the region's business economy.")
        % {"total": wording.number(total, 0)},
    ]
    if hidden:
        parts.append(
            _("%(count)d divisions are confidential or not published and left out.")
            % {"count": hidden}
        )
    if incomplete:
        parts.append(
            _("The total lacks the hidden part of sections %(sections)s.")
            % {"sections": ", ".join(incomplete)}
        )
    parts.append(_("Divisions with fewer than 100 persons are in the table only."))
    return " ".join(parts)


def _table(
    asked: Mapping[str, str], name: str, profile: pd.DataFrame, source: SourceLine
) -> Table:
    held = parse_as_of(asked["asOf"]) if "asOf" in asked else None
    rows = [
        {
            "nace_r2": code,
            "division": division_name(code),
            **{
                key: _or_none(row[key])
                for key in ("lq", "employed", "share", "reference_share")
            },
        }
        for code, row in zip(
            map(str, profile.index), profile.to_dict(orient="records"), strict=True
        )
    ]
    return Table(
        title=_("Location quotients of %(region)s, %(year)s")
        % {"region": name, "year": asked["year"]},
        columns=[
            Column("nace_r2", _("NACE")),
            Column("division", _("Division (NACE Rev. 2)")),
            Column(
                "lq", _("Location quotient"), unit="EU-27 = 1", kind="number",
                decimals=2,
            ),
            Column("employed", _("Employed"), unit=_("persons"), kind="integer"),
            Column("share", _("Share in the region"), kind="number", decimals=4),
            Column(
                "reference_share", _("Share in the EU-27"), kind="number", decimals=4
            ),
        ],
        rows=rows,
        metadata=[
            *held_line(held),
            (_("Formula"), FORMULA),
            (_("Source"), f"{source.publisher}, {source.dataflow}"),
            (_("Edition"), source.edition),
            (_("Licence"), source.licence),
            (_("Source release"), source.release or _("not stated")),
            (_("Compiled"), source.fetched),
            (_("Note"), source.note),
            *freshness_rows(source),
            (_("Address of this view"), figure_url("specialisation", asked)),
        ],
        filename_parts=["location-quotients", asked["region"], asked["year"]],
    )  # fmt: skip


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)
