"""Priorities, strategies and the matrix as tables to take away."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sources.tables import Column, Table
from strategies.matrix import Matrix
from strategies.models import Domain, Priority

JOINT = "; "


def priority_table(priorities: Iterable[Priority], *, address: str) -> Table:
    """One row a priority, as the list has them."""
    return Table(
        title=_("Priorities of smart specialisation strategies"),
        columns=[
            Column("id", _("Number")),
            Column("priority", _("Priority")),
            Column("description", _("Description")),
            *_area_columns(),
            Column("strategy", _("Address of the strategy")),
            Column("economic", _("Economic domains")),
            Column("scientific", _("Scientific domains")),
            Column("policy", _("Policy objectives")),
            Column("mapping_is_draft", _("Domains are a draft")),
            Column("verified", _("Verified")),
        ],
        rows=[_priority_row(priority) for priority in priorities],
        metadata=_metadata(address),
        filename_parts=["priorities"],
    )


def strategy_table(strategies: Iterable[Any], *, address: str) -> Table:
    """One row a strategy; it comes from ``listed_strategies``."""
    return Table(
        title=_("Smart specialisation strategies"),
        columns=[
            Column("strategy", _("Address of the strategy")),
            *_area_columns(),
            Column("title", _("Title")),
            Column("description", _("Description")),
            Column("priorities", _("Priorities")),
            Column("is_partial", _("List of priorities is incomplete")),
            Column("link", _("Link")),
            Column("verified", _("Verified")),
        ],
        rows=[
            {
                "strategy": strategy.slug,
                **_area(strategy),
                "title": strategy.title,
                "description": strategy.description,
                "priorities": JOINT.join(p.name for p in strategy.seen_priorities),
                "is_partial": _yes(flag=strategy.is_partial),
                "link": strategy.url,
                "verified": _yes(flag=strategy.is_verified),
            }
            for strategy in strategies
        ],
        metadata=_metadata(address),
        filename_parts=["strategies"],
    )


def matrix_table(matrix: Matrix, *, address: str) -> Table:
    """Areas by domains, as on the page."""
    return Table(
        title=_("Priorities by region and domain"),
        columns=[
            Column("geo", _("Code")),
            Column("name", _("Area")),
            Column("priorities", _("Priorities"), kind="integer"),
            *(Column(d.code, d.name, kind="integer") for d in matrix.domains),
        ],
        rows=[
            {
                "geo": row.code,
                "name": row.name,
                "priorities": row.priorities,
                **{cell.domain: cell.count for cell in row.cells},
            }
            for row in matrix.rows
        ],
        metadata=_metadata(address),
        filename_parts=["priorities", "matrix"],
    )


def _area_columns() -> list[Column]:
    return [
        Column("geo", _("NUTS code as given")),
        Column("area", _("Area")),
        Column("region", _("Region of today")),
        Column("period", _("Period")),
    ]


def _area(strategy: Any) -> dict[str, str]:
    return {
        "geo": strategy.nuts_code,
        "area": strategy.area_name,
        "region": strategy.region.code if strategy.region else "",
        "period": strategy.period,
    }


def _priority_row(priority: Priority) -> dict[str, Any]:
    named: dict[str, list[str]] = {kind: [] for kind in Domain.Kind.values}
    for domain in priority.domains.all():
        named[domain.kind].append(domain.name)
    return {
        "id": str(priority.pk),
        "priority": priority.name,
        "description": priority.description,
        **_area(priority.strategy),
        "strategy": priority.strategy.slug,
        **{kind: JOINT.join(names) for kind, names in named.items()},
        "mapping_is_draft": _yes(flag=priority.is_mapping_draft),
        "verified": _yes(flag=priority.is_verified),
    }


def _metadata(address: str) -> list[tuple[str, str]]:
    return [
        (
            _("Domains"),
            _(
                "After Eye@RIS3. Where they are a draft, they were given by keyword "
                "and no curator has looked at them yet."
            ),
        ),
        (
            _("What is missing"),
            _("Only strategies held here; an absent region may well have one."),
        ),
        (_("Address of this view"), address),
    ]


def _yes(*, flag: bool) -> str:
    return _("yes") if flag else _("no")
