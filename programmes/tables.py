"""Programmes, calls and support as tables to take away; CSV, XLSX and JSON alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.calls import STATES, state_of
from programmes.models import Call, SupportActivity
from sources.tables import Column, Table

JOINT = "; "


def programme_table(programmes: Iterable[Any], *, address: str) -> Table:
    """One row a programme of ``listed_programmes``; ``address`` is the list's."""
    return Table(
        title=_("Funding programmes"),
        columns=[
            Column("slug", _("Address")),
            Column("acronym", _("Acronym")),
            Column("name", _("Name")),
            Column("period", _("Period")),
            Column("first_year", _("From")),
            Column("last_year", _("To")),
            Column("policy_areas", _("Policy areas")),
            Column("part_of", _("Part of")),
            Column("budget", _("Budget, current prices"), "EUR billion", "number"),
            Column("budget_precision", _("How exact the budget is")),
            Column(
                "budget_2018_prices", _("Budget, 2018 prices"), "EUR billion", "number"
            ),
            Column("funding_type", _("Type of funding")),
            Column("who_can_apply", _("Who can apply")),
            Column("managing_body", _("Managing body")),
            Column("followed", _("Took over from")),
            Column("followed_by", _("Followed by")),
            Column("legal_basis", _("Legal basis")),
            Column("url", _("Website")),
            Column("verified", _("Verified")),
            Column("not_confirmed", _("Fields not confirmed")),
        ],
        rows=[programme_row(programme) for programme in programmes],
        metadata=[
            (
                _("Budgets"),
                _(
                    "EUR billion at current prices, and at 2018 prices where a source "
                    "has them. Parts are within the budget of what they are part of: "
                    "do not add them up."
                ),
            ),
            *_common(address),
        ],
        filename_parts=["programmes"],
    )


def programme_row(programme: Any) -> Mapping[str, Any]:
    whole = programme.part_of
    return {
        "slug": programme.slug,
        "acronym": programme.acronym,
        "name": programme.name,
        "period": programme.period,
        "first_year": str(programme.first_year),
        "last_year": str(programme.last_year),
        "policy_areas": _areas(programme),
        "part_of": str(whole) if whole and whole.is_public else "",
        "budget": _amount(programme.budget),
        "budget_precision": programme.budget_precision if programme.budget else "",
        "budget_2018_prices": _amount(programme.budget_2018_prices),
        "funding_type": programme.funding_type,
        "who_can_apply": programme.who_can_apply,
        "managing_body": programme.managing_body,
        "followed": JOINT.join(str(link.before) for link in programme.seen_before),
        "followed_by": JOINT.join(str(link.after) for link in programme.seen_after),
        "legal_basis": programme.legal_basis,
        "url": programme.url,
        "verified": _yes(flag=programme.is_verified),
        "not_confirmed": JOINT.join(programme.uncertain_fields),
    }


def call_table(calls: Iterable[Call], *, address: str) -> Table:
    """One row a call of ``listed_calls``, with its state today."""
    return Table(
        title=_("Calls for proposals"),
        columns=[
            Column("programme", _("Programme")),
            Column("period", _("Period")),
            Column("code", _("Code")),
            Column("title", _("Title")),
            Column("state", _("State today")),
            Column("opens", _("Opens")),
            Column("closes", _("Closes")),
            Column("budget", _("Budget"), "EUR", "number", 2),
            Column("topics", _("Topics")),
            Column("projects_approved", _("Projects approved"), kind="integer"),
            Column("url", _("Website")),
            Column("verified", _("Verified")),
        ],
        rows=[call_row(call) for call in calls],
        metadata=[
            (
                _("Dates"),
                _("Days in Brussels; a call is open to the end of its closing day."),
            ),
            *_common(address),
        ],
        filename_parts=["calls"],
    )


def call_row(call: Call) -> Mapping[str, Any]:
    return {
        "programme": call.programme.slug,
        "period": call.programme.period,
        "code": call.code,
        "title": call.title,
        "state": str(STATES[state_of(call)]),
        "opens": call.opens.isoformat() if call.opens else "",
        "closes": call.closes.isoformat() if call.closes else "",
        "budget": _amount(call.budget),
        "topics": JOINT.join(call.topics),
        "projects_approved": call.projects_approved,
        "url": call.url,
        "verified": _yes(flag=call.is_verified),
    }


def support_table(items: Iterable[SupportActivity], *, address: str) -> Table:
    """One row a support activity."""
    return Table(
        title=_("Support activities"),
        columns=[
            Column("slug", _("Address")),
            Column("name", _("Name")),
            Column("acronym", _("Acronym")),
            Column("kind", _("Kind")),
            Column("provider", _("Organisation")),
            Column("policy_areas", _("Policy areas")),
            Column("start", _("Start")),
            Column("end", _("End")),
            Column("description", _("What it offers")),
            Column("url", _("Website")),
            Column("verified", _("Verified")),
        ],
        rows=[support_row(item) for item in items],
        metadata=_common(address),
        filename_parts=["support"],
    )


def support_row(item: SupportActivity) -> Mapping[str, Any]:
    return {
        "slug": item.slug,
        "name": item.name,
        "acronym": item.acronym,
        "kind": item.kind,
        "provider": item.provider,
        "policy_areas": _areas(item),
        "start": item.start_text,
        "end": item.end_text,
        "description": item.description,
        "url": item.url,
        "verified": _yes(flag=item.is_verified),
    }


def _common(address: str) -> list[tuple[str, str]]:
    missing = _("An empty cell is not known; it does not mean none.")
    return [(_("What is missing"), missing), (_("Address of this view"), address)]


def _areas(record: Any) -> str:
    return JOINT.join(area.name for area in record.policy_areas.all())


def _amount(value: Any) -> float | None:
    return None if value is None else float(value)


def _yes(*, flag: bool) -> str:
    return _("yes") if flag else _("no")
