"""A page of records that can be narrowed: list, counts, pages, files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboards.addresses import page_params
from dashboards.views.answers import view_address
from sources.facets import Found, Listing
from sources.facets.kinds import Records
from sources.facets.pages import leaf
from sources.queryforms import validate
from sources.tables import Table, download, file_name


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """What makes the list of one kind of record a page.

    ``table`` takes the records found and the address of the view. ``more`` adds to
    the template's context what only this page has.
    """

    listing: Listing
    template: str
    table: Callable[[Records, str], Table]
    more: Callable[[Found], dict[str, Any]] = lambda found: {}


def list_answer(request: HttpRequest, page: ListPage, records: Records) -> HttpResponse:
    """The page, or with ``format`` all that was found, to the last row."""
    query = validate(page.listing.form_class(), page_params(request))
    if file_format := request.GET.get("format"):
        narrowed = page.listing.narrowed(records, query)
        rows = page.listing.ordered(narrowed, query)
        return table_answer(page.table(rows, view_address(request)), file_format)
    found = page.listing.search(records, query)
    shown = leaf(request, found.records, total=found.total)
    context = {
        "found": found,
        "page": shown.page,
        "shown_pages": shown.shown_pages,
        "query": query,
        **page.more(found),
    }
    return render(request, page.template, context)


def table_answer(table: Table, file_format: str) -> HttpResponse:
    """A download as CSV or XLSX, or as JSON with the same rows."""
    if file_format != "json":
        return download(table, file_format)
    keys = [column.key for column in table.columns]
    body = {
        "title": table.title,
        "metadata": dict(table.metadata),
        "count": len(table.rows),
        "results": [{key: row.get(key) for key in keys} for row in table.rows],
    }
    response = HttpResponse(
        orjson.dumps(body, default=str), content_type="application/json"
    )
    name = file_name(table.filename_parts, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
