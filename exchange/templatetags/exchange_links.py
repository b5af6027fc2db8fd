"""Export and import beside a list of the desk."""

from typing import Any

from django import template

from exchange.rights import reach_of

register = template.Library()


@register.inclusion_tag("admin/exchange/importbatch/_links.html", takes_context=True)
def exchange_links(context: dict[str, Any], kind: str) -> dict[str, Any]:
    """Links for whoever may import the kind; the export keeps the list's filters."""
    request = context["request"]
    return {
        "kind": kind,
        "query": request.GET.urlencode(),
        "is_offered": kind in reach_of(request.user).kinds,
    }
