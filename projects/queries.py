"""Projects with what pages, files and the API show of them; public records only."""

from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet

from projects.models import Partner, Project, ProjectEvent, ProjectOutput
from projects.models.projects import ProjectQuerySet
from sources.curation import Publishable

Record = TypeVar("Record", bound=Publishable)
PARENTS = ("programme", "call", "ivc_priority", "ivc_theme", "intervention_type")


def seen(record: Record | None) -> Record | None:
    """The record, unless readers may not see it."""
    return record if record is not None and record.is_public else None


def public_partners() -> QuerySet[Partner]:
    """Partners in the order of the project, with organisation and region."""
    return (
        Partner.objects.public()
        .select_related("organisation", "region")
        .order_by("-is_lead", "position", "id")
    )


def listed_projects() -> ProjectQuerySet:
    """Public projects with what a list shows; a constant number of statements.

    ``seen_partners`` are the public partners of each, the lead first.
    """
    return (
        Project.objects.public()
        .defer("search_text")
        .select_related(*PARENTS)
        .prefetch_related(
            Prefetch("partners", public_partners(), to_attr="seen_partners")
        )
        .prefetch_related("themes")
    )


def whole_projects() -> ProjectQuerySet:
    """Public projects with all that the page of one shows, practices apart."""
    projects = Project.objects.public()
    whole = listed_projects().prefetch_related("domains", "references")
    return whole.prefetch_related(
        Prefetch("outputs", ProjectOutput.objects.public(), to_attr="seen_outputs"),
        Prefetch("events", ProjectEvent.objects.public(), to_attr="seen_events"),
    ).prefetch_related(
        Prefetch("successors", projects, to_attr="seen_successors"),
        Prefetch("predecessors", projects, to_attr="seen_predecessors"),
    )


def lead_of(project: Any) -> Partner | None:
    """The lead among ``seen_partners``; None where the sources name none."""
    partners = project.seen_partners
    return partners[0] if partners and partners[0].is_lead else None


def countries_of(project: Any) -> list[str]:
    """Codes of the countries of ``seen_partners``, each once."""
    return sorted({partner.country for partner in project.seen_partners} - {""})


def regions_of(project: Any) -> list[str]:
    """Codes of the regions of ``seen_partners``, each once."""
    return sorted({p.region.code for p in project.seen_partners if p.region})
