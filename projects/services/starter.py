"""The projects, partners and outputs that come with the portal."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.places import place_columns
from projects.models import Partner, Project, ProjectEvent, ProjectOutput
from projects.services.known import Known
from sources.curation import Publication
from sources.progress import Progress, silent
from sources.starter import Entry, Loaded, load_entries
from sources.starter_files import dated_columns, read_starter

FILE = Path(__file__).resolve().parent.parent / "starter" / "projects.yaml"
TEXTS = (
    "also_known_as", "programme_number", "name", "dates_note", "partners_note",
    "summary", "follow_up", "recognition", "website", "website_status",
    "contact_office",
)  # fmt: skip
NUMBERS = (
    "duration_months", "partners_stated", "regions_stated", "countries_stated",
    "has_all_partners", "is_mini_programme",
)  # fmt: skip
LISTS = ("objectives", "methods", "results", "gaps")
APART = ("partners", "outputs", "events", "successors")


@transaction.atomic
def load_starter_projects(
    progress: Progress = silent,
) -> tuple[Loaded[Project], Loaded[Partner]]:
    """Load them; a repeat changes nothing. Programmes and organisations come first."""
    known = Known.load()
    raws = read_starter(FILE)["projects"]
    projects = load_entries(Project, [_project(raw, known) for raw in raws])
    progress(f"projects: {projects}")
    for raw in raws:
        if raw["slug"] in projects.touched:
            _replace_parts(projects.records[raw["slug"]], raw, projects.records)
    entries = [
        entry
        for raw in raws
        for entry in _partners(raw, projects.records[raw["slug"]], known)
    ]
    partners = load_entries(Partner, entries)
    progress(f"partners: {partners}")
    return projects, partners


def _project(raw: dict[str, Any], known: Known) -> Entry:
    programme = raw["programme"]
    values = {
        "slug": raw["slug"],
        "acronym": raw["acronym"],
        "programme_id": known.programmes[programme],
        "call_id": known.calls[programme, raw["call"]] if "call" in raw else None,
        "ivc_priority_id": _optional(
            known.priorities, programme, raw.get("ivc_priority")
        ),
        "ivc_theme_id": _optional(
            known.themes_of_programme, programme, raw.get("ivc_theme")
        ),
        "intervention_type_id": _optional(
            known.types, programme, raw.get("intervention_type")
        ),
        "total_budget": _euro(raw.get("total_budget")),
        "erdf_budget": _euro(raw.get("erdf_budget")),
        "is_budget_approximate": raw.get("is_budget_approximate", False),
        **{name: raw.get(name, "") for name in TEXTS},
        **{name: raw.get(name) for name in NUMBERS},
        **{name: raw.get(name, []) for name in LISTS},
        **dated_columns(raw),
    }
    own = {name: value for name, value in raw.items() if name != "partners"}
    return Entry(raw["slug"], own, values, known.theme_links(raw))


def _replace_parts(
    project: Project, raw: Mapping[str, Any], projects: Mapping[str, Project]
) -> None:
    project.outputs.all().delete()
    ProjectOutput.objects.bulk_create(
        ProjectOutput(
            project=project,
            kind=item.get("kind", ""),
            text=item["text"],
            position=position,
            state=Publication.DRAFT if item.get("draft") else Publication.PUBLISHED,
        )
        for position, item in enumerate(raw.get("outputs", []))
    )
    project.events.all().delete()
    ProjectEvent.objects.bulk_create(
        ProjectEvent(
            project=project,
            title=item["title"],
            place=item.get("place", ""),
            participants=item.get("participants"),
            text=item.get("text", ""),
            state=Publication.PUBLISHED,
            **dated_columns(item),
        )
        for item in raw.get("events", [])
    )
    if "successors" in raw:
        project.successors.set([projects[slug] for slug in raw["successors"]])


def _partners(
    raw: Mapping[str, Any], project: Project, known: Known
) -> Iterator[Entry]:
    for position, item in enumerate(raw.get("partners", [])):
        organisation = item.get("organisation")
        values: dict[str, Any] = {
            "project_id": project.pk,
            "name": item["name"],
            "organisation_id": known.organisations[organisation]
            if organisation
            else None,
            "is_lead": item.get("is_lead", False),
            "role": item.get("role", ""),
            "town": item.get("town", ""),
            "country": item.get("country", ""),
            "position": position,
            "is_verified": "draft" not in item and raw.get("verified", True),
            **place_columns(item, known.placer),
        }
        if "draft" in raw:
            values["state"] = Publication.DRAFT
        yield Entry(f"{raw['slug']}/{item['name']}", item, values)


def _optional(ids: Mapping[Any, int], programme: str, key: Any) -> int | None:
    return None if key is None else ids[programme, key]


def _euro(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
