"""The good practices that come with the portal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from practices.models import GoodPractice
from practices.services.versions import keep_versions
from projects.models import Project
from projects.services.known import Known
from sources.progress import Progress, silent
from sources.starter import Entry, Loaded, load_entries
from sources.starter_files import NUTS_VERSION, dated_columns, read_starter

FILE = Path(__file__).resolve().parent.parent / "starter" / "practices.yaml"
TEXTS = (
    "description", "organisation_name", "project_name", "country", "status",
    "resources_needed", "evidence_of_success", "difficulties", "transfer_potential",
)  # fmt: skip


@transaction.atomic
def load_starter_practices(progress: Progress = silent) -> Loaded[GoodPractice]:
    """Load them; a repeat changes nothing. Projects and organisations come first."""
    known = Known.load()
    projects = dict(Project.objects.values_list("slug", "pk"))
    raws = read_starter(FILE)["practices"]
    loaded = load_entries(GoodPractice, [_entry(raw, known, projects) for raw in raws])
    keep_versions()
    progress(f"good practices: {loaded}")
    return loaded


def _entry(raw: dict[str, Any], known: Known, projects: Mapping[str, int]) -> Entry:
    codes = raw.get("nuts", [])
    # Also where only the version is known: a code that waits for its check has one.
    version = raw.get("nuts_version", NUTS_VERSION)
    organisation, project = raw.get("organisation"), raw.get("project")
    values = {
        "slug": raw["slug"],
        "title": raw["title"],
        "organisation_id": known.organisations[organisation] if organisation else None,
        "project_id": projects[project] if project else None,
        "nuts_codes": codes,
        "nuts_version": version,
        "detail": raw["detail"],
        **{name: raw.get(name, "") for name in TEXTS},
        **dated_columns(raw),
    }
    regions = [region.pk for region in known.placer.places(codes, version)]
    links = {"regions": regions, **known.theme_links(raw)}
    return Entry(raw["slug"], raw, values, links)
