"""The programmes, calls and support activities that come with the portal."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from programmes.models import Call, PolicyArea, Programme, Succession, SupportActivity
from programmes.services.parts import replace_parts
from sources.curation import Publication
from sources.progress import Progress, silent
from sources.starter import Entry, Loaded, load_entries
from sources.starter_files import dated_columns, read_starter

STARTER = Path(__file__).resolve().parent.parent / "starter"
TEXTS = (
    "strand", "budget_precision", "managing_body", "secretariat", "who_can_apply",
    "eligible_area", "funding_type", "objective", "summary", "legal_basis",
    "legal_basis_url", "url", "website_status",
)  # fmt: skip
COUNTS = ("calls_stated", "projects_stated", "partners_stated")


@transaction.atomic
def load_starter_programmes(progress: Progress = silent) -> None:
    """Load programmes with their parts, calls and support; a repeat changes nothing."""
    content = read_starter(STARTER / "programmes.yaml")
    areas = _policy_areas(content["policy_areas"])
    programmes = _load_programmes(content["programmes"], areas)
    progress(f"programmes: {programmes}")
    for raw in content["programmes"]:
        if raw["slug"] in programmes.touched:
            members = content["members"][raw["period"]]
            replace_parts(programmes.records[raw["slug"]], raw, members)
    _load_successions(content["successions"], programmes.records)
    calls = load_entries(Call, list(_calls(content["programmes"], programmes.records)))
    progress(f"calls: {calls}")
    raws = read_starter(STARTER / "support.yaml")["support"]
    support = load_entries(SupportActivity, [_support(raw, areas) for raw in raws])
    progress(f"support activities: {support}")


def _policy_areas(raws: Sequence[Mapping[str, str]]) -> dict[str, int]:
    PolicyArea.objects.bulk_create(
        [PolicyArea(**raw, position=n) for n, raw in enumerate(raws)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "position"],
    )
    return dict(PolicyArea.objects.values_list("code", "pk"))


def _load_programmes(
    raws: Sequence[dict[str, Any]], areas: Mapping[str, int]
) -> Loaded[Programme]:
    """Those that stand alone first: the others are part of them."""
    whole = [raw for raw in raws if "part_of" not in raw]
    parts = [raw for raw in raws if "part_of" in raw]
    loaded = load_entries(Programme, [_programme(raw, areas, {}) for raw in whole])
    inner = load_entries(
        Programme, [_programme(raw, areas, loaded.records) for raw in parts]
    )
    return loaded + inner


def _programme(
    raw: dict[str, Any],
    areas: Mapping[str, int],
    held: Mapping[str, Programme],
) -> Entry:
    values = {
        "slug": raw["slug"],
        "acronym": raw["acronym"],
        "name": raw["name"],
        "period": raw["period"],
        "first_year": raw["first_year"],
        "last_year": raw["last_year"],
        "part_of_id": held[raw["part_of"]].pk if "part_of" in raw else None,
        "budget": _decimal(raw.get("budget")),
        "budget_2018_prices": _decimal(raw.get("budget_2018_prices")),
        **{name: raw.get(name, "") for name in TEXTS},
        **{name: raw.get(name) for name in COUNTS},
    }
    linked = [areas[code] for code in raw["policy_areas"]]
    return Entry(raw["slug"], raw, values, {"policy_areas": linked})


def _calls(
    raws: Sequence[Mapping[str, Any]], programmes: Mapping[str, Programme]
) -> Iterator[Entry]:
    for programme in raws:
        for raw in programme.get("calls", []):
            values = {
                "programme_id": programmes[programme["slug"]].pk,
                "code": raw["code"],
                "title": raw["title"],
                "budget": _decimal(raw.get("budget")),
                "topics": raw.get("topics", []),
                "projects_approved": raw.get("projects_approved"),
            }
            yield Entry(f"{programme['slug']}/{raw['code']}", raw, values)


def _support(raw: dict[str, Any], areas: Mapping[str, int]) -> Entry:
    values = {
        "slug": raw["slug"],
        "name": raw["name"],
        "acronym": raw.get("acronym", ""),
        "provider": raw["provider"],
        "kind": raw["kind"],
        "description": raw["description"],
        "url": raw["url"],
        **dated_columns(raw),
    }
    linked = [areas[code] for code in raw["policy_areas"]]
    return Entry(raw["slug"], raw, values, {"policy_areas": linked})


def _load_successions(
    raws: Sequence[Mapping[str, Any]], programmes: Mapping[str, Programme]
) -> None:
    """Only those that are not there: a curator may have published or dropped some."""
    Succession.objects.bulk_create(
        [
            Succession(
                before=programmes[raw["before"]],
                after=programmes[raw["after"]],
                note=raw.get("note", ""),
                state=_state(raw),
            )
            for raw in raws
        ],
        ignore_conflicts=True,
    )


def _state(raw: Mapping[str, Any]) -> Publication:
    return Publication.DRAFT if raw.get("draft") else Publication.PUBLISHED


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
