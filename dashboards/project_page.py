"""What the pages of projects show."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards.catalogue_words import unconfirmed
from dashboards.exhibits.projects import partners_exhibit
from dashboards.project_facts import project_facts
from practices.models import GoodPractice
from projects.analysis.related import Tie
from projects.models import Partner, Project
from projects.queries import lead_of, seen
from projects.related import RelatedProject, related_projects
from sources.models import ErrorReport
from sources.tables import Column, Table


def project_page(project: Any, request: HttpRequest) -> dict[str, Any]:
    """Context of ``/projects/<slug>/``; ``project`` comes from ``whole_projects``."""
    related = related_projects(project)
    practices = GoodPractice.objects.public().filter(project=project)
    return {
        "project": project,
        "programme": seen(project.programme),
        "facts": project_facts(project),
        "lead": lead_of(project),
        "partners": project.seen_partners,
        "unnamed": unnamed_partners(project),
        "practices": practices,
        "related": [(item.project, reasons(item)) for item in related],
        "exhibit": partners_exhibit({"project": project.slug}),
        "unconfirmed": unconfirmed(project),
        "corrections": ErrorReport.objects.of(project).corrections(),
        "citation": citation(project, request),
    }


def unnamed_partners(project: Any) -> int:
    """How many partners the programme states that are not held here."""
    return max((project.partners_stated or 0) - len(project.seen_partners), 0)


def reasons(item: RelatedProject) -> list[str]:
    """Why a project is shown as related, most telling first."""
    texts = {
        Tie.ORGANISATION: _("the same partners: %(names)s"),
        Tie.REGION: _("partners in the same regions: %(names)s"),
        Tie.DOMAIN: _("the same domains: %(names)s"),
        Tie.THEME: _("the same topics: %(names)s"),
        Tie.PROGRAMME_THEME: _("the same programme theme: %(names)s"),
    }
    return [
        texts[tie] % {"names": ", ".join(names)}
        for tie, names in item.relation.ties.items()
    ]


def citation(project: Project, request: HttpRequest) -> str:
    """How to cite the page today."""
    return _("%(title)s. Smart Specialisation Portal, %(address)s (read %(day)s).") % {
        "title": ": ".join(filter(None, (project.acronym, project.name))),
        "address": request.build_absolute_uri(project.get_absolute_url()),
        "day": date_format(timezone.localdate(), "j F Y"),
    }


def project_document(project: Any, *, address: str) -> Table:
    """One project's partners as a file, with the project in the metadata."""
    facts = [
        (fact.label, fact.text or _("not known")) for fact in project_facts(project)
    ]
    return Table(
        title=": ".join(filter(None, (project.acronym, project.name))),
        columns=[
            Column("partner", _("Partner")),
            Column("lead", _("Lead")),
            Column("organisation", _("Organisation")),
            Column("town", _("Town")),
            Column("country", _("Country")),
            Column("region", _("Region")),
            Column("region_name", _("Name of the region")),
        ],
        rows=[_partner_row(partner) for partner in project.seen_partners],
        metadata=[
            *facts,
            (_("Summary"), project.summary),
            (_("Not found in public sources"), "; ".join(project.gaps)),
            (_("Address of this view"), address),
        ],
        filename_parts=["project", project.slug],
    )


def _partner_row(partner: Partner) -> dict[str, str]:
    organisation = seen(partner.organisation)
    return {
        "partner": partner.name,
        "lead": _("yes") if partner.is_lead else _("no"),
        "organisation": organisation.name if organisation else "",
        "town": partner.town,
        "country": partner.country,
        "region": partner.region.code if partner.region else "",
        "region_name": partner.region.name if partner.region else "",
    }
