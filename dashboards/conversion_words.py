"""What pages, figures and downloads say of values converted between NUTS versions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboards.overview import Overview
from indicators.frames import IndicatorFrame, Origin, Unconverted
from regions.countries import country_name
from sources.tables import Column

MARK = gettext_lazy("conv.")
MEANING = gettext_lazy("converted from regions of another NUTS version")
NEW_TERRITORY = gettext_lazy("another territory than before")
METHODS = {
    "count": gettext_lazy("count, split and added up"),
    "rate": gettext_lazy("rate, averaged"),
}
WEIGHTS = {
    "population": gettext_lazy("population"),
    "area": gettext_lazy("area"),
}
WEIGHT_SOURCE = gettext_lazy(
    "Shares of each region in those of the next NUTS version, by population of 2021 "
    "and by area: Joint Research Centre, NUTS converter, release 2025.08; parts under "
    "1 % left out"
)
REASONS = {
    "discontinued": gettext_lazy("no such territory in NUTS %(version)d"),
    "unweighted": gettext_lazy("nobody measured its shares"),
    "incomplete": gettext_lazy("another part of the new region has no figure"),
    "no_method": gettext_lazy("the indicator is neither a count nor a rate"),
}
FEW = 6  # codes that a sentence can name


def sources_of(frame: IndicatorFrame, geos: Iterable[str]) -> list[Origin]:
    """The published codes that values of these regions were converted from."""
    return list(
        dict.fromkeys(
            origin
            for geo in geos
            for origin in frame.origins.get(geo, ())
            if origin.relation == "converted"
        )
    )


def origin_text(origins: Iterable[Origin]) -> str:
    """``HU10 (NUTS 2013)``; codes of one version together."""
    codes: dict[int, list[str]] = defaultdict(list)
    for origin in origins:
        codes[origin.version].append(origin.code)
    return ", ".join(
        _("%(codes)s (NUTS %(version)d)")
        % {"codes": " + ".join(dict.fromkeys(found)), "version": version}
        for version, found in sorted(codes.items())
    )


def method_text(frame: IndicatorFrame) -> str:
    """``rate, averaged, weighted by population``; of a ratio for both parts."""
    said = [
        _("%(method)s, weighted by %(weight)s")
        % {"method": METHODS[item.kind], "weight": WEIGHTS[item.weight]}
        for item in frame.conversions
        if item.kind in METHODS
    ]
    return "; ".join(dict.fromkeys(said))


def weight_of(frame: IndicatorFrame) -> str:
    """population or area; both where the parts of a ratio differ."""
    return " ".join(dict.fromkeys(item.weight for item in frame.conversions))


def cell_text(frame: IndicatorFrame, geo: str, period: str) -> str:
    """How one value was converted, from where; "" for a value as reported."""
    if period not in frame.converted.get(geo, frozenset()):
        return ""
    origins = origin_text(sources_of(frame, [geo]))
    return f"{method_text(frame)}: {origins}"


def conversion_columns(is_converted: bool) -> list[Column]:
    """The column of a table of converted series; none for series as reported."""
    return [Column("conversion", _("Conversion"))] if is_converted else []


def conversion_note(overview: Overview, codes: Collection[str]) -> str:
    """What a figure of these regions must say; "" where nothing was converted."""
    frame = overview.frame
    marked = [code for code in codes if frame.converted.get(code)]
    if not marked:
        return ""
    named = (
        origin_text(sources_of(frame, marked))
        if len(marked) <= FEW
        else ngettext("%(n)d region", "%(n)d regions", len(marked)) % {"n": len(marked)}
    )
    return _("converted values (%(method)s): %(named)s.") % {
        "method": method_text(frame),
        "named": named,
    }


def conversion_rows(overview: Overview) -> list[tuple[str, str]]:
    """Labels and texts for a metadata box and the second sheet of a download."""
    if not overview.reading.is_converted:
        return []
    frame, version = overview.frame, overview.atlas.version
    title = _("converted to NUTS %(version)d") % {"version": version}
    rows = [(_("Series"), title)]
    if frame.converted:
        versions = sorted({o.version for o in sources_of(frame, frame.converted)})
        said = ngettext(
            "%(n)d region, from values published in NUTS %(versions)s",
            "%(n)d regions, from values published in NUTS %(versions)s",
            len(frame.converted),
        ) % {"n": len(frame.converted), "versions": ", ".join(map(str, versions))}
        rows += [
            (_("Converted"), said),
            (_("Method"), method_text(frame)),
            (_("Weights"), str(WEIGHT_SOURCE)),
        ]
    else:
        rows.append((_("Converted"), _("no value")))
    rows += [(_("Weight missing"), text) for text in _incomplete(frame)]
    rows += [(_("Not converted"), text) for text in _lost(frame, version)]
    return rows


def _incomplete(frame: IndicatorFrame) -> list[str]:
    """Rates that leave a part of their region out."""
    worst: dict[str, float] = {}
    for item in frame.conversions:
        for code, share in item.incomplete.items():
            worst[code] = max(share, worst.get(code, 0.0))
    return [
        _("%(code)s: up to %(share)s %% of the weight has no figure")
        % {"code": code, "share": f"{100 * share:.2g}"}
        for code, share in sorted(worst.items())
    ]


def _lost(frame: IndicatorFrame, version: int) -> list[str]:
    """Published codes without a place, by country and reason."""
    groups: dict[tuple[str, str], list[Unconverted]] = defaultdict(list)
    for item in dict.fromkeys(
        lost for c in frame.conversions for lost in c.unconverted
    ):
        groups[item.code[:2], item.reason].append(item)
    return [
        _("%(country)s, %(codes)s: %(reason)s")
        % {
            "country": country_name(country),
            "codes": _codes(items),
            "reason": str(REASONS[reason]) % {"version": version},
        }
        for (country, reason), items in sorted(groups.items())
    ]


def _codes(items: Collection[Unconverted]) -> str:
    if len(items) > FEW:
        return ngettext("%(n)d code", "%(n)d codes", len(items)) % {"n": len(items)}
    return ", ".join(f"{item.code} (NUTS {item.version})" for item in items)


def published_text(frame: Any, prevailing: Iterable[int | None]) -> str:
    """``NUTS 2013, 2016``: the versions the values were published in."""
    versions = {version for version in prevailing if version}
    versions |= {o.version for origins in frame.origins.values() for o in origins}
    return ", ".join(f"NUTS {version}" for version in sorted(versions))
