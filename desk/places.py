"""Organisations and partners whose place disagrees with their region."""

from collections import Counter, defaultdict
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from desk.analysis.places import Place, disagreements
from desk.lines import Line, change_address
from projects.models import Partner
from regions.text import fold

FIELDS = (
    "pk", "name", "country", "town", "nuts_code", "nuts_version", "region__code",
    "region__version", "region__name",
)  # fmt: skip


def misplaced() -> list[Line]:
    """All of them, organisations first. Two queries."""
    found = []
    for model in (Organisation, Partner):
        rows: Any = model._default_manager.filter(region__isnull=False)
        if model is Organisation:
            rows = rows.filter(merged_into__isnull=True)
        found += _of(model, list(rows.order_by("name", "pk").values(*FIELDS)))
    return found


def _of(model: Any, rows: list[dict[str, Any]]) -> list[Line]:
    towns: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["town"] and row["country"]:
            towns[row["country"], fold(row["town"])][row["region__code"]] += 1
    found = []
    for row in rows:
        seen = towns.get((row["country"], fold(row["town"])), Counter())
        place = Place(
            country=row["country"],
            nuts_code=row["nuts_code"],
            nuts_version=row["nuts_version"],
            region=row["region__code"],
            region_version=row["region__version"],
            towns=tuple(sorted(seen.items())),
        )
        if said := [_word(code, row, seen) for code in disagreements(place)]:
            kind = str(model._meta.verbose_name)
            address = change_address(model, row["pk"])
            found.append(Line(row["name"], kind, "; ".join(said), None, address))
    return found


def _word(code: str, row: dict[str, Any], towns: Counter[str]) -> str:
    region = f"{row['region__name']} ({row['region__code']})"
    if code == "country":
        return _("country %(country)s, but region %(region)s") % {
            "country": row["country"],
            "region": region,
        }
    if code == "code":
        return _("NUTS code %(code)s as given, but region %(region)s") % {
            "code": row["nuts_code"],
            "region": region,
        }
    others = ", ".join(sorted(set(towns) - {row["region__code"]}))
    return _("all others in %(town)s are in %(others)s, this one in %(region)s") % {
        "town": row["town"],
        "others": others,
        "region": region,
    }
