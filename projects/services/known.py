"""What projects refer to, held by the keys of the starter files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from programmes.models import (
    Call,
    InterventionType,
    Programme,
    ProgrammePriority,
    ProgrammeTheme,
)
from regions.queries.placing import Placer
from strategies.models import Domain, Theme


@dataclass(frozen=True, slots=True)
class Known:
    """Ids by key; a key that is not there raises KeyError with the key."""

    programmes: Mapping[str, int]
    calls: Mapping[tuple[str, str], int]
    priorities: Mapping[tuple[str, int], int]
    themes_of_programme: Mapping[tuple[str, str], int]
    types: Mapping[tuple[str, str], int]
    organisations: Mapping[str, int]
    themes: Mapping[str, int]
    domains_of_theme: Mapping[int, list[int]]
    placer: Placer

    @classmethod
    def load(cls) -> "Known":
        return cls(
            programmes=dict(Programme.objects.values_list("slug", "pk")),
            calls=_by_pair(Call, "programme__slug", "code"),
            priorities=_by_pair(ProgrammePriority, "programme__slug", "number"),
            themes_of_programme=_by_pair(
                ProgrammeTheme, "priority__programme__slug", "name"
            ),
            types=_by_pair(InterventionType, "programme__slug", "name"),
            organisations=dict(Organisation.objects.values_list("slug", "pk")),
            themes=dict(Theme.objects.values_list("name", "pk")),
            domains_of_theme=_domains_of_theme(),
            placer=Placer.load(),
        )

    def theme_links(self, raw: Mapping[str, Any]) -> dict[str, list[int]]:
        """``themes`` as named, and ``domains`` as the themes stand for them."""
        themes = [self.themes[name] for name in raw.get("themes", [])]
        domains = [d for theme in themes for d in self.domains_of_theme.get(theme, [])]
        return {"themes": themes, "domains": sorted(set(domains))}


def _by_pair(model: Any, first: str, second: str) -> dict[tuple[Any, Any], int]:
    rows = model.objects.values_list(first, second, "pk")
    return {(one, other): pk for one, other, pk in rows}


def _domains_of_theme() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Domain.objects.filter(themes__isnull=False)
    for theme, domain in rows.values_list("themes", "pk"):
        found.setdefault(theme, []).append(domain)
    return found
