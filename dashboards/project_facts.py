"""The facts of a project in the order to read them; what is not known says so."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.catalogue_words import address_of, euro_text, span_text
from projects.models import Project
from projects.queries import seen


@dataclass(frozen=True, slots=True)
class Fact:
    """One line; without ``text`` it is not known, or known but not confirmed."""

    label: str
    text: str
    note: str = ""
    url: str = ""
    is_unconfirmed: bool = False


def project_facts(project: Project) -> list[Fact]:
    return [*_frame(project), *_place(project), *_contact(project)]


def _frame(project: Project) -> list[Fact]:
    """When, and for how much."""
    about = project.is_budget_approximate
    total = euro_text(project.total_budget, is_about=about)
    months = str(project.duration_months or "")
    return [
        Fact(
            _("Dates"),
            span_text(project),
            project.dates_note,
            is_unconfirmed=_waits(project, "start", "end"),
        ),
        _fact(project, "duration_months", _("Months"), months),
        _fact(project, "total_budget", _("Total budget"), total),
        _fact(
            project, "erdf_budget", _("of which ERDF"), euro_text(project.erdf_budget)
        ),
        _fact(project, "partners_stated", _("Size as stated"), stated(project)),
    ]


def _place(project: Project) -> list[Fact]:
    """Where in its programme."""
    programme = seen(project.programme)
    url = address_of(programme) if programme else ""
    kind = project.intervention_type
    priority = seen(project.ivc_priority)
    found = [
        Fact(_("Programme"), programme.name if programme else "", url=url),
        _fact(project, "call", _("Call"), _of(project.call, "title")),
        _fact(project, "ivc_priority", _("Priority"), str(priority or "")),
        _fact(
            project, "ivc_theme", _("Programme theme"), _of(project.ivc_theme, "name")
        ),
        _fact(project, "intervention_type", _("Type"), _of(kind, "name")),
        _fact(project, "programme_number", _("Number"), project.programme_number),
    ]
    if project.is_mini_programme is not None:
        answer = _("yes") if project.is_mini_programme else _("no")
        found.append(Fact(_("Mini-programme"), answer))
    return found


def _contact(project: Project) -> list[Fact]:
    return [
        _fact(project, "contact_office", _("Contact office"), project.contact_office),
        Fact(
            _("Website"),
            project.website,
            project.website_status,
            project.website,
            _waits(project, "website"),
        ),
    ]


def stated(project: Project) -> str:
    """What the programme says of the size of the partnership."""
    said = []
    if n := project.partners_stated:
        said.append(ngettext("%(n)d partner", "%(n)d partners", n) % {"n": n})
    if n := project.regions_stated:
        said.append(ngettext("%(n)d region", "%(n)d regions", n) % {"n": n})
    if n := project.countries_stated:
        said.append(ngettext("%(n)d country", "%(n)d countries", n) % {"n": n})
    return ", ".join(said)


def _fact(project: Project, field: str, label: str, text: str) -> Fact:
    return Fact(label, text, is_unconfirmed=_waits(project, field))


def _waits(project: Project, *fields: str) -> bool:
    return any(field in project.uncertain_fields for field in fields)


def _of(record: Any, name: str) -> str:
    found = seen(record)
    return getattr(found, name) if found else ""
