"""From rows to a content."""

from typing import Any

from practices.content.fields import (
    EVIDENCE,
    TEXTS,
    Content,
)
from practices.models import GoodPractice


def content_of(practice: GoodPractice) -> Content:
    """What the columns say; at most eight statements, fewer where prefetched."""
    return {
        **{name: getattr(practice, name) for name in TEXTS},
        "start": practice.start_text,
        "end": practice.end_text,
        "cost_eur": None if practice.cost_eur is None else f"{practice.cost_eur:.2f}",
        "is_failure": practice.is_failure,
        "organisation": practice.organisation.slug if practice.organisation else "",
        "project": practice.project.slug if practice.project else "",
        "programme": practice.programme.slug if practice.programme else "",
        "regions": sorted(region_key(r) for r in practice.regions.all()),
        "themes": sorted(theme.slug for theme in practice.themes.all()),
        "domains": sorted(domain_key(d) for d in practice.domains.all()),
        "evidence": [
            {name: getattr(item, name) for name in EVIDENCE}
            for item in practice.evidence_items.all()
        ],
    }


def region_key(region: Any) -> str:
    return f"{region.code}@{region.version}"


def domain_key(domain: Any) -> str:
    return f"{domain.kind}:{domain.code}"
