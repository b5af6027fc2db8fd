"""What the programmes that a list finds have to spend."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit, figure_url
from dashboards.figures.budgets import Budget, budget_figure
from programmes.listing import PROGRAMMES
from programmes.models import Period, Programme
from programmes.queries import found_programmes
from sources.tables import Column, Table


def budgets_exhibit(query: Mapping[str, Any]) -> Exhibit | None:
    """A dot for each programme with a confirmed budget; None where none has one."""
    found = list(
        PROGRAMMES.narrowed(found_programmes(query), query)
        .order_by("period", "-budget", "acronym")
        .prefetch_related(None)
    )
    known = [item for item in found if item.budget]
    if not known:
        return None
    names = (*PROGRAMMES.own, "region")
    asked = {name: query.get(name) for name in names if name != "sort"}
    missing = len(found) - len(known)
    return Exhibit(
        kind="budgets",
        query=asked,
        question=_("How much do the programmes have?"),
        subtitle=_(
            "Budget in EUR billion at current prices, by period; each line of "
            "the scale is ten times the one below"
        ),
        summary=_("Budgets of %(n)d programmes, from %(low)s to %(high)s billion euro.")
        % {
            "n": len(known),
            "low": _amount(min(item.budget for item in known)),
            "high": _amount(max(item.budget for item in known)),
        },
        table=_table(known, figure_url("budgets", asked)),
        figure=lambda: budget_figure(
            [_dot(item) for item in known],
            [str(period.label) for period in Period],
            unit=_("EUR billion"),
        ),
        sources=(),
        note=_note(missing),
    )


def _dot(item: Programme) -> Budget:
    amount = _("€%(amount)s billion") % {"amount": _amount(item.budget)}
    said = f"{amount} ({item.budget_precision})" if item.budget_precision else amount
    return Budget(
        name=escape(item.acronym),
        period=list(Period.values).index(item.period),
        amount=float(item.budget or 0),
        hover=f"<b>{escape(str(item))}</b><br>{escape(said)}",
        url=item.get_absolute_url(),
    )


def _amount(budget: Any) -> str:
    return f"{budget.normalize():f}"


def _plain(budget: Any) -> float | int:
    """As one would write it: 70, not 70.0."""
    return int(budget) if budget == int(budget) else float(budget)


def _note(missing: int) -> str:
    said = _(
        "Parts lie within what they are part of: the dots do not add up. Amounts are "
        "as exact as their sources."
    )
    if not missing:
        return said
    words = ngettext(
        "%(n)d programme without a confirmed budget is not drawn.",
        "%(n)d programmes without a confirmed budget are not drawn.",
        missing,
    )
    return f"{said} {words % {'n': missing}}"


def _table(known: Sequence[Programme], address: str) -> Table:
    return Table(
        title=_("How much do the programmes have?"),
        columns=[
            Column("slug", _("Address")),
            Column("programme", _("Programme")),
            Column("period", _("Period")),
            Column(
                "budget", _("Budget"), unit=_("EUR billion"), kind="number", decimals=3
            ),
            Column("precision", _("How exact")),
        ],
        rows=[
            {
                "slug": item.slug,
                "programme": item.acronym,
                "period": item.get_period_display(),
                "budget": _plain(item.budget),
                "precision": item.budget_precision,
            }
            for item in known
        ],
        metadata=[(_("Address of this view"), address)],
        filename_parts=["budgets"],
    )
