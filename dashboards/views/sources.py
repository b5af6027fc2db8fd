"""Where the data come from, and what every ingest run did."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dashboards.page_tables import source_table
from dashboards.source_page import dataflow_rows
from dashboards.views.answers import page_or_table
from sources.models import IngestRun
from sources.queryforms import InvalidQuery, ParameterError, QueryForm, validate

RUNS_PER_PAGE = 25


def index(request: HttpRequest) -> HttpResponse:
    """Every dataflow with publisher, licence, release and coverage; ingest runs."""
    validate(QueryForm, request.GET)
    runs = page_of_runs(request.GET.get("page", "1"))
    rows = dataflow_rows()
    return page_or_table(
        request,
        "sources/source_index.html",
        {"rows": rows, "runs": runs},
        lambda address: source_table(rows, address),
    )


def page_of_runs(number: str) -> Page[IngestRun]:
    """A page of all runs, newest first; InvalidQuery where there is none."""
    runs = Paginator(IngestRun.objects.select_related("snapshot"), RUNS_PER_PAGE)
    try:
        return runs.page(number)
    except InvalidPage as exc:
        detail = _("Give a whole number from 1 to %(last)d.")
        error = ParameterError("page", detail % {"last": runs.num_pages})
        raise InvalidQuery([error]) from exc


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The story of one run, rejected rows included."""
    found = get_object_or_404(IngestRun.objects.select_related("snapshot"), pk=pk)
    return render(request, "sources/run_detail.html", {"run": found})
