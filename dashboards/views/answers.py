"""A page, or with ``format`` the table on it as a file."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.addresses import page_params
from sources.tables import Table, download


def page_or_table(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    table: Callable[[str], Table],
) -> HttpResponse:
    """The same view either way; the table is made only when it is asked for.

    ``table`` takes the address of the view, which the file carries.
    """
    if file_format := request.GET.get("format"):
        return download(table(view_address(request)), file_format)
    return render(request, template, context)


def view_address(request: HttpRequest) -> str:
    """The page's own address, whatever form it was asked for in."""
    query = page_params(request)
    query.pop("format", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
