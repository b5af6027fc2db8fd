"""What the pages of programmes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from dashboards.catalogue_words import unconfirmed
from programmes.analysis.lines import line_of
from programmes.models import Period, PolicyArea, Programme, Succession
from projects.models import Project
from sources.facets import encode
from sources.models import ErrorReport


@dataclass(frozen=True, slots=True)
class Cell:
    """How many programmes a period has in an area; ``query`` lists them."""

    period: str
    count: int
    query: str


def matrix() -> list[tuple[PolicyArea, list[Cell]]]:
    """Areas by periods; a programme of several areas counts in each of them."""
    rows = (
        Programme.objects.public()
        .order_by()
        .values_list("policy_areas", "period")
        .annotate(n=Count("pk"))
    )
    counts = {(area, period): n for area, period, n in rows}
    return [
        (
            area,
            [
                _cell(area, period, counts.get((area.pk, period), 0))
                for period in Period
            ],
        )
        for area in PolicyArea.objects.all()
    ]


def _cell(area: PolicyArea, period: Period, count: int) -> Cell:
    query = encode({"period": [period.value], "area": [area.code]})
    return Cell(str(period.label), count, query)


@dataclass(frozen=True, slots=True)
class Line:
    """What took over from what: programmes by period, and each step in words."""

    columns: Sequence[tuple[str, Sequence[Programme]]]
    steps: Sequence[Succession]


def succession_line(programme: Programme) -> Line | None:
    """The line a programme stands in; None where it neither followed nor was."""
    links = list(Succession.objects.public().select_related("before", "after"))
    keys = line_of(programme.pk, [(link.before_id, link.after_id) for link in links])
    steps = [link for link in links if {link.before_id, link.after_id} <= keys]
    if not steps:
        return None
    members = {p.pk: p for link in steps for p in (link.before, link.after)}
    ordered = sorted(members.values(), key=lambda p: (p.period, p.acronym))
    columns = [
        (str(period.label), [p for p in ordered if p.period == period.value])
        for period in Period
    ]
    return Line([column for column in columns if column[1]], steps)


def programme_page(programme: Any) -> dict[str, Any]:
    """Context of ``/programmes/<slug>/``; it comes from ``whole_programmes``."""
    projects = Project.objects.public().filter(programme=programme)
    return {
        "programme": programme,
        "line": succession_line(programme),
        "projects": projects.order_by("acronym")[:30],
        "projects_held": projects.count(),
        "unconfirmed": unconfirmed(programme),
        "corrections": ErrorReport.objects.of(programme).corrections(),
    }
