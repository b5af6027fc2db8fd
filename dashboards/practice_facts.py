"""The facts of a practice in the order to read them; what is not known says so."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards.catalogue_words import address_of, euro_text, span_text
from dashboards.project_facts import Fact
from practices.languages import LANGUAGES
from regions.countries import country_name

# What is told in words, in the order of the page.
SECTIONS = (
    "description",
    "not_worked",
    "difficulties",
    "resources_needed",
    "transfer_potential",
    "preconditions",
)


def practice_facts(practice: Any) -> list[Fact]:
    """``practice`` comes from ``whole_practices``."""
    return [*_whose(practice), *_when(practice), *_last(practice)]


def texts(practice: Any) -> list[tuple[str, str]]:
    """Field and text, of those that are told."""
    return [(name, getattr(practice, name)) for name in SECTIONS
            if getattr(practice, name)]  # fmt: skip


def untold(practice: Any) -> list[str]:
    """The fields that say nothing."""
    return [name for name in (*SECTIONS, "evidence_of_success")
            if not getattr(practice, name)]  # fmt: skip


def _whose(practice: Any) -> list[Fact]:
    body, project = practice.public_organisation, practice.public_project
    programme = practice.public_programme or _through(project)
    return [
        _link(practice, "organisation", _("Organisation"), body,
              practice.organisation_name),
        _link(practice, "project", _("Project"), project, practice.project_name),
        _link(practice, "programme", _("Programme"), programme, ""),
        Fact(_("Country"), country_name(practice.country) if practice.country else ""),
    ]  # fmt: skip


def _when(practice: Any) -> list[Fact]:
    waits = {"start", "end"} & set(practice.uncertain_fields)
    cost = euro_text(practice.cost_eur)
    return [
        Fact(_("Dates"), span_text(practice), is_unconfirmed=bool(waits)),
        Fact(_("Status"), practice.status, is_unconfirmed=_waits(practice, "status")),
        Fact(_("Cost"), cost, practice.cost_note),
        Fact(
            _("Contact office"),
            practice.contact_office,
            is_unconfirmed=_waits(practice, "contact_office"),
        ),
        Fact(_("Language"), str(dict(LANGUAGES).get(practice.language, ""))),
    ]


def _last(practice: Any) -> list[Fact]:
    found = [Fact(_("On the portal since"), _day(practice.first_published))]
    if practice.confirmed_at:
        found.append(Fact(_("Last confirmed"), _day(practice.confirmed_at)))
    return found


def _through(project: Any) -> Any:
    """The project's programme, where readers may see it."""
    found = project.programme if project else None
    return found if found and found.is_public else None


def _link(practice: Any, field: str, label: str, record: Any, given: str) -> Fact:
    """The record's page, or the name as the source gives it."""
    if record is None:
        return Fact(label, given, is_unconfirmed=_waits(practice, field))
    name = getattr(record, "name", "") or str(record)
    if field == "project":
        name = str(record)
    return Fact(label, name, url=address_of(record))


def _waits(practice: Any, field: str) -> bool:
    return field in practice.uncertain_fields


def _day(moment: Any) -> str:
    return str(date_format(moment, "j F Y"))
