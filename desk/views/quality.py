"""What is missing, waiting, broken or forgotten: numbers, each with its list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.coverage import coverage, field_label, lacking, model_called
from desk.guard import for_curators, page
from desk.lines import Line, line
from desk.models import DuplicatePair
from desk.worklists import Worklist, worklists
from sources.evidence import FieldCheck
from sources.reports import ErrorReport
from sources.tables import Column, Table, download

ON_A_PAGE = 50
GROUPS = ("drafts", "links", "places", "orphans", "stale")


@for_curators
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One query for each list and each kind of record, however many there are."""
    groups: dict[str, list[tuple[Worklist, int]]] = {name: [] for name in GROUPS}
    for item in worklists().values():
        groups[item.group].append((item, item.count()))
    checks = FieldCheck.objects.open()
    context = {
        "groups": [(_TITLES[name](), rows) for name, rows in groups.items()],
        "coverage": coverage(),
        "waiting": [
            (_("open checks"), checks.count(), _list("sources_fieldcheck")),
            (
                _("error reports without an answer"),
                ErrorReport.objects.open().count(),
                _list("sources_errorreport"),
            ),
            (
                _("possible duplicates"),
                DuplicatePair.objects.open().count(),
                reverse("desk:duplicates"),
            ),
        ],
    }
    return page(request, "desk/quality.html", _("Quality"), context)


@for_curators
@require_safe
def worklist(request: HttpRequest, code: str) -> HttpResponse:
    """One list, a page of it or with ``format=csv`` all of it."""
    found = worklists().get(code)
    if found is None:
        raise Http404(_("There is no list %(code)s.") % {"code": code})
    title = f"{_TITLES[found.group]()}: {found.label}"
    return _answer(request, title, code, found.rows(), found.lines)


@for_curators
@require_safe
def missing(request: HttpRequest, model: str, field: str) -> HttpResponse:
    """The records of a kind that lack a field."""
    try:
        kind = model_called(model)
        rows = lacking(kind, field)
    except KeyError as error:
        raise Http404(_("There is no such field.")) from error
    title = _("%(kind)s without: %(field)s") % {
        "kind": str(kind._meta.verbose_name_plural).capitalize(),
        "field": field_label(kind, field),
    }
    return _answer(request, title, f"{model}-{field}", rows, _plain)


def _plain(records: Sequence[Any]) -> list[Line]:
    return [line(record) for record in records]


def _answer(
    request: HttpRequest,
    title: str,
    name: str,
    rows: Any,
    lines: Callable[[Sequence[Any]], list[Line]],
) -> HttpResponse:
    if request.GET.get("format"):
        table = _table(request, title, name, lines(list(rows)))
        return download(table, request.GET["format"])
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "lines": lines(list(found.object_list))}
    return page(request, "desk/worklist.html", title, context)


def _table(request: HttpRequest, title: str, name: str, lines: list[Line]) -> Table:
    columns = [
        Column("name", _("Name")),
        Column("kind", _("Kind")),
        Column("detail", _("What is wrong")),
        Column("since", _("Since")),
        Column("address", _("Where to mend it")),
    ]
    rows = [
        {
            "name": item.name,
            "kind": item.kind,
            "detail": item.detail,
            "since": item.since.isoformat() if item.since else "",
            "address": request.build_absolute_uri(item.address) if item.address else "",
        }
        for item in lines
    ]
    return Table(title, columns, rows, filename_parts=[name])


def _list(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


_TITLES: dict[str, Callable[[], str]] = {
    "drafts": lambda: _("Waiting as drafts"),
    "links": lambda: _("Links"),
    "places": lambda: _("Places"),
    "orphans": lambda: _("Without a tie"),
    "stale": lambda: _("Not looked at for two years, or over"),
}
