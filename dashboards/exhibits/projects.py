"""Where the partners of projects are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.counts import CountMap, RegionCount, counts_exhibit
from projects.listing import PROJECTS
from projects.models import Partner, Project
from sources.facets import encode


def projects_exhibit(query: Mapping[str, Any]) -> Exhibit:
    """Number of projects by region, of those that the query finds."""
    found = PROJECTS.narrowed(Project.objects.public(), query)
    filters = {name: query.get(name) for name in PROJECTS.own if name != "sort"}
    total = found.count()
    counts = [
        RegionCount(
            row["region__code"],
            row["region__name"],
            row["region__country"],
            row["number"],
            _projects(row["number"]),
            _narrowed(filters, row["region__code"]),
        )
        for row in _by_region(Partner.objects.public().filter(project__in=found))
    ]
    return counts_exhibit(
        CountMap(
            kind="projects",
            query={**filters, "layout": query.get("layout")},
            question=_("Which regions take part?"),
            subtitle=_("Number of projects with a lead or another partner, by region"),
            summary=_("Map of %(total)d projects: partners in %(regions)d regions.")
            % {"total": total, "regions": len(counts)},
            counted=_("Projects"),
            note=_(
                "A partner whose sources name only its country is in no region, and so "
                "not counted here."
            ),
        ),
        counts,
    )


def partners_exhibit(query: Mapping[str, Any]) -> Exhibit | None:
    """Where the partners of one project are, the lead's region ringed."""
    project = Project.objects.public().filter(slug=query["project"]).first()
    if project is None:
        return None
    partners = Partner.objects.public().filter(project=project)
    lead = partners.leads().filter(region__isnull=False).first()
    counts = [
        RegionCount(
            row["region__code"],
            row["region__name"],
            row["region__country"],
            row["number"],
            _partners(row["number"]),
            reverse("regions:detail", args=[row["region__code"]]),
        )
        for row in _by_region(partners, counted="pk")
    ]
    if not counts:
        return None
    return counts_exhibit(
        CountMap(
            kind="partners",
            query={"project": project.slug, "layout": query.get("layout")},
            question=_("Where are the partners?"),
            subtitle=_("Number of partners of %(project)s, by region")
            % {"project": project.acronym},
            summary=_("Map of the partners of %(project)s: %(names)s.")
            % {
                "project": project.acronym,
                "names": ", ".join(item.name for item in counts),
            },
            counted=_("Partners"),
            mine=lead.region.code if lead and lead.region else "",
            note=_("The region of the lead partner has an orange ring.")
            if lead
            else "",
        ),
        counts,
    )


def _by_region(partners: Any, *, counted: str = "project") -> Any:
    return (
        partners.filter(region__isnull=False)
        .order_by("region__code")
        .values("region__code", "region__name", "region__country")
        .annotate(number=Count(counted, distinct=True))
    )


def _narrowed(filters: Mapping[str, Any], code: str) -> str:
    query = encode({**filters, "region": [code]})
    return f"{reverse('projects:index')}?{query}"


def _projects(number: int) -> str:
    words = ngettext("%(number)d project", "%(number)d projects", number)
    return words % {"number": number}


def _partners(number: int) -> str:
    words = ngettext("%(number)d partner", "%(number)d partners", number)
    return words % {"number": number}
