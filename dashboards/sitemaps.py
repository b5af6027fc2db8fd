"""What search engines may list: pages of public records, and the portal's own."""

from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from indicators.models import Indicator
from practices.models import GoodPractice
from programmes.models import Call, Programme, SupportActivity
from projects.models import Project
from projects.organisations import public_organisations
from regions.models import Region
from strategies.models import Priority, Strategy

PAGES = (
    "dashboards:home",
    "regions:index",
    "indicators:index",
    "projects:index",
    "organisations:index",
    "dashboards:network",
    "practices:index",
    "practices:transfer",
    "strategies:priorities",
    "strategies:matrix",
    "strategies:index",
    "strategies:domains",
    "programmes:index",
    "programmes:calls",
    "programmes:support-index",
    "guide:index",
    "guide:glossary",
    "guide:steps",
    "dashboards:methods",
    "sources:index",
    "dashboards:accessibility",
)


class PagesSitemap(Sitemap):  # type: ignore[type-arg]  # no generic at run time
    """Pages that are no record."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


def _records(found: QuerySet[Any], dated: str | None = "updated_at") -> Any:
    """A sitemap of records; their order must not change while pages are read."""
    info: dict[str, Any] = {"queryset": found.order_by("pk"), "date_field": dated}
    return GenericSitemap(info)


def sitemaps() -> dict[str, Any]:
    """Sections by name; asked anew at each request, since records come and go."""
    return {
        "pages": PagesSitemap(),
        "regions": _records(Region.objects.current(), None),
        "indicators": _records(Indicator.objects.all(), None),
        "practices": _records(GoodPractice.objects.public()),
        "projects": _records(Project.objects.public()),
        "organisations": _records(public_organisations()),
        "programmes": _records(Programme.objects.public()),
        "calls": _records(Call.objects.public().select_related("programme")),
        "support": _records(SupportActivity.objects.public()),
        "strategies": _records(Strategy.objects.public()),
        "priorities": _records(Priority.objects.public()),
    }
