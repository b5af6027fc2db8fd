"""Practices as a table to take away: the same rows for CSV, XLSX and JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from practices.models import GoodPractice
from sources.tables import Column, Table
from strategies.models import Domain

JOINT = "; "
TEXTS = (
    "summary",
    "resources_needed",
    "evidence_of_success",
    "difficulties",
    "not_worked",
    "transfer_potential",
    "preconditions",
)


def practice_table(practices: Iterable[GoodPractice], *, address: str) -> Table:
    """One row a practice, as the list has them; ``address`` is that of the list."""
    return Table(
        title=_("Good practices"),
        columns=_columns(),
        rows=[practice_row(practice) for practice in practices],
        metadata=[
            (
                _("What is missing"),
                _("An empty cell is not known; it does not mean none."),
            ),
            (_("Regions"), _("NUTS codes of today, where there is such a region.")),
            (_("Evidence"), _("Graded by the portal's rules; see /methods/.")),
            (_("Address of this view"), address),
        ],
        filename_parts=["practices"],
    )


def practice_row(practice: GoodPractice) -> Mapping[str, Any]:
    """``practice`` comes from ``listed_practices``."""
    project, programme = practice.public_project, practice.public_programme
    regions = list(practice.regions.all())
    return {
        "slug": practice.slug,
        "title": practice.title,
        "organisation": organisation_of(practice),
        "project": project.acronym if project else practice.project_name,
        "programme": programme.acronym if programme else "",
        "country": practice.country,
        "regions": JOINT.join(region.code for region in regions),
        "region_names": JOINT.join(region.name for region in regions),
        "themes": JOINT.join(theme.name for theme in practice.themes.all()),
        **{kind.value: _domains(practice, kind.value) for kind in Domain.Kind},
        "start": practice.start_text,
        "end": practice.end_text,
        "cost_eur": None if practice.cost_eur is None else float(practice.cost_eur),
        "evidence": practice.get_evidence_grade_display(),
        "failure": _yes(flag=practice.is_failure),
        "not_reconfirmed": _yes(flag=practice.is_lapsed),
        "verified": _yes(flag=practice.is_verified),
        "not_confirmed": JOINT.join(practice.uncertain_fields),
        **{name: getattr(practice, name) for name in TEXTS},
    }


def organisation_of(practice: GoodPractice) -> str:
    """Its name here, or as the source gives it."""
    found = practice.public_organisation
    return found.name if found else practice.organisation_name


def _columns() -> list[Column]:
    return [
        Column("slug", _("Address")),
        Column("title", _("Title")),
        Column("organisation", _("Organisation")),
        Column("project", _("Project")),
        Column("programme", _("Programme")),
        Column("country", _("Country")),
        Column("regions", _("Regions")),
        Column("region_names", _("Names of the regions")),
        Column("themes", _("Topics")),
        Column("economic", _("Economic domains")),
        Column("scientific", _("Scientific domains")),
        Column("policy", _("Policy objectives")),
        Column("start", _("Start")),
        Column("end", _("End")),
        Column("cost_eur", _("Cost"), "EUR", "number", 2),
        Column("evidence", _("Evidence")),
        Column("failure", _("Told as a failure")),
        Column("not_reconfirmed", _("Not re-confirmed")),
        Column("verified", _("Verified")),
        Column("not_confirmed", _("Fields not confirmed")),
        Column("summary", _("Summary")),
        Column("resources_needed", _("Cost and resources")),
        Column("evidence_of_success", _("Evidence of success")),
        Column("difficulties", _("Difficulties")),
        Column("not_worked", _("What did not work")),
        Column("transfer_potential", _("Potential for transfer")),
        Column("preconditions", _("Preconditions")),
    ]


def _domains(practice: GoodPractice, kind: str) -> str:
    found = [domain.name for domain in practice.domains.all() if domain.kind == kind]
    return JOINT.join(found)


def _yes(*, flag: bool) -> str:
    return _("yes") if flag else _("no")
