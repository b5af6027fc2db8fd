"""Where the data come from, and what every ingest run did."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dashboards.addresses import page_params
from dashboards.forms import SourcesQuery
from dashboards.page_tables import source_table
from dashboards.run_page import standing
from dashboards.source_order import headings, sorted_rows
from dashboards.source_page import dataflow_rows
from dashboards.views.answers import page_or_table
from indicators.forms import reading_of
from indicators.freshness_words import rule_text
from indicators.services.rollback import newest_loaded
from sources.models import IngestRun
from sources.queryforms import InvalidQuery, ParameterError, validate

RUNS_PER_PAGE = 25


def index(request: HttpRequest) -> HttpResponse:
    """Every dataflow with its freshness, licence and coverage; ingest runs."""
    query = validate(SourcesQuery, page_params(request))
    runs = page_of_runs(request.GET.get("page", "1"))
    rows = sorted_rows(dataflow_rows(reading_of(query)), query)
    context = {
        "rows": rows,
        "headings": headings(query),
        "rule": rule_text(),
        "runs": runs,
    }
    return page_or_table(
        request,
        "sources/source_index.html",
        context,
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
    runs = IngestRun.objects.select_related("snapshot", "reverses", "reversed_by")
    found = get_object_or_404(runs, pk=pk)
    context = {
        "run": found,
        "standing": standing(found),
        "events": found.events.all(),
        "is_newest": newest_loaded(found.target) == found,
    }
    return render(request, "sources/run_detail.html", context)
