"""Related projects from the database: what others share with one."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from projects.analysis.related import Relation, Shared, Tie, closest
from projects.models import Partner, Project
from projects.queries import seen
from sources.curation import Publication

# More ties of one kind than this tell nothing more about the closest few.
MOST_TIES = 5000


@dataclass(frozen=True, slots=True)
class RelatedProject:
    """A project with the reasons why it is shown."""

    project: Project
    relation: Relation


def related_projects(project: Any, *, limit: int = 6) -> list[RelatedProject]:
    """The closest public projects; ``project`` comes from ``whole_projects``."""
    relations = closest(_shared(project), limit=limit)
    found = (
        Project.objects.public()
        .select_related("programme")
        .in_bulk([relation.project for relation in relations])
    )
    return [
        RelatedProject(found[relation.project], relation)
        for relation in relations
        if relation.project in found
    ]


def _shared(project: Any) -> dict[Tie, Shared]:
    partners = Partner.objects.public().exclude(project=project)
    organisations = {p.organisation_id for p in project.seen_partners} - {None}
    regions = {p.region_id for p in project.seen_partners} - {None}
    shared = {
        Tie.ORGANISATION: _ties(
            partners.filter(
                organisation__in=organisations,
                organisation__state=Publication.PUBLISHED,
            ),
            "project",
            "organisation__name",
        ),
        Tie.REGION: _ties(
            partners.filter(region__in=regions), "project", "region__name"
        ),
    }
    for tie, field in ((Tie.DOMAIN, "domain"), (Tie.THEME, "theme")):
        links = getattr(Project, f"{field}s").through._default_manager
        mine = [item.pk for item in getattr(project, f"{field}s").all()]
        others = links.filter(**{f"{field}__in": mine}).exclude(project=project)
        shared[tie] = _ties(others, "project", f"{field}__name")
    if theme := seen(project.ivc_theme):
        others = Project.objects.public().filter(ivc_theme=theme)
        shared[Tie.PROGRAMME_THEME] = _ties(
            others.exclude(pk=project.pk), "pk", "ivc_theme__name"
        )
    return shared


def _ties(rows: QuerySet[Any], project: str, name: str) -> Shared:
    found: dict[int, set[str]] = defaultdict(set)
    for key, text in rows.order_by().values_list(project, name)[:MOST_TIES]:
        found[key].add(text)
    return found
