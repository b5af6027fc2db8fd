"""What search engines ask for: the sitemap and the rules for robots."""

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboards.sitemaps import sitemaps

# Filters and files multiply addresses without end; the pages themselves are enough.
RULES = (
    "Disallow: /admin/",
    "Disallow: /account/",
    "Disallow: /api/",
    "Disallow: /search/",
    "Disallow: /report/",
    "Disallow: /*?*format=",
    "Disallow: /*?*page=",
)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sections."""
    return views.index(request, sitemaps(), sitemap_url_name="dashboards:sitemap-part")


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one section; 404 for a section that is none."""
    return views.sitemap(request, sitemaps(), section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Plain text after RFC 9309."""
    place = request.build_absolute_uri(reverse("dashboards:sitemap"))
    lines = ["User-agent: *", *RULES, "", f"Sitemap: {place}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
