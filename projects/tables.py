"""Projects as a table to take away: the same rows for CSV, XLSX and JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from projects.models import Project
from projects.queries import countries_of, lead_of, regions_of, seen
from sources.tables import Column, Table

JOINT = "; "


def project_table(projects: Iterable[Project], *, address: str) -> Table:
    """One row a project, as the list has them; ``address`` is that of the list."""
    return Table(
        title=_("Cooperation projects"),
        columns=_columns(),
        rows=[project_row(project) for project in projects],
        metadata=[
            (
                _("What is missing"),
                _("An empty cell is not known; it does not mean none."),
            ),
            (_("Amounts"), _("EUR, as the programme stated them.")),
            (_("Regions"), _("NUTS codes of today, where there is such a region.")),
            (_("Address of this view"), address),
        ],
        filename_parts=["projects"],
    )


def project_row(project: Project) -> Mapping[str, Any]:
    """``project`` comes from ``listed_projects``."""
    lead = lead_of(project)
    programme = seen(project.programme)
    call = seen(project.call)
    return {
        "slug": project.slug,
        "acronym": project.acronym,
        "name": project.name,
        "programme": programme.acronym if programme else "",
        "period": programme.period if programme else "",
        "call": call.code if call else "",
        "number": project.programme_number,
        "priority": _name(project.ivc_priority),
        "programme_theme": _name(project.ivc_theme),
        "type": _name(project.intervention_type),
        "topics": JOINT.join(theme.name for theme in project.themes.all()),
        "start": project.start_text,
        "end": project.end_text,
        "total_budget": _amount(project.total_budget),
        "erdf_budget": _amount(project.erdf_budget),
        "budget_is_approximate": _yes(flag=project.is_budget_approximate),
        "lead": lead.name if lead else "",
        "lead_country": lead.country if lead else "",
        "partners": JOINT.join(p.name for p in project.seen_partners),  # type: ignore[attr-defined]  # prefetched
        "partners_stated": project.partners_stated,
        "countries": JOINT.join(countries_of(project)),
        "regions": JOINT.join(regions_of(project)),
        "summary": project.summary,
        "website": project.website,
        "verified": _yes(flag=project.is_verified),
        "not_confirmed": JOINT.join(project.uncertain_fields),
        "not_found": JOINT.join(project.gaps),
    }


def _columns() -> list[Column]:
    return [
        Column("slug", _("Address")),
        Column("acronym", _("Acronym")),
        Column("name", _("Name")),
        Column("programme", _("Programme")),
        Column("period", _("Period")),
        Column("call", _("Call")),
        Column("number", _("Number in the programme")),
        Column("priority", _("Programme priority")),
        Column("programme_theme", _("Programme theme")),
        Column("type", _("Type of intervention")),
        Column("topics", _("Topics")),
        Column("start", _("Start")),
        Column("end", _("End")),
        Column("total_budget", _("Total budget"), "EUR", "number", 2),
        Column("erdf_budget", _("ERDF"), "EUR", "number", 2),
        Column("budget_is_approximate", _("Budget is approximate")),
        Column("lead", _("Lead partner")),
        Column("lead_country", _("Country of the lead partner")),
        Column("partners", _("Partners held here")),
        Column("partners_stated", _("Partners as stated"), kind="integer"),
        Column("countries", _("Countries of partners")),
        Column("regions", _("Regions of partners")),
        Column("summary", _("Summary")),
        Column("website", _("Website")),
        Column("verified", _("Verified")),
        Column("not_confirmed", _("Fields not confirmed")),
        Column("not_found", _("Not found in public sources")),
    ]


def _name(record: Any) -> str:
    found = seen(record)
    return found.name if found else ""


def _amount(value: Any) -> float | None:
    return None if value is None else float(value)


def _yes(*, flag: bool) -> str:
    return _("yes") if flag else _("no")
