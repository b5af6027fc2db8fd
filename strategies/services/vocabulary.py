"""The domains and themes that come with the portal."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from sources.progress import Progress, silent
from sources.starter_files import read_starter
from strategies.models import Domain, Theme

STARTER = Path(__file__).resolve().parent.parent / "starter"
FIELDS = ["name", "position", "parent"]


@transaction.atomic
def load_starter_vocabulary(progress: Progress = silent) -> None:
    """Domains are made what the file says; themes are only added."""
    tree = read_starter(STARTER / "domains.yaml")["domains"]
    for kind, headings in tree.items():
        _upsert([_domain(kind, raw, n) for n, raw in enumerate(headings)])
        parents = dict(
            Domain.objects.of_kind(kind).headings().values_list("code", "pk")
        )
        _upsert(
            [
                _domain(kind, part, n, parents[raw["code"]])
                for raw in headings
                for n, part in enumerate(raw.get("parts", []))
            ]
        )
    _load_themes()
    progress(f"domains: {Domain.objects.count():,}; themes: {Theme.objects.count():,}")


def domain_ids(raw: Mapping[str, Any], ids: Mapping[tuple[str, str], int]) -> list[int]:
    """Ids of an entry's domains, which it names under ``economic`` and ``policy``.

    Raises KeyError with kind and code for a domain that is not there.
    """
    return [
        ids[kind, code] for kind in Domain.Kind.values for code in raw.get(kind, [])
    ]


def all_domain_ids() -> dict[tuple[str, str], int]:
    rows = Domain.objects.values_list("kind", "code", "pk")
    return {(kind, code): pk for kind, code, pk in rows}


def _load_themes() -> None:
    raws = read_starter(STARTER / "themes.yaml")["themes"]
    held = set(Theme.objects.values_list("slug", flat=True))
    fresh = [raw for raw in raws if raw["slug"] not in held]
    Theme.objects.bulk_create(Theme(slug=r["slug"], name=r["name"]) for r in fresh)
    ids = dict(Theme.objects.values_list("slug", "pk"))
    Theme.domains.through._default_manager.bulk_create(
        Theme.domains.through(theme_id=theme, domain_id=domain)
        for theme, domain in _pairs(fresh, ids)
    )


def _pairs(
    raws: list[dict[str, Any]], ids: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    domains = all_domain_ids()
    for raw in raws:
        for domain in domain_ids(raw, domains):
            yield ids[raw["slug"]], domain


def _domain(
    kind: str, raw: Mapping[str, Any], position: int, parent: int | None = None
) -> Domain:
    return Domain(
        kind=kind,
        code=raw["code"],
        name=raw["name"],
        position=position,
        parent_id=parent,
    )


def _upsert(domains: list[Domain]) -> None:
    Domain.objects.bulk_create(
        domains,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=FIELDS,
    )
